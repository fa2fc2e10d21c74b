import { conflict, notFound } from '../errors.ts'
import type { TurnSummary } from '../conversation-types.ts'
import type { Trace } from '../types.ts'
import { conversationOf } from './conversations.ts'
import type { Messages } from './messages.ts'
import type { Parts } from './parts.ts'
import { recordOf } from './turn-record.ts'
import type { TurnFilter, TurnStore } from './types.ts'
import { where } from './where.ts'

export interface TurnRow extends Omit<TurnSummary, 'confidence' | 'fixed'> {
  confidence: number | null
  trace: string | null
  replied: string | null
}

export const SELECT_TURN = `SELECT *, (SELECT signal FROM signals s WHERE s.turn = turns.id AND turns.verdict = 'decline'
  AND s.signal IN ('two-readings', 'settled', 'greets') LIMIT 1) AS replied FROM turns`

/** Turns that a search by words decrypts at most. */
const SEARCHED = 2000

export function turnsOf(parts: Parts, messages: Messages): TurnStore {
  const { db, bodies, newId } = parts
  const conversation = conversationOf(parts)
  const byId = db.read<TurnRow>(`${SELECT_TURN} WHERE id = ?`)
  const running = db.read<TurnRow>(`${SELECT_TURN} WHERE state = 'running' ORDER BY at, rowid`)
  const texts = db.read<{ body: string | null }>('SELECT body FROM messages WHERE turn = ? ORDER BY seq')
  const insert = db.write('INSERT INTO turns (id, conversation, channel, tier, at) VALUES (@id, @conversation, @channel, @tier, @at)')
  const finish = db.write('UPDATE turns SET state = @state, took = @took WHERE id = @id')

  const get = (id: string): TurnSummary | null => {
    const row = byId.get(id)
    return row ? summaryOf(row) : null
  }
  const textsOf = (turn: string): string[] => texts.all(turn).map((row) => messages.text(row.body))

  return {
    start({ conversation: id, text }) {
      return db.atomic(() => {
        const { customer, channel, tier, state } = conversation(id)
        if (state === 'closed') throw conflict('This conversation is closed. Start a new one.')
        const turn = newId('turn')
        const prepared = messages.prepare({ conversation: id, author: 'customer', kind: 'question', turn, text }, customer)
        const data = { message: prepared.id, channel, tier }
        const event = { type: 'turn.started', actor: `customer:${customer}`, conversation: id, turn, data, body: prepared.sealed }
        return db.change(event, (proof) => {
          insert(proof, { id: turn, conversation: id, channel, tier, at: proof.at })
          return { turn: summaryOf(byId.one(turn)), message: messages.add(proof, prepared) }
        })
      })
    },
    record: recordOf(parts, messages),
    end(id, state, why, notice) {
      return db.atomic(() => {
        const turn = get(id)
        if (!turn) throw notFound('turn')
        // Decided, failed or given up already: what is recorded stands.
        if (turn.state !== 'running') return null
        const { customer, id: conversationId } = conversation(turn.conversation)
        const reason = bodies.seal(customer, why)
        const message = { conversation: conversationId, author: 'vouch' as const, kind: 'notice' as const, turn: id, text: notice ?? '' }
        const prepared = notice === null ? null : messages.prepare(message, customer)
        const data = prepared ? { message: prepared.id } : {}
        const event = { type: `turn.${state}`, actor: 'system', conversation: conversationId, turn: id, data, body: reason }
        return db.change({ ...event, ...(prepared ? { bodies: [prepared.sealed] } : {}) }, (proof) => {
          finish(proof, { id, state, took: proof.at - turn.at })
          return prepared ? messages.add(proof, prepared) : null
        })
      })
    },
    get,
    question: (id) => textsOf(id)[0] ?? '',
    trace: (id) => bodies.open<Trace>(byId.get(id)?.trace ?? null),
    list(filter) {
      const words = (filter.text ?? '').toLowerCase().split(/\s+/).filter(Boolean)
      if (words.length === 0) return select(filter, filter.limit)
      const found: TurnSummary[] = []
      for (const turn of select(filter, SEARCHED)) {
        if (found.length >= filter.limit) break
        const text = textsOf(turn.id).join('\n').toLowerCase()
        if (words.every((word) => text.includes(word))) found.push(turn)
      }
      return found
    },
    unfinished: () => running.all().map((row) => ({ turn: summaryOf(row), text: textsOf(row.id)[0] ?? '' })),
  }

  function select(filter: TurnFilter, limit: number): TurnSummary[] {
    const { sql, params } = where({
      'verdict = ?': filter.verdict,
      'state = ?': filter.state,
      'topic = ?': filter.topic,
      'channel = ?': filter.channel,
      'at >= ?': filter.since,
      'at < ?': filter.before,
    })
    const way = filter.oldestFirst ? 'ASC' : 'DESC'
    const rows = db.read<TurnRow>(`${SELECT_TURN} ${sql} ORDER BY at ${way}, rowid ${way} LIMIT ?`).all(...params, limit)
    return rows.map(summaryOf)
  }
}

export function summaryOf({ trace: _, confidence, replied, ...row }: TurnRow): TurnSummary {
  const fixed = replied === null ? null : replied === 'two-readings' ? 'asked-back' : 'nothing-asked'
  return { ...row, confidence: confidence === null ? null : confidence / 1_000_000, fixed }
}
