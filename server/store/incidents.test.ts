import { afterEach, beforeEach, expect, test } from 'vitest'
import type { NewIncident } from './incident-types.ts'
import { opened, told, WRONG } from './incident.fixture.ts'
import { recordOfTurn, temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

let at: TemporaryStore
beforeEach(() => {
  at = temporaryStore()
})
afterEach(() => at.remove())

const open = (given: Partial<NewIncident> = {}) => opened(at.store, given)

test('every change of an incident is an entry of the log, and a step that names it', () => {
  const { id, version } = open()
  const { wrong, right: _, source, spans, kind, severity, topic } = WRONG
  at.store.incidents.describe(id, { wrong, right: 'It costs £12.', source, spans, kind, severity, topic }, version, 'staff:ben')
  at.store.quarantines.set(id, { kind: 'claim', what: wrong }, 'staff:ben')
  at.store.incidents.setState(id, 'contained', 'It is not said any more.', 'staff:ben')
  const steps = at.store.incidents.steps(id)
  expect(steps.map((s) => s.type)).toEqual(['incident.opened', 'incident.described', 'quarantine.set', 'incident.state'])
  for (const { seq, type } of steps) expect(at.store.log.entries(seq, 1)[0]).toMatchObject({ type, data: { incident: id } })
  expect(at.store.incidents.get(id)).toMatchObject({ state: 'contained', right: 'It costs £12.', containedAt: at.now() })
  expect(JSON.stringify(at.store.log.entries(1, 100))).not.toContain('£25')
  expect(at.store.log.verify()).toBeNull()
})

test('two people at once: who comes second is told, and nothing is overwritten', () => {
  const { id, version } = open()
  const facts = { ...WRONG, right: 'It costs £12.' }
  at.store.incidents.describe(id, facts, version, 'staff:maya')
  expect(() => at.store.incidents.describe(id, { ...facts, right: 'It is free.' }, version, 'staff:ben')).toThrow(/colleague has changed/)
  expect(at.store.incidents.get(id)?.right).toBe('It costs £12.')
})

test('what it was opened from leads to it until it is closed', () => {
  const { id } = open()
  expect(at.store.incidents.openedFrom(WRONG.origin)?.id).toBe(id)
  at.store.incidents.close(id, { cause: 'article-wrong', change: { kind: 'article', note: 'Fees corrected.' } }, 1, 'staff:maya')
  expect(at.store.incidents.openedFrom(WRONG.origin)).toBeNull()
  expect(at.store.incidents.list({ state: 'unfinished' })).toEqual([])
  expect(at.store.incidents.list({ kind: 'factual' })).toMatchObject([{ id, cause: 'article-wrong', change: { kind: 'article' } }])
})

test('an answer that it reached is there once however often it is found, and stays put out', () => {
  const { id } = open()
  const [first, second] = [told(at.store), told(at.store)]
  expect(at.store.incidents.addHits(id, [first], 'staff:maya')).toBe(1)
  at.store.incidents.putOut(id, first.message, 'That was about cards.', 'staff:maya')
  expect(at.store.incidents.addHits(id, [{ ...first, seen: 7 }, second], 'staff:maya')).toBe(1)
  const hit = ({ message }: typeof first) => at.store.incidents.hits(id).filter((h) => h.message === message)
  expect(hit(first)).toMatchObject([{ seen: 7, out: { reason: 'That was about cards.' } }])
  expect(hit(second)).toMatchObject([{ out: null }])
  expect(at.store.incidents.counts(id)).toEqual({ in: 1, out: 1, customers: 1 })
  expect(at.store.incidents.get(id)?.firstAt).toBe(first.at)
  at.store.incidents.putOut(id, first.message, null, 'staff:maya')
  expect(at.store.incidents.counts(id)).toEqual({ in: 2, out: 0, customers: 2 })
})

test('whoever was found for what was written before, and is not found for what is written now, is no longer among those reached', () => {
  const { store } = at
  const { id, version } = open()
  const [first, both, out] = [told(store), told(store), told(store)]
  store.incidents.addHits(id, [first, both, out], 'staff:maya')
  store.incidents.putOut(id, out.message, 'That was about cards.', 'staff:maya')
  store.incidents.describe(id, { ...WRONG, wrong: 'A lost card costs £9.' }, version, 'staff:maya')
  store.incidents.addHits(id, [both], 'staff:maya')
  expect(new Set(store.incidents.hits(id).map((h) => h.message))).toEqual(new Set([both.message, out.message]))
  expect(store.incidents.counts(id)).toEqual({ in: 1, out: 1, customers: 1 })
})

test('the same is quarantined once, and lifted only with a reason', () => {
  const { id } = open()
  const set = () => at.store.quarantines.set(id, { kind: 'words', what: 'costs £25' }, 'staff:maya')
  const first = set()
  expect(set().id).toBe(first.id)
  expect(at.store.quarantines.stamp()).toBe(first.seq)
  expect(() => at.store.quarantines.lift(first.id, ' ', 'staff:maya')).toThrow(/why/)
  at.store.quarantines.lift(first.id, 'The article is right now.', 'staff:maya')
  expect(at.store.quarantines.active()).toEqual([])
  expect(() => at.store.quarantines.lift(first.id, 'again', 'staff:maya')).toThrow(/already/)
  expect(at.store.quarantines.of(id)).toMatchObject([{ lifted: { reason: 'The article is right now.' } }])
})

test('an answer that was made while something was quarantined is not recorded; its turn has to begin again', () => {
  const { store } = at
  const customer = store.customers.create('standard', 'system').id
  const conversation = store.conversations.create({ customer, channel: 'portal', tier: 'standard' }).id
  const { turn } = store.turns.start({ conversation, text: 'a question' })
  const quarantine = store.quarantines.stamp()
  store.quarantines.set(open().id, { kind: 'topic', what: 'payments' }, 'staff:maya')
  const record = recordOfTurn(turn, 'a question', 'It costs £25.')
  expect(store.turns.record({ ...record, quarantine })).toMatchObject({ result: 'stale' })
  expect(store.turns.record({ ...record, quarantine: store.quarantines.stamp() })).toMatchObject({ result: 'recorded' })
})

test('a case keeps its last result, and is asked until it is retired', () => {
  const { id } = open()
  const given = {
    question: 'What does it cost?',
    tier: 'standard',
    channel: 'portal',
    mustSay: ['£12'],
    mustNotSay: [WRONG.wrong],
  } as const
  const made = at.store.cases.add(id, { ...given, mustSay: ['£12'], mustNotSay: [WRONG.wrong] }, 'staff:maya')
  at.store.cases.noteResult(made.id, { result: 'right', why: 'It says £12.' })
  expect(at.store.cases.active()).toMatchObject([{ ...given, last: { result: 'right', why: 'It says £12.' } }])
  at.store.cases.retire(made.id, 'The product is gone.', 'staff:maya')
  expect(at.store.cases.active()).toEqual([])
  expect(at.store.cases.of(id)).toHaveLength(1)
})
