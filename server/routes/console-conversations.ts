import { z } from 'zod'
import {
  ConversationBody,
  ConversationList,
  ConversationPage,
  Conversations,
  type ConversationListProps,
  type ConversationProps,
} from '../../views/console/conversations.tsx'
import { Console, sees } from '../../views/console/frame.tsx'
import { fill, texts } from '../../views/texts/en.ts'
import { conflict, notFound } from '../errors.ts'
import type { Conversation, ConversationState, Message } from '../conversation-types.ts'
import { readFields } from './body.ts'
import { live } from './console-live.ts'
import { actorOf, asked, askedOf, frameOf, goOn, namesOf, param, queryOf, saidOf, show, type StaffVisit } from './console-reply.ts'
import type { Route } from './route.ts'

const WRITERS = ['reviewer', 'admin'] as const
const STATES = ['machine', 'waiting', 'person', 'closed'] as const satisfies ConversationState[]
const PAGE = 50

export const conversationRoutes: Route[] = [
  { method: 'get', path: '/console/conversations', access: WRITERS, handle: list },
  { method: 'get', path: '/console/conversations/live', access: WRITERS, handle: listLive },
  { method: 'get', path: '/console/conversations/:id', access: WRITERS, handle: one },
  { method: 'get', path: '/console/conversations/:id/live', access: WRITERS, handle: oneLive },
  { method: 'post', path: '/console/conversations/:id/take-over', access: WRITERS, handle: takeOver },
  { method: 'post', path: '/console/conversations/:id/say', access: WRITERS, handle: say },
  { method: 'post', path: '/console/conversations/:id/hand-back', access: WRITERS, handle: handBack },
]

function list(visit: StaffVisit): void {
  const { req, res, context } = visit
  const state = askedOf(req, 'state', STATES)
  const page = Conversations({
    state,
    counts: { waiting: context.store.figures.waiting().conversations },
    query: queryOf({ state, before: asked(req, 'before') }),
    list: listOf(visit),
  })
  show(res, Console({ frame: frameOf(visit), place: 'conversations', title: 'Conversations', children: page }))
}

function listLive(visit: StaffVisit): void {
  live(visit, { render: () => ConversationList(listOf(visit)), when: (event) => event.type !== 'stage', everyMs: 60_000 })
}

function listOf({ req, context }: StaffVisit): ConversationListProps {
  const state = askedOf(req, 'state', STATES)
  const before = Number(asked(req, 'before'))
  const found = context.store.conversations.list({ ...(state ? { state } : {}), ...(before > 0 ? { before } : {}), limit: PAGE + 1 })
  const last = found[PAGE - 1]
  const name = namesOf(context)
  return {
    conversations: found.slice(0, PAGE),
    older: found.length > PAGE && last ? `/console/conversations${queryOf({ state, before: String(last.lastAt) })}` : null,
    nameOf: (id) => name(`staff:${id}`),
    state,
    now: context.clock(),
  }
}

function one(visit: StaffVisit): void {
  showConversation(visit, { whisper: '', problem: null })
}

/** The page of one conversation; what was whispered in vain stands in its box again. */
export function showConversation(visit: StaffVisit, { whisper, problem }: { whisper: string; problem: string | null }): void {
  const { req, res } = visit
  const page = ConversationPage({ ...propsOf(visit), whisper, problem, said: saidOf(req) })
  show(res, Console({ frame: frameOf(visit), place: 'conversations', title: 'Conversation', children: page }), problem ? 409 : 200)
}

function oneLive(visit: StaffVisit): void {
  const { id } = conversationOf(visit)
  live(visit, { conversation: id, render: () => ConversationBody(propsOf(visit)), when: () => true })
}

const DOING = {
  reading: 'Vouch reads the question.',
  searching: 'Vouch searches.',
  writing: 'Vouch writes.',
  checking: 'Vouch checks its answer.',
}

