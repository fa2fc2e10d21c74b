import { meanwhile } from './meanwhile.ts'
import type { Parts } from './parts.ts'
import { memberOf, type StaffRow } from './staff.ts'
import type { SessionStore } from './types.ts'

/** ms after which a session ends however busy it is. */
const LONGEST = 12 * 3_600_000
/** The time of last use is exact in memory, and written down at most this often (ms). */
const WRITTEN_EVERY = 15_000

interface SessionRow {
  staff: string
  at: number
  usedAt: number
}

export function sessionsOf({ db }: Parts): SessionStore {
  const select = db.read<SessionRow>('SELECT staff, at, used_at AS usedAt FROM sessions WHERE token_hash = ?')
  const member = db.read<Pick<StaffRow, 'id' | 'name' | 'roles' | 'one_time'>>(
    'SELECT id, name, roles, one_time FROM staff WHERE id = ? AND active = 1',
  )
  const insert = db.keep<{ hash: string; staff: string; at: number }>(
    'INSERT INTO sessions (token_hash, staff, at, used_at) VALUES (@hash, @staff, @at, @at)',
  )
  const renew = db.keep<{ hash: string; at: number }>('UPDATE sessions SET used_at = @at WHERE token_hash = @hash')
  const remove = db.keep<{ hash: string }>('DELETE FROM sessions WHERE token_hash = @hash')
  const sweep = db.keep<{ before: number }>('DELETE FROM sessions WHERE at < @before')
  /** Sessions begun while nothing could be written, and those ended then. */
  const unwritten = new Map<string, SessionRow>()
  const ended = new Set<string>()
  const lastUse = new Map<string, number>()

  const find = (hash: string): SessionRow | undefined => (ended.has(hash) ? undefined : (unwritten.get(hash) ?? select.get(hash)))

  return {
    create(staff, hash) {
      const at = db.clock()
      const write = (): void =>
        db.change({ type: 'session.started', actor: `staff:${staff}`, data: { at } }, () => {
          sweep({ before: at - LONGEST })
          if (!ended.has(hash)) insert({ hash, staff, at })
        })
      meanwhile(db, write, {
        keep: () => unwritten.set(hash, { staff, at, usedAt: at }),
        forget: () => unwritten.clear(),
      })
    },
    use(hash, idleMs) {
      const session = find(hash)
      const now = db.clock()
      const usedAt = Math.max(session?.usedAt ?? 0, lastUse.get(hash) ?? 0)
      if (!session || now - usedAt > idleMs || now - session.at > LONGEST) {
        lastUse.delete(hash)
        return null
      }
      const row = member.get(session.staff)
      if (!row) return null
      lastUse.set(hash, now)
      if (now - session.usedAt >= WRITTEN_EVERY && !db.latch.closed()) tryTo(() => renew({ hash, at: now }))
      return memberOf(row)
    },
    holder(hash) {
      const session = find(hash)
      const row = session && db.clock() - session.at <= LONGEST ? member.get(session.staff) : undefined
      return row ? memberOf(row) : null
    },
    end(hash) {
      const session = find(hash)
      if (!session) return
      lastUse.delete(hash)
      const write = (): void => {
        db.change({ type: 'session.ended', actor: `staff:${session.staff}` }, () => remove({ hash }))
      }
      meanwhile(db, write, {
        keep: () => ended.add(hash),
        forget: () => ended.clear(),
      })
    },
  }
}

/** A session goes on although its time of use could not be written; the latch has noted why. */
function tryTo(write: () => void): void {
  try {
    write()
  } catch {
    // The latch is closed now.
  }
}
