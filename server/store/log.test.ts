import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LogEntry } from '../audit/entry.ts'
import type { Store } from './types.ts'
import { recordOfTurn, revisionOf, temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

let at: TemporaryStore
beforeEach(() => {
  at = temporaryStore()
})
afterEach(() => at.remove())

test('nobody can change, delete, replace or slip in an entry', () => {
  const run = (sql: string) => () => at.connection.exec(sql)
  const columns = 'SELECT seq, at, type, actor, conversation, turn, data, body, prev, hash FROM log WHERE seq = 1'
  expect(run("UPDATE log SET actor = 'x' WHERE seq = 1")).toThrow(/cannot be changed/)
  expect(run('DELETE FROM log WHERE seq = 1')).toThrow(/cannot be changed/)
  expect(run(`INSERT OR REPLACE INTO log ${columns}`)).toThrow(/follow the last one/)
  const next = `INSERT INTO log SELECT seq + 9, at, type, actor, conversation, turn, data, body, prev, hash FROM log WHERE seq = 1`
  expect(run(next)).toThrow(/follow the last one/)
  const unlinked = `INSERT INTO log SELECT (SELECT max(seq) FROM log) + 1, at, type, actor, conversation, turn, data, body, prev, hash FROM log WHERE seq = 1`
  expect(run(unlinked)).toThrow(/follow the last one/)
})

/** One thing after another that anybody may do, whatever came before; refusals are part of it. */
const deeds: Record<string, (store: Store, pick: <T>(list: T[]) => T | undefined, n: number) => void> = {
  visit: (store) => void store.customers.create('standard', 'system'),
  begin: (store, _, n) => {
    const customer = store.customers.forSubject(`subject ${n % 3}`, 'standard')
    store.conversations.create({ customer: customer.id, channel: n % 2 ? 'api' : 'portal', tier: 'standard' })
  },
  ask: (store, pick, n) => void store.turns.start({ conversation: pick(store.conversations.list({ limit: 50 }))!.id, text: `é ${n}` }),
  answer: (store, pick, n) => {
    const { turn } = pick(store.turns.unfinished())!
    const article = pick(store.knowledge.articles())
    const citation = article && { ...article, start: 0, end: 1, quote: 'x' }
    const review = n % 2 ? { reason: 'held', due: n } : null
    const given = { record: { review, gap: n % 3 === 0, handOver: n % 5 === 0 }, ...(citation ? { citations: [citation] } : {}) }
    store.turns.record(recordOfTurn(turn, 'q', `a ${n}`, given))
  },
  giveUp: (store, pick, n) =>
    void store.turns.end(pick(store.turns.unfinished())!.turn.id, n % 2 ? 'failed' : 'cancelled', 'why', n % 3 ? 'sorry' : null),
  decide: (store, pick, n) => {
    const review = pick(store.reviews.list({}))!.id
    const staff = pick(store.staff.list())!.id
    const message = { author: 'vouch', kind: 'answer', text: 'decided' } as const
    if (n % 3 === 0) store.reviews.lock(review, staff)
    else store.reviews.decide({ review, staff, outcome: 'approved', form: 'written', reason: null, message, trace: null })
  },
  rate: (store, pick, n) => {
    const conversation = pick(store.conversations.list({ limit: 50 }))!
    store.conversations.feedback(
      pick(store.conversations.messages(conversation.id))!.id,
      n % 2 ? 'up' : 'down',
      n % 3 ? 'because' : null,
      'customer:1',
    )
  },
  close: (store, pick) =>
    store.conversations.setState(pick(store.conversations.list({ limit: 50 }))!.id, 'closed', null, 'staff:1', 'done'),
  publish: (store, _, n) =>
    store.knowledge.apply({ put: [revisionOf(`article-${n % 3}`, `text ${n}`)], retire: [`article-${(n + 1) % 3}`] }, 'staff:1'),
  hire: (store, _, n) => void store.staff.create({ name: `name ${n % 5}`, passwordHash: 'h', roles: ['reviewer'] }, 'system'),
  set: (store, _, n) =>
    store.thresholds.set({ topic: `t${n % 3}`, channel: '*', tier: '*', form: 'quoted', value: n / 1e6, reason: 'r' }, 'staff:1'),
  deliver: (store, _, n) =>
    store.outbox.due(3).forEach(({ id }) => (n % 2 ? store.outbox.delivered(id) : store.outbox.failed(id, 'why', n))),
}

test('whatever is done in whatever order, each change has its entry and the chain is whole', { timeout: 60_000 }, () => {
  const deed = fc.tuple(fc.constantFrom(...Object.keys(deeds)), fc.nat(1_000_000))
  fc.assert(
    fc.property(fc.array(deed, { minLength: 20, maxLength: 60, size: 'max' }), (sequence) => {
      const told: LogEntry[] = []
      const here = temporaryStore({ onEvent: (entry) => told.push(entry) })
      try {
        let refused = 0
        for (const [name, n] of sequence) {
          const rows = here.connection.prepare('SELECT total_changes()').pluck()
          const [changes, size] = [rows.get(), here.store.log.size()]
          try {
            deeds[name]!(here.store, (list) => list[n % Math.max(1, list.length)], n)
          } catch {
            refused++
          }
          if (rows.get() !== changes && name !== 'decide') expect(here.store.log.size(), name).toBeGreaterThan(size)
        }
        expect(refused).toBeLessThan(sequence.length)
        expect(here.store.latched()).toBeNull()
        expect(here.store.log.verify()).toBeNull()
        expect(here.store.log.entries(1, 10_000)).toEqual(told)
      } finally {
        here.remove()
      }
    }),
    { numRuns: 8 },
  )
})

test('a byte that was changed in any field of any entry is found, at its place', () => {
  const customer = at.store.customers.create('standard', 'system')
  const { id } = at.store.conversations.create({ customer: customer.id, channel: 'portal', tier: 'standard' })
  const { turn } = at.store.turns.start({ conversation: id, text: 'q' })
  at.store.turns.record(recordOfTurn(turn, 'q', 'a'))
  at.connection.exec('DROP TRIGGER log_no_update; DROP TRIGGER log_no_delete; PRAGMA ignore_check_constraints = 1')
  const size = at.store.log.size()
  const fields = ['type', 'actor', 'conversation', 'turn', 'data', 'body', 'prev', 'hash'] as const
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: size }),
      fc.constantFrom(...fields),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (seq, field, place, flip) => {
        const read = at.connection.prepare<[number], { text: Buffer | null }>(
          `SELECT CAST(${field} AS BLOB) AS text FROM log WHERE seq = ?`,
        )
        const write = at.connection.prepare(`UPDATE log SET ${field} = CAST(? AS TEXT) WHERE seq = ?`)
        const before = read.get(seq)?.text ?? null
        fc.pre(before !== null && before.length > 0)
        const changed = Buffer.from(before)
        changed[place % changed.length]! ^= flip
        write.run(changed, seq)
        const found = at.store.log.verify()
        write.run(before, seq)
        return found?.seq === seq && at.store.log.verify() === null
      },
    ),
    { numRuns: 300 },
  )
  for (const field of ['at', 'seq'] as const) {
    at.connection.exec(`UPDATE log SET ${field} = ${field} + 1 WHERE seq = ${size}`)
    expect(at.store.log.verify()).not.toBeNull()
    at.connection.exec(`UPDATE log SET ${field} = ${field} - 1 WHERE hash = (SELECT hash FROM log ORDER BY seq DESC LIMIT 1)`)
    expect(at.store.log.verify()).toBeNull()
  }
})
