import { conflict, notFound } from '../errors.ts'
import type { Conversation } from '../conversation-types.ts'
import type { Messages } from './messages.ts'
import type { Parts } from './parts.ts'
import type { ConversationStore } from './types.ts'
import { where } from './where.ts'

const COLUMNS = 'id, customer, channel, tier, state, assignee, started_at AS startedAt, last_at AS lastAt'
const BY_ID = `SELECT ${COLUMNS} FROM conversations WHERE id = ?`

export function conversationsOf(parts: Parts, messages: Messages): ConversationStore {
  const { db, bodies, newId } = parts
  const get = conversationOf(parts)
  const byId = db.read<Conversation>(BY_ID)
  const latest = db.read<Conversation>(
    `SELECT ${COLUMNS} FROM conversations WHERE customer = ? AND channel = ? AND state <> 'closed' ORDER BY last_at DESC, rowid DESC LIMIT 1`,
  )
  const ofCustomer = db.read<Conversation>(
    `SELECT ${COLUMNS} FROM conversations WHERE customer = ? AND channel = ? ORDER BY last_at DESC, rowid DESC LIMIT ?`,
  )
  const insert = db.write(
    'INSERT INTO conversations (id, customer, channel, tier, started_at, last_at) VALUES (@id, @customer, @channel, @tier, @at, @at)',
  )
  const setState = db.write('UPDATE conversations SET state = @state, assignee = @assignee WHERE id = @id')
  const rate = db.write('UPDATE messages SET feedback = @value, feedback_at = @at, feedback_body = @body WHERE id = @id')
  const knows = db.read('SELECT 1 FROM customers WHERE id = ?')

  return {
    create({ customer, channel, tier }) {
      if (!knows.get(customer)) throw notFound('customer')
      const id = newId('conv')
      const data = { channel, tier }
      return db.change({ type: 'conversation.started', actor: `customer:${customer}`, conversation: id, data }, (proof) => {
        insert(proof, { id, customer, channel, tier, at: proof.at })
        return get(id)
      })
    },
    get: (id) => byId.get(id) ?? null,
    latestOf: (customer, channel) => latest.get(customer, channel) ?? null,
    ofCustomer: (customer, channel, limit) => ofCustomer.all(customer, channel, limit),
    list({ state, channel, before, limit }) {
      const { sql, params } = where({ 'state = ?': state, 'channel = ?': channel, 'last_at < ?': before })
      return db
        .read<Conversation & { messages: number; lastBody: string | null }>(
          `SELECT ${COLUMNS}, messages, last_body AS lastBody FROM conversations ${sql} ORDER BY last_at DESC, rowid DESC LIMIT ?`,
        )
        .all(...params, limit)
        .map(({ lastBody, ...row }) => ({ ...row, lastText: messages.text(lastBody) }))
    },
    messages: (conversation, afterSeq = 0) => messages.of(conversation, afterSeq),
    message: (id) => messages.get(id),
    say(message, by) {
      return db.atomic(() => {
        const conversation = get(message.conversation)
        mustBeOpen(conversation)
        const prepared = messages.prepare(message, conversation.customer)
        const { author, kind, turn } = message
        const data = { message: prepared.id, author, kind }
        const event = { type: 'message.said', actor: by, conversation: conversation.id, turn, data, body: prepared.sealed }
        return db.change(event, (proof) => messages.add(proof, prepared))
      })
    },
    setState(id, state, assignee, by, why, notice) {
      return db.atomic(() => {
        const conversation = get(id)
        if (notice) mustBeOpen(conversation)
        const { customer } = conversation
        const prepared = notice
          ? messages.prepare({ ...notice, conversation: id, author: 'vouch', kind: 'notice', turn: null }, customer)
          : null
        const data = { state, assignee, ...(prepared ? { message: prepared.id } : {}) }
        const event = { type: 'conversation.state', actor: by, conversation: id, data, body: bodies.seal(customer, why) }
        return db.change({ ...event, bodies: prepared ? [prepared.sealed] : [] }, (proof) => {
          setState(proof, { id, state, assignee })
          return prepared ? messages.add(proof, prepared) : null
        })
      })
    },
    feedback(id, value, reason, by) {
      db.atomic(() => {
        const message = messages.get(id)
        if (!message) throw notFound('message')
        if (message.author === 'customer') throw conflict('Only an answer can be rated.')
        const { conversation, turn } = message
        const sealed = reason ? { body: bodies.seal(get(conversation).customer, reason) } : {}
        db.change({ type: 'message.rated', actor: by, conversation, turn, data: { message: id, value }, ...sealed }, (proof) =>
          rate(proof, { id, value, at: proof.at, body: sealed.body?.id ?? null }),
        )
      })
    },
  }
}

function mustBeOpen({ state }: Conversation): void {
  if (state === 'closed') throw conflict('This conversation is closed. Start a new one.')
}

/** The conversation. Errors: notFound. */
export function conversationOf({ db }: Parts): (id: string) => Conversation {
  const byId = db.read<Conversation>(BY_ID)
  return (id) => {
    const found = byId.get(id)
    if (!found) throw notFound('conversation')
    return found
  }
}
