/** Messages and their way out: whatever is said to the customer gets its row in the outbox. */
import type { Message } from '../conversation-types.ts'
import type { Channel, Citation, Sentence } from '../types.ts'
import type { Noted, Sealed } from './db.ts'
import type { Parts } from './parts.ts'
import type { NewMessage } from './types.ts'

export interface Messages {
  /** Encrypts the text; stored only by `add`, with the event that carries `sealed`. */
  prepare(message: NewMessage, customer: string): Prepared
  add(proof: Noted, prepared: Prepared): Message
  get(id: string): Message | null
  of(conversation: string, afterSeq: number): Message[]
  /** The text alone; empty when it was erased. */
  text(body: string | null): string
}

export interface Prepared {
  id: string
  sealed: Sealed
  message: NewMessage
}

export interface MessageContent {
  text: string
  sentences: Sentence[]
  citations: Citation[]
}

interface MessageRow extends Omit<Message, keyof MessageContent | 'correctedBy' | 'corrects'> {
  body: string | null
  correctedBy: string | null
  /** Ids, a space between them. */
  corrects: string | null
}

const SELECT = `SELECT m.id, m.conversation, m.seq, m.author, m.kind, m.turn, m.body, m.verdict, m.form, s.name AS "by", m.at, m.feedback,
    (SELECT c.correcting FROM corrected_messages c WHERE c.message = m.id AND c.correcting IS NOT NULL LIMIT 1) AS correctedBy,
    (SELECT group_concat(c.message, ' ') FROM corrected_messages c WHERE c.correcting = m.id) AS corrects
  FROM messages m LEFT JOIN staff s ON s.id = m.staff`

export function messagesOf({ db, bodies, newId }: Parts): Messages {
  const byId = db.read<MessageRow>(`${SELECT} WHERE m.id = ?`)
  const after = db.read<MessageRow>(`${SELECT} WHERE m.conversation = ? AND m.seq > ? ORDER BY m.seq`)
  const place = db.read<{ messages: number; channel: Channel }>('SELECT messages, channel FROM conversations WHERE id = ?')
  const insert = db.write(
    `INSERT INTO messages (id, conversation, seq, author, kind, turn, body, verdict, form, staff, at)
     VALUES (@id, @conversation, @seq, @author, @kind, @turn, @body, @verdict, @form, @staff, @at)`,
  )
  const extend = db.write<{ id: string; seq: number; at: number; body: string }>(
    'UPDATE conversations SET messages = @seq, last_at = @at, last_body = @body WHERE id = @id',
  )
  const post = db.write<{ channel: string; conversation: string; message: string; at: number }>(
    'INSERT INTO outbox (channel, conversation, message, next_at) VALUES (@channel, @conversation, @message, @at)',
  )
  const cite = db.write<{ message: string; revision: string; start: number; end: number }>(
    'INSERT OR IGNORE INTO citations (revision, start, "end", message) VALUES (@revision, @start, @end, @message)',
  )
  const read = (row: MessageRow): Message => {
    const { body, correctedBy, corrects, ...rest } = row
    const tied = { ...(correctedBy ? { correctedBy } : {}), ...(corrects ? { corrects: corrects.split(' ') } : {}) }
    return { ...rest, ...tied, ...(bodies.open<MessageContent>(body) ?? { text: '', sentences: [], citations: [] }) }
  }

  return {
    prepare(message, customer) {
      const content: MessageContent = { text: message.text, sentences: message.sentences ?? [], citations: message.citations ?? [] }
      return { id: newId('msg'), sealed: bodies.seal(customer, content), message }
    },
    add(proof, { id, sealed, message }) {
      const { conversation, author, kind, turn, verdict = null, form = null, staff = null } = message
      const { messages, channel } = place.one(conversation)
      const seq = messages + 1
      const { at } = proof
      insert(proof, { id, conversation, seq, author, kind, turn, body: sealed.id, verdict, form, staff, at })
      extend(proof, { id: conversation, seq, at, body: sealed.id })
      for (const c of [...(message.citations ?? []), ...(message.sentences ?? []).flatMap((s) => s.citations)])
        cite(proof, { message: id, revision: c.revision, start: c.start, end: c.end })
      if (author !== 'customer') post(proof, { channel, conversation, message: id, at })
      return read(byId.one(id))
    },
    get(id) {
      const row = byId.get(id)
      return row ? read(row) : null
    },
    of: (conversation, afterSeq) => after.all(conversation, afterSeq).map(read),
    text: (body) => bodies.open<MessageContent>(body)?.text ?? '',
  }
}
