import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { resolveReview } from '../pipeline/resolve-review.ts'
import type { Message, Review } from '../conversation-types.ts'
import { FORMS, type Form } from '../types.ts'
import { MISTAKES } from '../../views/console/words.ts'
import { readFields } from './body.ts'
import { goOn, mendable, param, type StaffVisit } from './console-reply.ts'
import { reviewLive } from './console-review-live.tsx'
import { editOf, filterOf, find, queryOfFilter, REVIEWERS, reviewsIn, showItem } from './console-reviews.ts'
import type { Route } from './route.ts'

export const reviewDecisionRoutes: Route[] = [
  { method: 'get', path: '/console/reviews/:id/live', access: REVIEWERS, handle: reviewLive },
  { method: 'post', path: '/console/reviews/:id/check', access: REVIEWERS, handle: check },
  { method: 'post', path: '/console/reviews/:id/decision', access: REVIEWERS, handle: decide },
]

const text = z.string().trim().min(1, 'The answer is empty.').max(4000, 'The answer is longer than 4,000 characters.')

const checkFields = z.object({ form: z.enum(FORMS), text })

/** Checks an edited text against the articles. Nothing is sent. */
async function check(visit: StaffVisit): Promise<void> {
  const { form, text } = readFields(checkFields, visit.req.body)
  const { review, trace } = find(visit)
  await showEdit(visit, form, visit.context.editing.check(review, visit.who.id, { trace, form, text }))
}

/** ms: what is through by then shows its result at once; what takes longer is watched on the page. */
const SOON_MS = 1500

/** The page of the edit: how far the work on it is, or what came of it. */
export async function showEdit(visit: StaffVisit, form: Form, work: Promise<void>): Promise<void> {
  await Promise.race([work, sleep(SOON_MS, undefined, { ref: false })])
  goOn(visit.res, `/console/reviews/${param(visit.req, 'id')}${queryOfFilter(filterOf(visit))}`, { edit: form })
}

const decisionFields = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('approved'), form: z.enum(FORMS) }),
  z.object({
    outcome: z.literal('edited'),
    form: z.enum(FORMS),
    text,
    confirmed: z.literal('yes').optional(),
    changed: z.enum(['substance', 'tone']).default('substance'),
  }),
  z.object({ outcome: z.literal('rejected'), mistake: z.enum(MISTAKES.map((m) => m.id)), reason: z.string().trim().min(1).max(1000) }),
  z.object({ outcome: z.literal('taken-over') }),
])

async function decide(visit: StaffVisit): Promise<void> {
  const { res, context, who } = visit
  const fields = readFields(decisionFields, visit.req.body)
  const { review, trace } = find(visit)
  const next = nextOf(visit, review)
  try {
    const result = await resolveReview(
      {
        review: review.id,
        staff: who,
        outcome: fields.outcome,
        form: 'form' in fields ? fields.form : null,
        ...(fields.outcome === 'edited'
          ? { text: fields.text, confirmed: fields.confirmed === 'yes', toneOnly: fields.changed === 'tone' }
          : {}),
        ...(fields.outcome === 'rejected' ? { mistake: fields.mistake, reason: `${fields.mistake}: ${fields.reason}` } : {}),
      },
      context.store,
      context.ports,
    )
    if (result.result === 'confirm' && fields.outcome === 'edited')
      return showItem(visit, { ...editOf(visit, fields.form, trace), text: fields.text, checked: result.checked, begun: null }, null)
    if (result.result === 'decided') announce(visit, review, result.message)
    context.editing.drop(review.id, who.id)
  } catch (error) {
    const why = mendable(error)
    if (fields.outcome !== 'edited') return showItem(visit, null, why)
    context.editing.keep(review, who.id, { ...fields, why })
    return showItem(visit, editOf(visit, fields.form, trace), why)
  }
  if (fields.outcome === 'taken-over') return goOn(res, `/console/conversations/${review.conversation}`, { said: 'taken-over' })
  goOn(res, next, { said: fields.outcome })
}

/** The next one of the queue that nobody else has open; at its end the queue. */
function nextOf(visit: StaffVisit, { id }: Review): string {
  const { context, who } = visit
  const filter = { ...filterOf(visit), state: 'open' as const }
  const query = queryOfFilter(filter)
  const queue = reviewsIn(visit, filter)
  const at = queue.findIndex((r) => r.id === id)
  const free = [...queue.slice(at + 1), ...queue.slice(0, Math.max(0, at))].find(
    (r) => r.lockedBy === null || r.lockedBy === who.id || (r.lockedUntil ?? 0) <= context.clock(),
  )
  return free ? `/console/reviews/${free.id}${query}` : `/console/reviews${query}`
}

function announce({ context: { turns, store } }: StaffVisit, { conversation, id }: Review, message: Message): void {
  turns.publish({ type: 'message', conversation, message })
  turns.publish({ type: 'review', conversation, review: id })
  const state = store.conversations.get(conversation)?.state
  if (state) turns.publish({ type: 'state', conversation, state })
}
