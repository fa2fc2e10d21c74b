/** What goes on at one held answer: whose it is, and how far the text is that is checked; one stream a page. */
import type { VNode } from 'preact'
import { EditPanel, isUnderWay } from '../../views/console/review-edit.tsx'
import { ReviewStatus } from '../../views/console/review-item.tsx'
import { Partial, renderPart } from '../../views/layout.tsx'
import { FORMS } from '../types.ts'
import { live } from './console-live.ts'
import { asked, askedOf, type StaffVisit } from './console-reply.ts'
import { editOf, filterOf, find, queryOfFilter, statusOf } from './console-reviews.ts'

/** While the page is open the item stays ours; the stream tells when a colleague takes, leaves or decides it, and how far our text is. */
export function reviewLive(visit: StaffVisit): void {
  const { req, context, who } = visit
  const { review, trace } = find(visit)
  const { id } = review
  const form = askedOf(req, 'edit', FORMS)
  const query = queryOfFilter(filterOf(visit))
  // Once the result is there it is sent no more: it would go over what is typed then.
  let going = asked(req, 'going') !== null
  let status = ''

  const render = (): VNode => {
    const parts = []
    const now = <ReviewStatus {...statusOf(visit, id)} />
    if (renderPart(now) !== status) parts.push(<Part of="review-status">{now}</Part>)
    status = renderPart(now)
    const edit = form && going ? editOf(visit, form, trace) : null
    if (edit) {
      going = isUnderWay(edit.begun)
      parts.push(
        <Part of="edit-live">
          <EditPanel {...edit} address={`/console/reviews/${id}`} query={query} />
        </Part>,
      )
    }
    return <>{parts}</>
  }
  live(visit, {
    conversation: review.conversation,
    render,
    when: (event) => event.type === 'review' && event.review === id,
    everyMs: 120_000,
    onTick: () => context.store.reviews.get(id)?.lockedBy === who.id && context.store.reviews.lock(id, who.id),
  })
}

const Part = ({ of, children }: { of: string; children: VNode }): VNode => (
  <Partial target={`#${of}`} swap="innerMorph">
    {children}
  </Partial>
)
