import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Conversation } from '../conversation-types.ts'
import { recordOfTurn, temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

let at: TemporaryStore
let conversation: Conversation
let staff: string

beforeEach(() => {
  at = temporaryStore()
  const customer = at.store.customers.create('standard', 'system')
  conversation = at.store.conversations.create({ customer: customer.id, channel: 'portal', tier: 'standard' })
  staff = at.store.staff.create({ name: 'Ada', passwordHash: 'hash', roles: ['admin'] }, 'system').id
})
afterEach(() => at.remove())

const unavailable = expect.objectContaining({ status: 503, type: 'record-unavailable', retryAfterS: 10 })
const attempt = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    return error
  }
}
const ask = () => at.store.turns.start({ conversation: conversation.id, text: 'What does it cost?' })

/** What can happen to a disk, and how it is put right again. */
const troubles: Record<string, { break: () => void; mend: () => void }> = {
  'the disk is full': {
    break: () => at.connection.pragma(`max_page_count = ${at.connection.pragma('page_count', { simple: true }) as number}`),
    mend: () => at.connection.pragma('max_page_count = 4294967294'),
  },
  'the disk became read-only': {
    break: () => at.connection.pragma('query_only = 1'),
    mend: () => at.connection.pragma('query_only = 0'),
  },
  'the log refuses': {
    break: () => at.connection.exec("CREATE TRIGGER broken BEFORE INSERT ON log BEGIN SELECT RAISE(ABORT, 'no'); END"),
    mend: () => at.connection.exec('DROP TRIGGER broken'),
  },
}

for (const [name, trouble] of Object.entries(troubles))
  test(`when ${name}, nothing is answered until a probe passes`, () => {
    const { turn } = ask()
    const whole = 'x'.repeat(200_000)
    trouble.break()
    // Random bytes don't shrink, so that this record needs new pages for certain.
    const filler = Array.from({ length: 20_000 }, () => Math.random().toString(36)).join('')
    expect(attempt(() => at.store.turns.record(recordOfTurn(turn, whole, filler)))).toEqual(unavailable)
    expect(at.store.latched()).toMatchObject({ since: at.now() })
    expect(at.store.turns.get(turn.id)?.state).toBe('running')
    expect(at.store.conversations.messages(conversation.id)).toHaveLength(1)

    trouble.mend()
    expect(attempt(ask)).toEqual(unavailable)
    expect(attempt(() => at.store.customers.create('standard', 'system'))).toEqual(unavailable)
    expect(attempt(() => at.store.idempotency.begin('k', 'o', 'h'))).toEqual(unavailable)

    at.pass(5000)
    at.store.probe()
    expect(at.store.latched()).toBeNull()
    expect(at.store.log.tail()).toMatchObject({ type: 'record.resumed', data: { refused: 3, since: at.now() - 5000 } })
    expect(at.store.turns.record(recordOfTurn(turn, 'q', 'a')).result).toBe('recorded')
    expect(at.store.log.verify()).toBeNull()
  })

test('a probe does not pass while the disk is still read-only, and says so to whoever asks', () => {
  at.connection.pragma('query_only = 1')
  expect(attempt(() => at.store.probe())).toEqual(unavailable)
  expect(at.store.latched()?.why).toBe('SQLITE_READONLY')
  expect(attempt(() => at.store.probe())).toEqual(unavailable)
})

test('another process that holds the database too long closes the latch, and lets go', { timeout: 30_000 }, () => {
  const other = temporaryStore({ probeEvery: 0 }, at.dataDir.replace(/\/data$/, ''))
  other.connection.exec('BEGIN IMMEDIATE')
  expect(attempt(ask)).toEqual(unavailable)
  expect(at.store.latched()?.why).toBe('SQLITE_BUSY')
  other.connection.exec('ROLLBACK')
  other.store.close()
  at.store.probe()
  expect(ask().turn.state).toBe('running')
})

test('what is wrong with a request does not close the latch', () => {
  expect(attempt(() => at.store.turns.start({ conversation: 'conv_none', text: 'x' }))).toMatchObject({ status: 404 })
  expect(attempt(() => at.store.staff.create({ name: 'ADA', passwordHash: 'h', roles: [] }, 'system'))).toMatchObject({ status: 409 })
  expect(at.store.latched()).toBeNull()
})

test('a log whose end was tampered with lets nothing be answered, and no probe passes', () => {
  at.connection.exec('DROP TRIGGER log_no_update')
  at.connection.exec("UPDATE log SET actor = 'staff:other' WHERE seq = (SELECT max(seq) FROM log)")
  const last = at.store.log.size()
  expect(attempt(() => at.store.probe())).toEqual(unavailable)
  expect(at.store.latched()?.why).toBe(`the log is damaged at entry ${last} (changed)`)
  at = at.reopen()
  expect(at.store.latched()?.why).toBe(`the log is damaged at entry ${last} (changed)`)
  expect(attempt(() => at.store.probe())).toEqual(unavailable)
})

test('a log that lost its last entries lets nothing be answered', () => {
  at.connection.exec('DROP TRIGGER log_no_delete; PRAGMA foreign_keys = 0')
  at.connection.exec('DELETE FROM log WHERE seq = (SELECT max(seq) FROM log)')
  expect(attempt(() => at.store.probe())).toEqual(unavailable)
  expect(at.store.latched()?.why).toMatch(/is not the one that was written/)
})

test('staff can sign in while nothing can be written, and it is recorded first thing afterwards', () => {
  const began = at.now()
  at.connection.pragma('query_only = 1')
  at.store.staff.noteSignIn('Ada', false)
  at.store.staff.noteSignIn('Ada', false)
  expect(at.store.staff.failures('ada', began)).toBe(2)
  at.store.staff.noteSignIn('Ada', true)
  expect(at.store.staff.failures('ada', began)).toBe(0)
  at.store.sessions.create(staff, 'token-hash')
  at.pass(1000)
  expect(at.store.sessions.use('token-hash', 60_000)?.id).toBe(staff)

  const before = at.store.log.size()
  at.connection.pragma('query_only = 0')
  at.store.probe()
  expect(at.store.log.entries(before + 1, 10).map((e) => [e.type, e.actor, e.data['at']])).toEqual([
    ['record.resumed', 'system', undefined],
    ['sign-in.failed', 'system', began],
    ['sign-in.failed', 'system', began],
    ['sign-in.passed', `staff:${staff}`, began],
    ['session.started', `staff:${staff}`, began],
  ])
  at = at.reopen()
  expect(at.store.sessions.use('token-hash', 60_000)?.id).toBe(staff)
  expect(at.store.staff.failures('ada', began)).toBe(0)
})

test('a session that was begun and ended meanwhile stays ended', () => {
  at.connection.pragma('query_only = 1')
  at.store.sessions.create(staff, 'token-hash')
  at.store.sessions.end('token-hash')
  expect(at.store.sessions.use('token-hash', 60_000)).toBeNull()
  at.connection.pragma('query_only = 0')
  at.store.probe()
  expect(at.store.sessions.use('token-hash', 60_000)).toBeNull()
})
