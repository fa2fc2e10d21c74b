import { checkChain, sha256 } from '../audit/entry.ts'
import type { LogEntry, StoredEntry } from '../audit/entry.ts'
import type { Reader } from './db.ts'
import type { Parts } from './parts.ts'
import type { LogStore } from './types.ts'

export function logOf({ db }: Parts): LogStore {
  const from = db.read<StoredEntry>('SELECT * FROM log WHERE seq >= ? ORDER BY seq LIMIT ?')
  const all = db.read<StoredEntry>('SELECT * FROM log ORDER BY seq')
  const last = db.read<StoredEntry>('SELECT * FROM log ORDER BY seq DESC LIMIT 1')
  const ofTurn = db.read<StoredEntry>('SELECT * FROM log WHERE turn = ? ORDER BY seq')
  const latest = db.read<{ seq: number; at: number }>(
    'SELECT seq, at FROM log WHERE seq > ? AND type IN (SELECT value FROM json_each(?)) ORDER BY seq DESC LIMIT 1',
  )
  const told = db.read<Told>(
    `SELECT seq, type, turn, body, data ->> 'message' AS message, data -> 'bodies' AS bodies FROM log
     WHERE type IN (SELECT value FROM json_each('${JSON.stringify(TELLING)}')) AND data ->> 'message' IS NOT NULL ORDER BY seq`,
  )
  const texts = {
    message: db.read<Kept>('SELECT m.body AS id, b.sealed FROM messages m LEFT JOIN bodies b ON b.id = m.body WHERE m.id = ?'),
    trace: db.read<Kept>('SELECT t.trace AS id, b.sealed FROM turns t LEFT JOIN bodies b ON b.id = t.trace WHERE t.id = ?'),
  }
  return {
    latest: (types, after) => latest.get(after, JSON.stringify(types)) ?? null,
    entries: (seq, limit) => from.all(seq, limit).map(entryOf),
    tail() {
      const row = last.get()
      return row ? entryOf(row) : null
    },
    ofTurn: (turn) => ofTurn.all(turn).map(entryOf),
    verify() {
      let reached = 0
      const counted = function* (): Generator<StoredEntry> {
        for (const row of all.iterate()) {
          yield row
          reached = row.seq
        }
      }
      try {
        return checkChain(counted()) ?? changedText(told, texts)
      } catch (error) {
        return { seq: reached + 1, damage: `unreadable: ${(error as Error).message}` }
      }
    },
    size: () => last.get()?.seq ?? 0,
  }
}

const entryOf = (row: StoredEntry): LogEntry => ({ ...row, data: JSON.parse(row.data) as Record<string, unknown> })

/** Entries by which something was said in a conversation. */
const TELLING = [
  'turn.started',
  'turn.recorded',
  'turn.failed',
  'turn.cancelled',
  'review.decided',
  'message.said',
  'conversation.state',
  'correction.sent',
]

interface Told {
  seq: number
  type: string
  turn: string | null
  body: string | null
  message: string
  bodies: string | null
}

interface Kept {
  /** Null once it was erased. */
  id: string | null
  sealed: Buffer | null
}

/** The first entry whose words are not those that it names: the log holds their hashes, and another text may have been put in their place. */
function changedText(told: Reader<Told>, texts: Record<'message' | 'trace', Reader<Kept>>): { seq: number; damage: string } | null {
  for (const { seq, type, turn, body, message, bodies } of told.iterate()) {
    const named = new Set([body, ...((bodies === null ? [] : JSON.parse(bodies)) as string[])])
    const fits = (kept: Kept | undefined): boolean =>
      kept !== undefined && (kept.id === null || (kept.sealed !== null && named.has(sha256(kept.sealed))))
    if (!fits(texts.message.get(message))) return { seq, damage: 'the words of its message are others' }
    if (type === 'turn.recorded' && !fits(texts.trace.get(turn))) return { seq, damage: 'the record of its turn is another' }
  }
  return null
}
