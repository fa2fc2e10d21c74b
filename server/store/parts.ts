import type { Bodies } from './bodies.ts'
import type { Db } from './db.ts'
import type { Keys } from './keys.ts'

/** What every table of the store is built on. */
export interface Parts {
  db: Db
  keys: Keys
  bodies: Bodies
  newId: (prefix: string) => string
}
