/** Conversations of a program. A key sees its own and no others. */
import { randomUUID } from 'node:crypto'
import type { Context } from '../context.ts'
import type { ApiKey } from '../store/program-types.ts'
import type { Conversation, Message } from '../conversation-types.ts'
import { notFound } from '../errors.ts'
import { ConversationRequest, MessagesQuery, type MessageJson, type MessagesJson } from './api-schemas.ts'
import type { z } from 'zod'
import { readFields } from './body.ts'
import type { Visit } from './route.ts'

export function createConversation({ req, res, context, who }: Visit<ApiKey>): void {
  const { customer: name, email } = readFields(ConversationRequest, req.body)
  const customer = context.store.customers.forSubject(subject(who, name ?? randomUUID()), who.tier)
  if (email && context.store.contacts.get(customer.id)?.email !== email) context.store.contacts.set(customer.id, { email }, `key:${who.id}`)
  const { id } = context.store.conversations.create({ customer: customer.id, channel: who.channel, tier: who.tier })
  res.status(201).location(`/api/v1/conversations/${id}/messages`).json({ id })
}

export function listMessages({ req, res, context, who }: Visit<ApiKey>): void {
  const conversation = ownConversation(context, who, req.params['id'])
  const { after } = readFields(MessagesQuery, req.query)
  const messages = context.store.conversations.messages(conversation.id, after)
  for (const { id, corrects } of messages) if (corrects && context.store.latched() === null) context.store.corrections.opened(id, 'api')
  res.json({ state: conversation.state, messages: messages.map(messageJson) } satisfies z.infer<typeof MessagesJson>)
}

/** Errors: 404, also for a conversation of another key, so that nobody learns what exists. */
export function ownConversation(context: Context, key: ApiKey, id: unknown): Conversation {
  const conversation = typeof id === 'string' ? context.store.conversations.get(id) : null
  const owner = conversation && context.store.customers.subjectOf(conversation.customer)
  if (!conversation || !owner?.startsWith(subject(key, ''))) throw notFound('conversation')
  return conversation
}

function subject(key: ApiKey, name: string): string {
  return `${key.id}:${name}`
}

function messageJson(message: Message): z.infer<typeof MessageJson> {
  const { id, seq, author, kind, turn, text, verdict, citations, at, corrects, correctedBy } = message
  const tied = { corrects: corrects ?? [], corrected_by: correctedBy ?? null }
  return { id, seq, author, kind, turn, text, verdict, citations, at: new Date(at).toISOString(), ...tied }
}
