/** What is asked and answered now, in every channel, and the ways to step in while it runs. */
import { z } from 'zod'
import { Console, ROOMS } from '../../views/console/frame.tsx'
import { Live, LiveList, type LiveProps } from '../../views/console/live.tsx'
import { conflict, notFound } from '../errors.ts'
import { urgencyOf } from '../pipeline/urgency.ts'
import { readFields } from './body.ts'
import { live } from './console-live.ts'
import { frameOf, goOn, mendable, namesOf, param, show, type StaffVisit } from './console-reply.ts'
import { showConversation } from './console-conversations.ts'
import { showEdit } from './console-review-decide.ts'
import { find, REVIEWERS } from './console-reviews.ts'
import type { Route } from './route.ts'

export const watchRoutes: Route[] = [
  { method: 'get', path: '/console/live', access: ROOMS.live.roles, handle: page },
  { method: 'get', path: '/console/live/stream', access: ROOMS.live.roles, handle: stream },
  { method: 'post', path: '/console/reviews/:id/rewrite', access: REVIEWERS, handle: writeAgain },
  { method: 'post', path: '/console/conversations/:id/whisper', access: ROOMS.live.roles, handle: whisper },
]

/** ms in which a conversation without a word is still shown. */
const RECENT = 30 * 60_000
const MOST = 40
/** ms for which a row shows that something was noticed. */
const RAISED = 10_000

function page(visit: StaffVisit): void {
  show(visit.res, Console({ frame: frameOf(visit), place: 'live', title: 'Live', children: Live(propsOf(visit)) }))
}

function stream(visit: StaffVisit): void {
  live(visit, { render: () => LiveList(propsOf(visit)), when: () => true, everyMs: 10_000 })
}

function propsOf({ context }: StaffVisit): LiveProps {
  const { store, turns } = context
  const now = context.clock()
  const name = namesOf(context)
  const rows = store.live.rows(now - RECENT, MOST).map((row) => {
    const { id } = row.conversation
    const running = turns.running(id)
    const care = turns.care(id)
    const last = Math.max(0, running?.intake?.signals.length ? running.since : 0, ...store.signals.noticed(id).map((s) => s.at))
    return { ...row, stage: running?.stage ?? null, care, raised: now - last < RAISED }
  })
  const urgency = new Map(rows.map((row) => [row, urgencyOf(row, row.care.value, now)]))
  return {
    rows: rows.toSorted((a, b) => (urgency.get(b) ?? 0) - (urgency.get(a) ?? 0) || b.conversation.lastAt - a.conversation.lastAt),
    nameOf: (id) => name(`staff:${id}`),
    now,
  }
}

const guidanceFields = z.object({
  guidance: z.string().trim().min(1, 'Write what the new draft should heed.').max(1000, 'The note is longer than 1,000 characters.'),
})

/** The held draft once more with a colleague's word as guidance; what comes out is an edit, checked, that a person decides about. */
async function writeAgain(visit: StaffVisit): Promise<void> {
  const { req, context, who } = visit
  const { guidance } = readFields(guidanceFields, req.body)
  const { review, trace } = find(visit)
  if (review.state === 'decided') throw conflict('This review has been decided already.')
  const { notes } = context.store
  if (notes.ofTurn(review.turn).at(-1)?.text !== guidance)
    notes.add({ conversation: review.conversation, turn: review.turn, kind: 'whisper', staff: who.id, text: guidance })
  await showEdit(visit, 'written', context.editing.rewrite(review, who.id, { trace, guidance }))
}

const whisperFields = z.object({
  note: z.string().trim().min(1, 'Write what should be said or heeded.').max(1000, 'The note is longer than 1,000 characters.'),
})

/**
 * A word about an answer: while it is made, it is held for whoever whispers; while it is held, the word joins its review. An answer that has
 * gone out can't be whispered to: the words come back, with what can be done instead.
 */
function whisper(visit: StaffVisit): void {
  const { req, res, context, who } = visit
  const { note } = readFields(whisperFields, req.body)
  const conversation = context.store.conversations.get(param(req, 'id'))
  if (!conversation) throw notFound('conversation')
  const { id } = conversation
  try {
    const running = context.turns.running(id)
    if (running) {
      context.turns.whisper(running.turn, who, note)
      return goOn(res, `/console/conversations/${id}`, { said: 'whispered' })
    }
    const review = context.store.reviews.list({ state: 'open', limit: 10_000 }).find((r) => r.conversation === id)
    if (!review) throw conflict('No answer is being made or held here at the moment. Take over to write to the customer yourself.')
    context.store.notes.add({ conversation: id, turn: review.turn, kind: 'whisper', staff: who.id, text: note })
    goOn(res, `/console/reviews/${review.id}`, { said: 'noted' })
  } catch (error) {
    showConversation(visit, { whisper: note, problem: mendable(error) })
  }
}
