/**
 * The one door to vouch.db. What belongs to the record is changed by `change` alone, which writes the event's log entry in
 * the same transaction: a writing statement asks for the `Noted` that only `change` hands out.
 */
import { randomBytes } from 'node:crypto'
import Sqlite from 'better-sqlite3'
import { GENESIS, canonical, hashEntry } from '../audit/entry.ts'
import type { Link, LogEntry } from '../audit/entry.ts'
import { VouchError, recordUnavailable } from '../errors.ts'
import type { Connection } from './connect.ts'
import { Latch } from './latch.ts'
import { damageAtEnd, readBack } from './probe.ts'

/** Ciphertext on its way into the record. `hash`: SHA-256 (hex) of nonce, ciphertext and tag. */
export interface Sealed {
  id: string
  customer: string
  sealed: Buffer
  hash: string
}

export interface Event {
  type: string
  actor: string
  conversation?: string | null
  turn?: string | null
  /** Strings, integers, lists and objects of them. No personal text. */
  data?: Record<string, unknown>
  /** The personal text that the entry is about; its hash stands in the entry. */
  body?: Sealed
  /** Further personal text; the hashes stand in `data.bodies`. */
  bodies?: Sealed[]
}

declare const noted: unique symbol
/** Proof that the change has its entry in the log, and where. */
export interface Noted {
  readonly seq: number
  readonly at: number
  readonly [noted]: true
}

type Param = string | number | null | Buffer
type Bag = Record<string, Param>

export interface Reader<Row> {
  get(...params: Param[]): Row | undefined
  /** A row that must be there. */
  one(...params: Param[]): Row
  all(...params: Param[]): Row[]
  iterate(...params: Param[]): IterableIterator<Row>
}

/** Tables that say how work goes on, not what happened: changed without an entry. */
const HOUSEKEEPING = new Set(['sessions', 'idempotency', 'review_locks', 'probe'])
/** Random bytes of a probe: as much room as a long turn takes, or a nearly full disk would let the probe pass and the next answer not. */
const PROBE = 64 * 1024
const TARGET = /^\s*(?:INSERT(?: OR REPLACE)? INTO|UPDATE|DELETE FROM) (\w+)/

export class Db {
  readonly latch = new Latch()
  readonly clock: () => number
  readonly #raw: Connection
  readonly #onEvent: (entry: LogEntry) => void
  readonly #readers = new Map<string, unknown>()
  readonly #insertBody
  readonly #insertEntry
  readonly #insertProbe
  #tail: Link
  #fresh: LogEntry[] = []

  constructor(raw: Connection, clock: () => number, onEvent: (entry: LogEntry) => void = () => {}) {
    this.#raw = raw
    this.clock = clock
    this.#onEvent = onEvent
    this.#insertBody = raw.prepare('INSERT INTO bodies (id, customer, sealed, hash) VALUES (@id, @customer, @sealed, @hash)')
    this.#insertEntry = raw.prepare(
      `INSERT INTO log (seq, at, type, actor, conversation, turn, data, body, prev, hash)
       VALUES (@seq, @at, @type, @actor, @conversation, @turn, @data, @body, @prev, @hash)`,
    )
    this.#insertProbe = raw.prepare('INSERT OR REPLACE INTO probe (id, token) VALUES (1, ?)')
    this.#tail = this.#link()
    const damage = damageAtEnd(raw, this.#tail)
    if (damage) this.latch.close(clock(), damage)
  }

  /** A statement that only reads, prepared once. */
  read<Row>(sql: string): Reader<Row> {
    const known = this.#readers.get(sql)
    if (known) return known as Reader<Row>
    const statement = this.#raw.prepare<Param[], Row>(sql)
    if (!statement.readonly) throw new Error(`This statement writes: ${sql}`)
    const reader: Reader<Row> = {
      get: (...params) => statement.get(...params),
      one(...params) {
        const row = statement.get(...params)
        if (row === undefined) throw new Error(`No row where there must be one: ${sql}`)
        return row
      },
      all: (...params) => statement.all(...params),
      iterate: (...params) => statement.iterate(...params),
    }
    this.#readers.set(sql, reader)
    return reader
  }

  /** A statement that changes the record. */
  write<P extends Bag>(sql: string): (proof: Noted, params: P) => number {
    const statement = this.#raw.prepare(sql)
    return (_proof, params) => statement.run(params).changes
  }

  /** A statement that changes a housekeeping table. */
  keep<P extends Bag>(sql: string): (params: P) => number {
    const table = TARGET.exec(sql)?.[1]
    if (!table || !HOUSEKEEPING.has(table)) throw new Error(`Changes of the record need their event: ${sql}`)
    const statement = this.#raw.prepare(sql)
    return (params) => this.atomic(() => statement.run(params).changes)
  }