function propsOf(visit: StaffVisit): Omit<ConversationProps, 'said'> {
  const { context, who } = visit
  const conversation = conversationOf(visit)
  const running = context.turns.running(conversation.id)
  const messages = context.store.conversations.messages(conversation.id)
  return {
    conversation,
    messages,
    held: messages.flatMap((m) => (m.verdict === 'hold' && m.turn && openReviewOf(m.turn, context)) || []).at(-1) ?? null,
    notes: context.store.notes.of(conversation.id),
    care: context.turns.care(conversation.id),
    assigneeName: conversation.assignee ? namesOf(context)(`staff:${conversation.assignee}`) : null,
    me: who.id,
    doing: running ? DOING[running.stage] : null,
    links: sees(who.roles, 'audit'),
    now: context.clock(),
  }
}

function openReviewOf(turn: string, { store }: StaffVisit['context']): string | null {
  const review = store.reviews.ofTurn(turn)
  return review?.state === 'open' ? review.id : null
}

function takeOver(visit: StaffVisit): void {
  const { res, context, who } = visit
  const { id, state, assignee } = openConversation(visit)
  // What Vouch is still making would speak over the colleague.
  for (const running of context.turns.allRunning()) if (running.conversation === id) context.turns.cancel(running.turn, 'taken-over')
  if (state === 'person' && assignee === who.id) return goOn(res, `/console/conversations/${id}`)
  const notice = { text: fill(texts.notices.taken, { name: who.name }) }
  tell(visit, context.store.conversations.setState(id, 'person', who.id, actorOf(who), 'taken over in the console', notice))
  goOn(res, `/console/conversations/${id}`, { said: 'taken-over' })
}

const sayFields = z.object({
  text: z.string().trim().min(1, 'The message is empty.').max(4000, 'The message is longer than 4,000 characters.'),
})

function say(visit: StaffVisit): void {
  const { req, res, context, who } = visit
  const { text } = readFields(sayFields, req.body)
  const { id } = mine(visit)
  const message = context.store.conversations.say(
    { conversation: id, author: 'staff', kind: 'answer', turn: null, text, staff: who.id },
    actorOf(who),
  )
  context.turns.publish({ type: 'message', conversation: id, message })
  goOn(res, `/console/conversations/${id}`)
}

const handBackFields = z.object({ note: z.string().trim().max(1000, 'The note is longer than 1,000 characters.').default('') })

function handBack(visit: StaffVisit): void {
  const { req, res, context, who } = visit
  const { note } = readFields(handBackFields, req.body)
  const { id } = mine(visit)
  if (note) context.store.notes.add({ conversation: id, turn: null, kind: 'hand-back', staff: who.id, text: note })
  const notice = { text: texts.notices.handedBack }
  tell(visit, context.store.conversations.setState(id, 'machine', null, actorOf(who), 'handed back in the console', notice))
  goOn(res, `/console/conversations/${id}`, { said: 'handed-back' })
}

/** Every page that watches the conversation is told, the customer's too. */
function tell(visit: StaffVisit, message: Message | null): void {
  const { turns } = visit.context
  const { id, state } = conversationOf(visit)
  if (message) turns.publish({ type: 'message', conversation: id, message })
  turns.publish({ type: 'state', conversation: id, state })
}

function conversationOf({ req, context }: StaffVisit): Conversation {
  const conversation = context.store.conversations.get(param(req, 'id'))
  if (!conversation) throw notFound('conversation')
  return conversation
}

function openConversation(visit: StaffVisit): Conversation {
  const conversation = conversationOf(visit)
  if (conversation.state === 'closed') throw conflict('This conversation has ended.')
  return conversation
}

function mine(visit: StaffVisit): Conversation {
  const conversation = openConversation(visit)
  if (conversation.state !== 'person' || conversation.assignee !== visit.who.id)
    throw conflict('This conversation is not yours at the moment. Take it over first.')
  return conversation
}
