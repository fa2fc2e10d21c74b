import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Form } from '../types.ts'
import type { ScoredAnswer } from './label-types.ts'
import { recordOfTurn, temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'
import { scoredAnswer } from './scored.fixture.ts'

let at: TemporaryStore
beforeEach(() => {
  at = temporaryStore()
})
afterEach(() => at.remove())

const FINGERPRINT = { knowledge: 'k', models: 'm', prompt: 'p', checker: 'c', calibration: 'shipped' }

function answered(given: Partial<ScoredAnswer> & { judges?: number; forms?: Form[] } = {}): string {
  const { judges = 1, forms = ['written'], ...rest } = given
  const { store } = at
  const customer = store.customers.create('standard', 'system')
  const { id } = store.conversations.create({ customer: customer.id, channel: 'portal', tier: 'standard' })
  const { turn } = store.turns.start({ conversation: id, text: 'How much?' })
  const answers = forms.map((form): ScoredAnswer => ({ ...scored(turn.id, id), form, ...rest }))
  store.turns.record(recordOfTurn(turn, 'How much?', '£12.', { record: { scored: { answers, judges } } }))
  return turn.id
}

const scored = (turn: string, conversation: string) =>
  scoredAnswer({
    turn,
    conversation,
    form: 'written',
    source: 'live',
    at: at.now(),
    confidence: 0.91,
    signals: { words: 0.5 },
    sent: true,
    probability: 0.05,
    fingerprint: FINGERPRINT,
  })

test('what a turn scored comes back as it was, and the log says with which probability it was chosen', () => {
  const turn = answered({ rival: 0.4, rivalFrom: 0.8 })
  expect(at.store.labels.scored({})).toEqual([{ ...scored(turn, at.store.turns.get(turn)!.conversation), rival: 0.4, rivalFrom: 0.8 }])
  const entry = at.store.log.ofTurn(turn).find((e) => e.type === 'turn.recorded')
  expect(entry?.data['audit']).toEqual([{ form: 'written', probability: 50_000, drawn: 1 }])
})

test('an answer that chance chose waits to be judged, the oldest first, and one judgement settles it', () => {
  const first = answered()
  at.pass(1000)
  answered({ drawn: false })
  const third = answered()
  expect(at.store.audits.list({ state: 'open' }).map((a) => a.turn)).toEqual([first, third])
  expect(at.store.audits.waiting()).toEqual({ open: 2, oldestAt: at.now() - 1000 })
  expect(at.store.audits.openFor('staff:1')[0]?.turn).toBe(first)
  const label = at.store.labels.add({ turn: first, form: 'written', right: true, source: 'audit', seconds: 6.2 }, 'staff:1')
  expect(label).toMatchObject({ right: true, probability: 0.05, confidence: 0.91, seconds: 6, second: false, by: 'staff:1' })
  expect(at.store.audits.openFor('staff:1')[0]?.turn).toBe(third)
  expect(at.store.audits.list({ state: 'done' })).toMatchObject([{ turn: first, judged: 1, doneAt: at.now() }])
  expect(at.store.log.tail()).toMatchObject({ type: 'answer.judged', actor: 'staff:1', turn: first })
})

test('what two people are to judge stays open after the first, and is not given to the same person twice', () => {
  const turn = answered({ judges: 2 })
  const judge = (who: string) => at.store.labels.add({ turn, form: 'written', right: who === 'staff:1', source: 'audit' }, who)
  judge('staff:1')
  expect(() => judge('staff:1')).toThrow(/already/)
  expect(at.store.audits.openFor('staff:1')).toEqual([])
  expect(at.store.audits.openFor('staff:2')).toMatchObject([{ turn, judged: 1 }])
  expect(judge('staff:2').second).toBe(true)
  expect(at.store.audits.waiting().open).toBe(0)
  expect(at.store.labels.of(turn).map((l) => [l.by, l.right])).toEqual([
    ['staff:1', true],
    ['staff:2', false],
  ])
})

test('a label of an answer that chance did not choose has no probability', () => {
  const turn = answered({ drawn: false, sent: false })
  expect(at.store.labels.add({ turn, form: 'written', right: false, mistake: 'factual', source: 'review' }, 'staff:1')).toMatchObject({
    probability: null,
    mistake: 'factual',
  })
})

test('turns from before answers were scored can be judged too', () => {
  const turn = answered({ forms: [] })
  expect(at.store.labels.add({ turn, form: 'written', right: false, source: 'report' }, 'staff:1')).toMatchObject({
    probability: null,
    confidence: 0.912345,
    segment: { topic: 'payments', channel: 'portal', tier: 'standard' },
  })
  expect(() => at.store.labels.add({ turn, form: 'quoted', right: false, source: 'report' }, 'staff:1')).toThrow(/no such answer/)
})

test('a report that staff confirmed makes what was sent wrong, even for who had judged it right', () => {
  const turn = answered()
  at.store.labels.add({ turn, form: 'written', right: true, source: 'audit' }, 'staff:1')
  const report = { turn, form: 'written', right: false, mistake: 'outdated', source: 'report' } as const
  expect(at.store.labels.add(report, 'staff:1')).toMatchObject({ right: false, source: 'report', second: false })
  expect(() => at.store.labels.add(report, 'staff:1')).toThrow(/already/)
  expect(() => at.store.labels.add({ ...report, turn: 'turn_none' }, 'staff:1')).toThrow(/no such/)
})

test('past questions are scored once, and judged like the others', () => {
  const past: ScoredAnswer = { ...scored('past_1', 'thread_1'), source: 'import', sent: false, probability: 1 }
  at.store.labels.score([past], 'staff:1')
  expect(() => at.store.labels.score([past], 'staff:1')).toThrow(/noted already/)
  at.store.labels.add({ turn: 'past_1', form: 'written', right: null, source: 'import' }, 'staff:2')
  expect(at.store.labels.list({ source: 'import' })).toMatchObject([{ right: null, probability: 1, conversation: 'thread_1' }])
  expect(at.store.audits.waiting().open).toBe(0)
  at = at.reopen()
  expect(at.store.labels.scored({ source: 'import' })).toEqual([past])
  expect(at.store.labels.list({ since: at.now() + 1 })).toEqual([])
})
