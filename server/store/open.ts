/** The state of the house: opens both databases, checks that they belong together, and hands out one reader and writer a subject. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { LogEntry } from '../audit/entry.ts'
import { alarmsOf } from './alarms.ts'
import { apiKeysOf } from './api-keys.ts'
import { auditsOf } from './audits.ts'
import { bodiesOf } from './bodies.ts'
import { connect } from './connect.ts'
import type { Connection } from './connect.ts'
import { calibrationsOf } from './calibrations.ts'
import { certificatesOf } from './certificates.ts'
import { contactsOf } from './contacts.ts'
import { conversationsOf } from './conversations.ts'
import { correctionsOf } from './corrections.ts'
import { customersOf } from './customers.ts'
import { decoysOf } from './decoys.ts'
import { Db } from './db.ts'
import { figuresOf } from './figures.ts'
import { gapsOf } from './gaps.ts'
import { heardOf } from './heard.ts'
import { idempotencyOf } from './idempotency.ts'
import { importsOf } from './imports.ts'
import { incidentsOf } from './incidents.ts'
import { openKeys } from './keys.ts'
import { knowledgeOf } from './knowledge.ts'
import { labelChangesOf } from './label-changes.ts'
import { labelsOf } from './labels.ts'
import { logOf } from './log.ts'
import { liveOf } from './live.ts'
import { measuresOf } from './measures.ts'
import { messagesOf } from './messages.ts'
import { notesOf } from './notes.ts'
import { reportsOf } from './reports.ts'
import { signalsOf } from './signals.ts'
import { migrate } from './migrations/index.ts'
import { noticesOf } from './notices.ts'
import { outboxOf } from './outbox.ts'
import type { Parts } from './parts.ts'
import { proposalsOf } from './proposals.ts'
import { quarantinesOf } from './quarantines.ts'
import { reachOf } from './reach.ts'
import { casesOf } from './regression-cases.ts'
import { reviewsOf } from './reviews.ts'
import { scopeOf } from './scope.ts'
import { roundsOf } from './rounds.ts'
import { sessionsOf } from './sessions.ts'
import { staffOf } from './staff.ts'
import { thresholdsOf } from './thresholds.ts'
import { turnsOf } from './turns.ts'
import type { Store } from './types.ts'

export interface StoreOptions {
  dataDir: string
  keysDir: string
  /** ms since the epoch */
  clock: () => number
  newId: (prefix: string) => string
  /** Told of each entry after it is committed. */
  onEvent?: (entry: LogEntry) => void
  /** Thresholds that a fresh install starts with, for every topic, channel and tier. */
  defaults?: { written: number; quoted: number }
  /** ms between the store's own attempts to write again while it can't; 0: none, only `probe()`. */
  probeEvery?: number
  /** Gets the raw connection right after the tables are there; for tests that break it. */
  onConnect?: (connection: Connection) => void
}

/** Errors: an Error in plain words when the folders, the keys or the format do not fit. */
export function openStore(options: StoreOptions): Store {
  const { clock, newId, onEvent, onConnect, dataDir, keysDir, defaults = { written: 0.8, quoted: 0.8 }, probeEvery = 5000 } = options
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const keys = openKeys(keysDir)
  let connection: Connection | null = null
  try {
    connection = connect(join(dataDir, 'vouch.db'))
    migrate(connection)
    onConnect?.(connection)
    const db = new Db(connection, clock, onEvent)
    const parts: Parts = { db, keys, bodies: bodiesOf(db, keys, newId), newId }
    return assemble(parts, defaults, probeEvery)
  } catch (error) {
    connection?.close()
    keys.close()
    throw error
  }
}

function assemble(parts: Parts, defaults: { written: number; quoted: number }, probeEvery: number): Store {
  const { db, keys } = parts
  bindKeys(parts)
  const messages = messagesOf(parts)
  const labels = labelsOf(parts)
  const notices = noticesOf(parts)
  const thresholds = thresholdsOf(parts)
  thresholds.seed(defaults)
  const probing = probeEvery > 0 ? setInterval(() => retry(db), probeEvery).unref() : undefined
  return {
    customers: customersOf(parts),
    conversations: conversationsOf(parts, messages),
    turns: turnsOf(parts, messages),
    reviews: reviewsOf(parts, messages, labels),
    thresholds,
    knowledge: knowledgeOf(parts),
    scope: scopeOf(parts),
    gaps: gapsOf(parts),
    signals: signalsOf(parts),
    reports: reportsOf(parts, messages),
    measures: measuresOf(parts),
    alarms: alarmsOf(parts),
    live: liveOf(parts, messages),
    notes: notesOf(parts),
    labels: { ...labels, ...labelChangesOf(parts) },
    imports: importsOf(parts),
    rounds: roundsOf(parts),
    decoys: decoysOf(parts),
    audits: auditsOf(parts),
    proposals: proposalsOf(parts),
    notices,
    calibrations: calibrationsOf(parts),
    certificates: certificatesOf(parts, notices),
    reach: reachOf(parts, messages),
    heard: heardOf(parts, messages),
    incidents: incidentsOf(parts),
    quarantines: quarantinesOf(parts),
    cases: casesOf(parts),
    corrections: correctionsOf(parts, messages),
    contacts: contactsOf(parts),
    staff: staffOf(parts),
    sessions: sessionsOf(parts),
    apiKeys: apiKeysOf(parts),
    idempotency: idempotencyOf(parts),
    outbox: outboxOf(parts),
    log: logOf(parts),
    figures: figuresOf(parts),
    atomic: (work) => db.atomic(work),
    secret: (purpose) => keys.secret(purpose),
    probe: () => db.probe(),
    latched: () => db.latch.closed(),
    close() {
      clearInterval(probing)
      db.close()
      keys.close()
    },
  }
}

/** A record that is opened with other keys would take in text that nobody can read with the rest. */
function bindKeys({ db, keys }: Parts): void {
  const bound = db.read<{ value: string }>("SELECT value FROM meta WHERE name = 'keys'").get()?.value
  if (bound === undefined) {
    const insert = db.write<{ value: string }>("INSERT INTO meta (name, value) VALUES ('keys', @value)")
    db.change({ type: 'record.started', actor: 'system', data: { keys: keys.id } }, (proof) => insert(proof, { value: keys.id }))
  } else if (bound !== keys.id)
    throw new Error(
      'KEYS_DIR holds the keys of another record: they do not open what is in DATA_DIR. Point it to the folder that belongs with it.',
    )
}

function retry(db: Db): void {
  if (!db.latch.closed()) return
  try {
    db.probe()
  } catch {
    // Still closed; the latch says why, and this runs again.
  }
}
