/** For tests: a real store in a temporary folder, with a clock that stands until it is moved. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sha256 } from '../audit/entry.ts'
import type { Citation, Decision, Trace } from '../types.ts'
import type { Connection } from './connect.ts'
import { openStore } from './open.ts'
import type { StoreOptions } from './open.ts'
import type { Store, TurnRecord } from './types.ts'

export interface TemporaryStore {
  store: Store
  /** The raw connection, to break things with. */
  connection: Connection
  dataDir: string
  keysDir: string
  /** Moves the clock on by ms. */
  pass(ms: number): void
  now: () => number
  /** Closes it and opens it again. */
  reopen(): TemporaryStore
  remove(): void
}

export function temporaryStore(
  options: Partial<StoreOptions> = {},
  root = mkdtempSync(join(tmpdir(), 'vouch-store-')),
  start = Date.UTC(2026, 0, 5, 9),
): TemporaryStore {
  let now = start
  const opened: Connection[] = []
  const dataDir = join(root, 'data')
  const keysDir = join(root, 'keys')
  const store = openStore({
    dataDir,
    keysDir,
    clock: () => now,
    newId: (prefix) => `${prefix}_${randomBytes(8).toString('hex')}`,
    probeEvery: 0,
    onConnect: (connection) => opened.push(connection),
    ...options,
  })
  const [connection] = opened
  if (!connection) throw new Error('The store opened without a connection')
  return {
    store,
    connection,
    dataDir,
    keysDir,
    pass: (ms) => {
      now += ms
    },
    now: () => now,
    reopen() {
      store.close()
      return temporaryStore(options, root, now)
    },
    remove() {
      store.close()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

export const revisionOf = (article: string, text: string): Parameters<Store['knowledge']['apply']>[0]['put'][number] => ({
  id: sha256(`${article}\n${text}`),
  article,
  title: `About ${article}`,
  topic: null,
  owner: null,
  review: null,
  tier: 'all',
  text,
  format: 'md',
})

/** A turn that was answered from the given citations. */
export function recordOfTurn(
  turn: { id: string; conversation: string },
  question: string,
  answer: string,
  given: { citations?: Citation[]; decision?: Partial<Decision>; trace?: Partial<Trace>; record?: Partial<TurnRecord> } = {},
): TurnRecord {
  const citations = given.citations ?? []
  const decision: Decision = {
    verdict: 'send',
    form: 'written',
    confidence: 0.912345,
    threshold: { written: 0.8, quoted: 0.8 },
    rules: [{ rule: 'confidence', verdict: 'send', why: 'Sure enough.' }],
    text: answer,
    citations,
    sentences: [],
    ...given.decision,
  }
  const trace: Trace = {
    turn: turn.id,
    conversation: turn.conversation,
    at: 0,
    channel: 'portal',
    tier: 'standard',
    question,
    intake: { question, language: 'en', signals: [] },
    scope: { topic: 'payments', similarity: 0.7, rule: 'allowed', why: 'Payments', urgent: null, amount: null, outOfScope: false },
    hits: [],
    evidence: null,
    quotation: null,
    draft: {
      text: answer,
      abstained: false,
      signals: { logprob: -0.25 },
      prompt: { system: 'Answer from the passages.', context: 'passages', question },
      seed: 7,
      timings: { queued: 0, prefill: 10.5, decode: 20.25 },
    },
    claims: [],
    findings: [
      { check: 'numbers', claim: 0, result: 'passed', why: 'All figures stand in the passage.' },
      { check: 'numbers', claim: 1, result: 'doubtful', why: 'One figure is missing.' },
    ],
    confidence: { written: { value: 0.912345, contributions: [] }, quoted: null },
    decision,
    timings: { search: 3.7, write: 41.2 },
    snapshot: 'snapshot',
    models: [{ id: 'model', sha256: 'abc', runtime: 'runtime 1' }],
    rulebook: 'rulebook',
    ...given.trace,
  }
  const { verdict, form } = decision
  return {
    trace,
    message: { kind: 'answer', text: answer, citations, verdict, form },
    review: null,
    handOver: false,
    gap: false,
    ...given.record,
  }
}
