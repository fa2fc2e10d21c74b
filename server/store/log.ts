import { checkChain } from '../audit/entry.ts'
import type { LogEntry, StoredEntry } from '../audit/entry.ts'
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
        return checkChain(counted())
      } catch (error) {
        return { seq: reached + 1, damage: `unreadable: ${(error as Error).message}` }
      }
    },
    size: () => last.get()?.seq ?? 0,
  }
}

const entryOf = (row: StoredEntry): LogEntry => ({ ...row, data: JSON.parse(row.data) as Record<string, unknown> })
