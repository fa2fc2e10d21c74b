/** Personal text: only as ciphertext under its customer's key. Every table that shows personal text refers to a body; nothing is copied out. */
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { sha256 } from '../audit/entry.ts'
import { seal, unseal } from './cipher.ts'
import type { Db, Sealed } from './db.ts'
import type { Keys } from './keys.ts'

export interface Bodies {
  /** Encrypts; it is stored with the event that carries it. */
  seal(customer: string, content: unknown): Sealed
  /** Null when the body was deleted, or its customer's key destroyed. */
  open<T>(id: string | null): T | null
}

/** Bytes from which it is worth to compress. */
const WORTH = 1024
const PLAIN = 0
const DEFLATED = 1

export function bodiesOf(db: Db, keys: Keys, newId: (prefix: string) => string): Bodies {
  const select = db.read<{ customer: string; sealed: Buffer }>('SELECT customer, sealed FROM bodies WHERE id = ?')
  return {
    seal(customer, content) {
      const key = keys.of(customer)
      if (!key) throw new Error(`The key of ${customer} was destroyed`)
      const id = newId('body')
      const sealed = seal(key, pack(JSON.stringify(content)), id)
      return { id, customer, sealed, hash: sha256(sealed) }
    },
    open<T>(id: string | null): T | null {
      const row = id === null ? undefined : select.get(id)
      const key = row && keys.of(row.customer)
      return id !== null && row && key ? (JSON.parse(unpack(unseal(key, row.sealed, id))) as T) : null
    },
  }
}

function pack(text: string): Buffer {
  const bytes = Buffer.from(text)
  return bytes.length < WORTH ? Buffer.concat([Buffer.of(PLAIN), bytes]) : Buffer.concat([Buffer.of(DEFLATED), deflateRawSync(bytes)])
}

function unpack(packed: Buffer): string {
  const rest = packed.subarray(1)
  return (packed[0] === DEFLATED ? inflateRawSync(rest) : rest).toString()
}
