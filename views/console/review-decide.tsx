import type { VNode } from 'preact'
import type { Form, Trace } from '../../server/types.ts'
import { Button, LinkButton } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { draftOf, draftSentences } from './marked-text.tsx'
import type { ReviewProps } from './review-item.tsx'

/** The bar at the foot of an item: move on the left, decide on the right. */
export function Decide({ review, trace, position, query, lockedBy }: ReviewProps): VNode {
  const form: Form | null = draftOf(trace) !== null ? 'written' : trace.quotation ? 'quoted' : null
  return (
    <footer class="decide" aria-label="Decide">
      <div class="decide-move">
        <Move href={position.previous} label="Previous" keyName="K" />
        <span class="position numeric">
          {position.index} / {position.total}
        </span>
        <Move href={position.next} label={review.state === 'open' ? 'Skip' : 'Next'} keyName="J" />
      </div>
      {review.state === 'open' && !lockedBy && (
        <div class="decide-how">
          <form method="post" action={`/console/reviews/${review.id}/decision${query}`}>
            <input type="hidden" name="outcome" value="taken-over" />
            <Button look="quiet" icon="person" keys="T" data-key="t">
              Take over
            </Button>
          </form>
          <Button type="button" keys="R" data-open="reject" data-key="r">
            Reject
          </Button>
          <LinkButton href={editUrl(review.id, query, form ?? 'written')} keys="E" data-key="e">
            {form ? 'Edit' : 'Write an answer'}
          </LinkButton>
          {form && unsupportedIn(trace, form).length === 0 && (
            <DecideButton review={review.id} query={query} form={form} keyName="A" primary />
          )}
          {form && unsupportedIn(trace, form).length > 0 && (
            <Button type="button" look="primary" icon="check" keys="A" data-open="unsupported" data-key="a">
              Approve and send
            </Button>
          )}
        </div>
      )}
    </footer>
  )
}

/** Sentences of the draft that the checks do not find supported. */
function unsupportedIn(trace: Trace, form: Form): string[] {
  const draft = draftOf(trace)
  if (form !== 'written' || draft === null) return []
  return draftSentences(trace)
    .filter((s) => s.result === 'failed')
    .map((s) => draft.slice(s.start, s.end))
}

/** What the articles do not support goes out by no single key: like an edit of that kind, it is confirmed. */
export function UnsupportedDialog({ review, trace, query }: Pick<ReviewProps, 'review' | 'trace' | 'query'>): VNode | null {
  const sentences = unsupportedIn(trace, 'written')
  if (sentences.length === 0) return null
  return (
    <Dialog
      id="unsupported"
      title="Send what the articles do not support?"
      actions={
        <form method="post" action={`/console/reviews/${review.id}/decision${query}`}>
          <input type="hidden" name="outcome" value="approved" />
          <input type="hidden" name="form" value="written" />
          <Button look="primary" icon="send">
            It is right: send it
          </Button>
        </form>
      }
    >
      <p>The checks do not find {sentences.length === 1 ? 'this sentence' : 'these sentences'} in the articles:</p>
      <ul class="reasons">
        {sentences.map((sentence) => (
          <li>{sentence}</li>
        ))}
      </ul>
      <p class="quiet">If you are not sure, edit it, send the quotation instead, or take over. The record shows that you approved it.</p>
    </Dialog>
  )
}

function Move({ href, label, keyName }: { href: string | null; label: string; keyName: string }): VNode {
  if (!href)
    return (
      <span class="button button-quiet" aria-disabled="true">
        {label}
      </span>
    )
  return (
    <LinkButton look="quiet" href={href} keys={keyName} data-key={keyName.toLowerCase()}>
      {label}
    </LinkButton>
  )
}

export function DecideButton(props: { review: string; query: string; form: Form; keyName: string; primary?: boolean }): VNode {
  return (
    <form method="post" action={`/console/reviews/${props.review}/decision${props.query}`}>
      <input type="hidden" name="outcome" value="approved" />
      <input type="hidden" name="form" value={props.form} />
      <Button look={props.primary ? 'primary' : 'plain'} icon="check" keys={props.keyName} data-key={props.keyName.toLowerCase()}>
        {props.form === 'written' ? 'Approve and send' : 'Approve the quotation'}
      </Button>
    </form>
  )
}

export const editUrl = (review: string, query: string, form: Form): string =>
  `/console/reviews/${review}${query}${query ? '&' : '?'}edit=${form}`
