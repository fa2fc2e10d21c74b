import type { Db } from './db.ts'
import { VouchError } from '../errors.ts'

/** Writes now, or, while the record can't be written, keeps it in memory and writes it first thing afterwards: staff must get in to put things right. */
export function meanwhile(db: Db, write: () => void, memory: { keep: () => void; forget: () => void }): void {
  try {
    write()
  } catch (error) {
    if (!(error instanceof VouchError) || error.type !== 'record-unavailable') throw error
    memory.keep()
    db.latch.later(write)
    db.latch.opened(memory.forget)
  }
}
