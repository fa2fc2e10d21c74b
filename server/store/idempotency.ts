import { sha256 } from '../audit/entry.ts'
import type { Parts } from './parts.ts'
import type { IdempotencyStore } from './program-types.ts'

/** ms after which a key may be used anew. */
const KEPT = 24 * 3_600_000
/** ms after which a call that made no turn is taken for dead. */
const ABANDONED = 60_000

export function idempotencyOf({ db }: Parts): IdempotencyStore {
  const find = db.read<{ requestHash: string; turn: string | null; at: number }>(
    'SELECT request_hash AS requestHash, made AS turn, at FROM idempotency WHERE key = ? AND owner = ?',
  )
  const insert = db.keep<{ key: string; owner: string; requestHash: string; at: number }>(
    'INSERT OR REPLACE INTO idempotency (key, owner, request_hash, at) VALUES (@key, @owner, @requestHash, @at)',
  )
  const tie = db.keep<{ key: string; owner: string; turn: string }>(
    'UPDATE idempotency SET made = @turn WHERE key = @key AND owner = @owner',
  )
  const forget = db.keep<{ key: string; owner: string }>('DELETE FROM idempotency WHERE key = @key AND owner = @owner')
  const sweep = db.keep<{ before: number }>('DELETE FROM idempotency WHERE at < @before')
  return {
    begin(name, owner, requestHash) {
      const key = sha256(name)
      const at = db.clock()
      return db.atomic(() => {
        sweep({ before: at - KEPT })
        const known = find.get(key, owner)
        if (known && known.requestHash !== requestHash) return { state: 'different' }
        if (known?.turn) return { state: 'done', turn: known.turn }
        if (known && at - known.at < ABANDONED) return { state: 'running' }
        insert({ key, owner, requestHash, at })
        return { state: 'new' }
      })
    },
    tie(name, owner, turn) {
      tie({ key: sha256(name), owner, turn })
    },
    forget(name, owner) {
      forget({ key: sha256(name), owner })
    },
  }
}
