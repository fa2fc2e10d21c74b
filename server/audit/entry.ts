/** What the log is made of, and what its chain proves. Pure: entries in, verdict out. */
import { hash } from 'node:crypto'
import canonicalize from 'canonicalize'

/** One entry of the log: canonical JSON (RFC 8785), integers and strings only, chained by SHA-256. */
export interface LogEntry {
  seq: number
  /** ms since the epoch */
  at: number
  type: string
  actor: string
  conversation: string | null
  turn: string | null
  /** Whatever the type needs: hashes, revisions, verdicts, scores in millionths. No personal text. */
  data: Record<string, unknown>
  /** SHA-256 (hex) of the ciphertext of the body, if there is one. */
  body: string | null
  /** Hash of the entry before; 64 zeros for the first. */
  prev: string
  hash: string
}

/** An entry as it lies in the log: its data are the canonical bytes themselves, so that no other spelling of them passes. */
export type StoredEntry = Omit<LogEntry, 'data'> & { data: string }

/** `missing`: numbers leave a gap; `changed`: the hash does not fit the content; `unlinked`: does not follow the entry before; `malformed`: is no JSON. */
export type Damage = 'missing' | 'changed' | 'unlinked' | 'malformed'

/** Where a chain starts, or goes on: the entry before. */
export interface Link {
  seq: number
  hash: string
}

export const GENESIS: Link = { seq: 0, hash: '0'.repeat(64) }

/** The first bad entry after `before`, or null when the chain is whole. A missing end can only be seen by who knows how long it was. */
export function checkChain(entries: Iterable<StoredEntry>, before: Link = GENESIS): { seq: number; damage: Damage } | null {
  let last = before
  for (const stored of entries) {
    const damage = damageOf(stored, last)
    if (damage !== null) return { seq: damage === 'missing' ? last.seq + 1 : stored.seq, damage }
    last = stored
  }
  return null
}

function damageOf(stored: StoredEntry, last: Link): Damage | null {
  if (stored.seq !== last.seq + 1) return 'missing'
  if (sha256(header(stored)) !== stored.hash) return 'changed'
  if (stored.prev !== last.hash) return 'unlinked'
  return isJson(stored.data) ? null : 'malformed'
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** SHA-256 (hex) over the canonical JSON of everything but the hash itself. */
export function hashEntry(entry: Omit<LogEntry, 'hash'>): string {
  const { data, ...rest } = entry
  refuseOthers(rest, '')
  return sha256(header({ ...rest, data: canonical(data) }))
}

/** The canonical JSON of an entry around its data as they lie there: what is hashed is bytes, so no other spelling of them passes. */
function header({ actor, at, body, conversation, data, prev, seq, turn, type }: Omit<StoredEntry, 'hash'>): string {
  const text = (value: string | number | null): string => JSON.stringify(value)
  return (
    `{"actor":${text(actor)},"at":${text(at)},"body":${text(body)},"conversation":${text(conversation)},"data":${data},` +
    `"prev":${text(prev)},"seq":${text(seq)},"turn":${text(turn)},"type":${text(type)}}`
  )
}

export const sha256 = (bytes: string | Uint8Array): string => hash('sha256', bytes)

/** RFC 8785 of a value made of strings, safe integers, null, arrays and plain objects. Errors: TypeError that names the place of anything else. */
export function canonical(value: unknown): string {
  refuseOthers(value, '')
  return canonicalize(value) as string
}

/** A figure such as a confidence, as the log writes it. Errors: RangeError when it is no finite number. */
export function millionths(value: number): number {
  if (!Number.isFinite(value)) throw new RangeError(`The log takes finite figures only, not ${value}`)
  return Math.round(value * 1_000_000)
}

function refuseOthers(value: unknown, place: string): void {
  if (value === null) return
  if (typeof value === 'number' && Number.isSafeInteger(value)) return
  // A lone surrogate has no bytes in UTF-8, so what is stored would differ from what was hashed.
  if (typeof value === 'string' && value.isWellFormed()) return
  if (Array.isArray(value)) return value.forEach((item, i) => refuseOthers(item, `${place}[${i}]`))
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    for (const [name, item] of Object.entries(value)) {
      refuseOthers(name, `${place}.(name)`)
      refuseOthers(item, `${place}.${name}`)
    }
    return
  }
  throw new TypeError(`The log takes integers and well-formed strings only; ${place || 'the value'} is ${describe(value)}`)
}

const describe = (value: unknown): string => (typeof value === 'number' ? String(value) : `a ${typeof value}`)
