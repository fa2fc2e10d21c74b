/** Opens a database of the record. A reopened WAL file falls back to `synchronous=NORMAL`, so everything is set, and checked, at every open. */
import { chmodSync, closeSync, openSync } from 'node:fs'
import Sqlite from 'better-sqlite3'

export type Connection = Sqlite.Database

/** ms that a writer waits for another process (an operator's command) to finish its transaction. */
const LOCK_WAIT = 2000

const WANTED: Record<string, string | number> = {
  journal_mode: 'wal',
  /** FULL: a commit is on the disk before it returns. */
  synchronous: 2,
  foreign_keys: 1,
  /** Otherwise REPLACE deletes rows past the triggers. */
  recursive_triggers: 1,
  /** What is deleted is overwritten with zeros. */
  secure_delete: 1,
  trusted_schema: 0,
}

/** Errors: an Error that names the file and the setting which the database would not take. */
export function connect(path: string): Connection {
  closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600)
  const connection = new Sqlite(path, { timeout: LOCK_WAIT })
  try {
    for (const [name, value] of Object.entries(WANTED)) {
      connection.pragma(`${name} = ${value}`)
      const got = connection.pragma(name, { simple: true })
      if (got !== value) throw new Error(`${path}: ${name} is ${String(got)}, not ${value}. Is the folder on a local disk?`)
    }
  } catch (error) {
    connection.close()
    throw error
  }
  return connection
}
