import { Console } from '../../views/console/frame.tsx'
import { ReviewItem, type ReviewProps } from '../../views/console/review-item.tsx'
import { ReviewList, ReviewQueue, type QueueFilter, type QueueListProps } from '../../views/console/review-queue.tsx'
import { draftOf } from '../../views/console/marked-text.tsx'
import type { EditProps } from '../../views/console/review-edit.tsx'
import { notFound } from '../errors.ts'
import type { Review } from '../conversation-types.ts'
import { CHANNELS, FORMS, type Form, type Trace } from '../types.ts'
import { live } from './console-live.ts'
import { asked, askedOf, frameOf, namesOf, param, problemNotice, queryOf, saidOf, show, type StaffVisit } from './console-reply.ts'
import { topicsKnown, topicTitles } from './console-topics.ts'
import type { Route } from './route.ts'

export const REVIEWERS = ['reviewer', 'admin'] as const

export const reviewRoutes: Route[] = [
  { method: 'get', path: '/console/reviews', access: REVIEWERS, handle: queue },
  { method: 'get', path: '/console/reviews/live', access: REVIEWERS, handle: queueLive },
  { method: 'get', path: '/console/reviews/:id', access: REVIEWERS, handle: item },
]

function queue(visit: StaffVisit): void {
  const { req, res, context } = visit
  releaseOthers(visit, null)
  const list = listOf(visit)
  const page = ReviewQueue({ topics: topicsKnown(context), channels: [...CHANNELS], said: saidOf(req), list })
  show(res, Console({ frame: frameOf(visit), place: 'reviews', title: 'Reviews', children: page }))
}

function queueLive(visit: StaffVisit): void {
  live(visit, {
    render: () => ReviewList(listOf(visit)),
    when: (event) => event.type === 'review' || event.type === 'turn',
    everyMs: 30_000,
  })
}

function listOf(visit: StaffVisit): QueueListProps {
  const { context, who } = visit
  const filter = filterOf(visit)
  const name = namesOf(context)
  return {
    reviews: reviewsIn(visit, filter),
    filter,
    query: queryOfFilter(filter),
    topicTitle: topicTitles(context),
    questionOf: (id) => context.store.turns.question(id),
    nameOf: (id) => name(`staff:${id}`),
    me: who.id,
    now: context.clock(),
  }
}

export function filterOf({ req }: StaffVisit): QueueFilter {
  return {
    state: askedOf(req, 'state', ['open', 'decided']) ?? 'open',
    topic: asked(req, 'topic'),
    channel: askedOf(req, 'channel', CHANNELS),
  }
}

export const queryOfFilter = ({ state, topic, channel }: QueueFilter): string =>
  queryOf({ state: state === 'open' ? null : state, topic, channel })

export function reviewsIn({ context }: StaffVisit, { state, topic, channel }: QueueFilter): Review[] {
  const one = CHANNELS.find((c) => c === channel)
  return context.store.reviews.list({ state, ...(topic ? { topic } : {}), ...(one ? { channel: one } : {}) })
}

function item(visit: StaffVisit): void {
  const { req } = visit
  const form = askedOf(req, 'edit', FORMS)
  const { review, trace } = find(visit)
  showItem(visit, form && review.state === 'open' ? editOf(visit, form, trace) : null, null)
}

/** What was begun at this review, or the form as it is. */
export function editOf({ req, context, who }: StaffVisit, form: Form, trace: Trace): EditProps {
  const begun = context.editing.of(param(req, 'id'), who.id)
  const now = begun?.form === form ? begun : null
  const { original } = textOf(form, trace)
  return { form, original, text: now?.text || original, checked: now?.checked ?? null, begun: now }
}

/** What an edit of this form begins with. */
export function textOf(form: Form, trace: Trace): { original: string } {
  return { original: form === 'written' ? (draftOf(trace) ?? '') : (trace.quotation?.text ?? '') }
}

/** The page of one review. Opening it takes it, so that nobody else decides about it meanwhile. */
export function showItem(visit: StaffVisit, edit: EditProps | null, problem: string | null): void {
  const { req, res, context, who } = visit
  const { store } = context
  releaseOthers(visit, param(req, 'id'))
  const { review, trace } = find(visit)
  const before = review.lockedBy
  if (review.state === 'open' && store.reviews.lock(review.id, who.id) && before !== who.id) tell(visit, review)
  const filter = { ...filterOf(visit), state: review.state }
  const ids = reviewsIn(visit, filter).map((r) => r.id)
  const index = ids.indexOf(review.id)
  const query = queryOfFilter(filter)
  const to = (id: string | undefined) => (id === undefined ? null : `/console/reviews/${id}${query}`)
  const topicTitle = topicTitles(context)(review.topic)
  const page = ReviewItem({
    ...statusOf(visit, review.id),
    trace,
    messages: store.conversations.messages(review.conversation),
    notes: store.notes.of(review.conversation),
    position: {
      index: index + 1,
      total: ids.length,
      previous: index > 0 ? to(ids[index - 1]) : null,
      next: index >= 0 ? to(ids[index + 1]) : to(ids[0]),
    },
    query,
    topicTitle,
    edit: statusOf(visit, review.id).lockedBy || review.state === 'decided' ? null : edit,
    begun: context.editing.of(review.id, who.id),
    said: problem ? problemNotice(problem) : saidOf(req),
  })
  show(res, Console({ frame: frameOf(visit), place: 'reviews', title: `Review: ${topicTitle}`, children: page }), problem ? 422 : 200)
}

export function statusOf(
  { context, who }: StaffVisit,
  id: string,
): Pick<ReviewProps, 'review' | 'lockedBy' | 'decidedBy' | 'changed' | 'now'> {
  const review = context.store.reviews.get(id)
  if (!review) throw notFound('review')
  const name = namesOf(context)
  const other = review.lockedBy !== null && review.lockedBy !== who.id
  return {
    review,
    lockedBy: other ? name(`staff:${review.lockedBy}`) : null,
    decidedBy: review.decidedBy ? name(`staff:${review.decidedBy}`) : null,
    changed: review.state === 'open' ? changedSince(context, review.turn) : [],
    now: context.clock(),
  }
}

/** Titles of the articles that either form cites and that are others by now, or gone. */
function changedSince({ store }: StaffVisit['context'], turn: string): string[] {
  const trace = store.turns.trace(turn)
  const cited = [...(trace?.claims ?? []).flatMap((c) => c.evidence), ...(trace?.quotation?.citations ?? [])]
  const now = (article: string): string | undefined => store.knowledge.history(article).find((h) => h.untilSeq === null)?.revision
  return [...new Set(cited.filter((c) => now(c.article) !== c.revision).map((c) => c.title))]
}

export function find({ req, context }: StaffVisit): Pick<ReviewProps, 'review' | 'trace'> {
  const review = context.store.reviews.get(param(req, 'id'))
  const trace = review && context.store.turns.trace(review.turn)
  if (!review || !trace) throw notFound('review')
  return { review, trace }
}

/** One item at a time: whoever opens another, or goes back to the queue, leaves the last. */
function releaseOthers(visit: StaffVisit, keep: string | null): void {
  const { context, who } = visit
  for (const review of context.store.reviews.list({ state: 'open' })) {
    if (review.lockedBy !== who.id || review.id === keep) continue
    context.store.reviews.unlock(review.id, who.id)
    tell(visit, review)
  }
}

function tell({ context }: StaffVisit, { conversation, id }: Review): void {
  context.turns.publish({ type: 'review', conversation, review: id })
}
