import type { Conversation, TurnSummary } from '../conversation-types.ts'
import type { LiveRow, LiveStore } from './care-types.ts'
import type { Messages } from './messages.ts'
import type { Parts } from './parts.ts'
import { SELECT_TURN, summaryOf, type TurnRow } from './turns.ts'

const COLUMNS = 'id, customer, channel, tier, state, assignee, started_at AS startedAt, last_at AS lastAt'

export function liveOf({ db }: Parts, messages: Messages): LiveStore {
  const recent = db.read<Conversation>(
    `SELECT ${COLUMNS} FROM conversations WHERE last_at >= ? AND state <> 'closed' ORDER BY last_at DESC LIMIT ?`,
  )
  const inState = db.read<Conversation>(`SELECT ${COLUMNS} FROM conversations WHERE state = ? ORDER BY last_at DESC LIMIT ?`)
  const asked = db.read<{ body: string | null; at: number; seq: number }>(
    "SELECT body, at, seq FROM messages WHERE conversation = ? AND author = 'customer' ORDER BY seq DESC LIMIT 1",
  )
  const toldSince = db.read<{ author: string; verdict: string | null }>(
    "SELECT author, verdict FROM messages WHERE conversation = ? AND seq > ? AND author <> 'customer'",
  )
  const lastTurn = db.read<TurnRow>(`${SELECT_TURN} WHERE conversation = ? ORDER BY at DESC, rowid DESC LIMIT 1`)
  const held = db.read<{ id: string; due: number; at: number }>(
    "SELECT id, due, at FROM reviews WHERE state = 'open' AND turn IN (SELECT id FROM turns WHERE conversation = ?) ORDER BY due LIMIT 1",
  )

  function row(conversation: Conversation): LiveRow {
    const { id, state } = conversation
    const question = asked.get(id) ?? null
    const found = lastTurn.get(id)
    const turn: TurnSummary | null = found ? summaryOf(found) : null
    const review = held.get(id) ?? null
    const told = question ? toldSince.all(id, question.seq) : []
    // While a person is awaited, or has it, only a person's word ends the waiting.
    const answered = state === 'machine' ? told.length > 0 : told.some((m) => m.author === 'staff')
    return {
      conversation,
      asked: question && { text: messages.text(question.body), at: question.at },
      turn,
      review: review && { id: review.id, due: review.due },
      waitingSince: review?.at ?? (question && !answered ? question.at : null),
    }
  }

  return {
    rows(since, limit) {
      const found = [...recent.all(since, limit), ...inState.all('waiting', limit), ...inState.all('person', limit)]
      return [...new Map(found.map((c) => [c.id, c])).values()].map(row)
    },
  }
}