  /** Writes the event into the log and makes the change, durable together or not at all. Errors: recordUnavailable(). */
  change<T>(event: Event, make: (proof: Noted) => T): T {
    return this.atomic(() => {
      const { seq, at } = this.#append(event)
      return make({ seq, at } as Noted)
    })
  }

  /** One transaction around what is read to decide upon a change and the change itself. */
  atomic<T>(work: () => T): T {
    if (this.#raw.inTransaction) return work()
    this.demandWritable()
    return this.#transaction(work)
  }

  /** Errors: recordUnavailable() while the latch is closed. */
  demandWritable(): void {
    if (!this.latch.closed()) return
    this.latch.noteRefused()
    throw recordUnavailable()
  }

  /** Runs a write that goes to another required place (the keys): when it fails, the latch closes. */
  required<T>(work: () => T): T {
    this.demandWritable()
    try {
      return work()
    } catch (error) {
      throw this.#failed(error)
    }
  }

  /** Writes, fsyncs, reads back by a new connection, checks the end of the log; then opens the latch and records what happened. */
  probe(): void {
    try {
      const token = randomBytes(PROBE).toString('hex')
      this.#transaction(() => this.#insertProbe.run(token))
      readBack(this.#raw.name, token, this.#tail)
      const closed = this.latch.closed()
      if (!closed) return
      const { refused, later } = this.latch.meanwhile()
      this.#transaction(() => {
        this.#append({ type: 'record.resumed', actor: 'system', data: { since: closed.since, why: closed.why, refused } })
        for (const write of later) write()
      })
      this.latch.open()
    } catch (error) {
      throw this.#failed(error)
    }
  }

  close(): void {
    this.#raw.close()
  }

  #transaction<T>(work: () => T): T {
    this.#fresh = []
    let value: T
    try {
      this.#raw.exec('BEGIN IMMEDIATE')
      value = work()
      this.#raw.exec('COMMIT')
    } catch (error) {
      this.#undo()
      throw isLogic(error) ? error : this.#failed(error)
    }
    const written = this.#fresh
    const last = written.at(-1)
    if (last) this.#tail = { seq: last.seq, hash: last.hash }
    for (const entry of written) this.#tell(entry)
    return value
  }

  /** What is committed stays committed, whatever a listener makes of it. */
  #tell(entry: LogEntry): void {
    try {
      this.#onEvent(entry)
    } catch {
      // A listener's trouble is not the record's.
    }
  }

  #append(event: Event): LogEntry {
    const before = this.#link()
    const bodies = [...(event.body ? [event.body] : []), ...(event.bodies ?? [])]
    const data = { ...event.data, ...(event.bodies?.length ? { bodies: event.bodies.map((b) => b.hash) } : {}) }
    const header = {
      seq: before.seq + 1,
      at: this.clock(),
      type: event.type,
      actor: event.actor,
      conversation: event.conversation ?? null,
      turn: event.turn ?? null,
      data,
      body: event.body?.hash ?? null,
      prev: before.hash,
    }
    const entry: LogEntry = { ...header, hash: hashEntry(header) }
    try {
      for (const body of bodies) this.#insertBody.run(body)
      this.#insertEntry.run({ ...entry, data: canonical(data) })
    } catch (error) {
      throw this.#failed(error)
    }
    this.#fresh.push(entry)
    return entry
  }

  #link(): Link {
    return this.read<Link>('SELECT seq, hash FROM log ORDER BY seq DESC LIMIT 1').get() ?? GENESIS
  }

  #failed(error: unknown): VouchError {
    if (!isUnavailable(error)) this.latch.close(this.clock(), reason(error))
    return recordUnavailable()
  }

  #undo(): void {
    try {
      if (this.#raw.inTransaction) this.#raw.exec('ROLLBACK')
    } catch {
      // SQLite has rolled back by itself (full disk, I/O error), or can't; the latch is closed either way.
    }
  }
}

/** Errors that say something about the request, not about the record. */
function isLogic(error: unknown): boolean {
  if (error instanceof VouchError) return !isUnavailable(error)
  return !(error instanceof Sqlite.SqliteError) || error.code.startsWith('SQLITE_CONSTRAINT')
}

const isUnavailable = (error: unknown): boolean => error instanceof VouchError && error.type === 'record-unavailable'

const reason = (error: unknown): string =>
  error instanceof Sqlite.SqliteError ? error.code : error instanceof Error ? error.message : String(error)
