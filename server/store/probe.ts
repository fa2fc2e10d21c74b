/** Whether what was written is really there. */
import Sqlite from 'better-sqlite3'
import { GENESIS, checkChain } from '../audit/entry.ts'
import type { Link, StoredEntry } from '../audit/entry.ts'
import type { Connection } from './connect.ts'

/** Entries that are checked. */
const TAIL = 100

/** By a connection of its own, which has nothing in memory. Errors: an Error that says what is wrong. */
export function readBack(path: string, token: string, last: Link): void {
  const connection = new Sqlite(path, { readonly: true })
  try {
    const back = connection.prepare<[], { token: string }>('SELECT token FROM probe').get()?.token
    if (back !== token) throw new Error('what was written did not come back')
    const damage = damageAtEnd(connection, last)
    if (damage) throw new Error(damage)
  } finally {
    connection.close()
  }
}

/** What is wrong with the end of the log, in words; null when it is whole and still holds `last`. */
export function damageAtEnd(connection: Connection, last: Link): string | null {
  const from = Math.max(0, last.seq - TAIL)
  const select = connection.prepare<[number], StoredEntry>('SELECT * FROM log WHERE seq >= ? ORDER BY seq')
  const before = from === 0 ? GENESIS : select.get(from)
  const bad = before ? checkChain(select.iterate(from + 1), before) : { seq: from, damage: 'missing' }
  if (bad) return `the log is damaged at entry ${bad.seq} (${bad.damage})`
  const known = last.seq === 0 || select.get(last.seq)?.hash === last.hash
  return known ? null : `entry ${last.seq} of the log is not the one that was written`
}
