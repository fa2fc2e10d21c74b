/** Which conversation a customer means, and how it stands. A customer never sees anybody else's: it is as if it were not there. */
import type { Request } from 'express'
import type { Talk, Firm, Unread } from '../../views/portal/talk.ts'
import type { Context } from '../context.ts'
import { notFound } from '../errors.ts'
import type { Conversation, Message } from '../conversation-types.ts'
import type { Customer } from '../types.ts'

/** The conversation of this id. Errors: notFound, also when it is another customer's. */
export function ownConversation({ store }: Context, who: Customer, id: string): Conversation {
  const found = store.conversations.get(id)
  if (!found || found.customer !== who.id || found.channel !== 'portal') throw notFound('conversation')
  return found
}

/** The message of this id, with its conversation. Errors: as above. */
export function ownMessage(context: Context, who: Customer, id: string): { message: Message; conversation: Conversation } {
  const message = context.store.conversations.message(id)
  if (!message) throw notFound('message')
  return { message, conversation: ownConversation(context, who, message.conversation) }
}

/** What a form says: an id, `new`, or nothing for the newest. Null where one has to be made. */
export function meant(context: Context, who: Customer, given: string): Conversation | null {
  if (given === 'new') return null
  const found = given === '' ? context.store.conversations.latestOf(who.id, 'portal') : ownConversation(context, who, given)
  return found?.state === 'closed' ? null : found
}

export function begin({ store }: Context, who: Customer): Conversation {
  return store.conversations.create({ customer: who.id, channel: 'portal', tier: who.tier })
}

/** `seen`: a page that the customer has asked for shows it. */
export function talkOf(context: Context, conversation: Conversation | null, { seen = false } = {}): Talk {
  const { store, clock } = context
  if (!conversation) return { conversation, messages: [], running: null, now: clock() }
  const { id } = conversation
  return {
    conversation: store.conversations.get(id),
    messages: seen ? opened(context, store.conversations.messages(id)) : store.conversations.messages(id),
    running: runningOf(context, id),
    now: clock(),
  }
}

/** A correction on a page that the customer has asked for is opened. While the record can't be written that is noted next time. */
export function opened({ store }: Context, messages: Message[]): Message[] {
  if (store.latched() === null) for (const { id, corrects } of messages) if (corrects) store.corrections.opened(id, 'portal')
  return messages
}

/** A turn counts as running no longer than the record says: it still leaves its queue when its answer is there already. */
function runningOf({ store, turns }: Context, conversation: string): Talk['running'] {
  const running = turns.running(conversation)
  return running && store.turns.get(running.turn)?.state === 'running' ? running : null
}

const EXAMPLES = 4

export function firmOf({ config, ports, store }: Context): Firm {
  const { contact, topics } = ports.scope()
  const closed = closedTitles(store)
  const examples = topics
    .filter((topic) => topic.rule === 'allowed')
    .flatMap((topic) => topic.examples.filter((example) => !closed.has(example)).slice(0, 1))
  return { name: config.FIRM_NAME, contact, examples: examples.slice(0, EXAMPLES) }
}

/** Titles of articles that are not for everybody: where a firm has not written examples of its own, titles stand in their place. */
function closedTitles({ knowledge }: Context['store']): Set<string> {
  const articles = knowledge.articles()
  const open = new Set(articles.flatMap(({ tier, title }) => (tier === 'all' ? [title] : [])))
  return new Set(articles.flatMap(({ title }) => (open.has(title) ? [] : [title])))
}

/** What the customer has not read, in other conversations than the one that they look at. */
export const unreadBy = ({ store }: Context, who: Customer, here: Conversation | null): Unread[] =>
  store.corrections.unopened(who.id).filter(({ conversation }) => conversation !== here?.id)

/** Whether htmx asks for a part; else a browser asks for a page. */
export const wantsPart = (req: Request): boolean => req.get('hx-request') === 'true'
