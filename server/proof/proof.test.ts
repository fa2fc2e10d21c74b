import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SHIPPED } from '../policy/confidence.ts'
import type { Cell } from '../store/certificate-types.ts'
import type { Fingerprint, ScoredAnswer } from '../store/label-types.ts'
import { temporaryStore, type TemporaryStore } from '../store/temporary-store.ts'
import { createProof, type Proof } from './proof.ts'
import { scoredAnswer } from '../store/scored.fixture.ts'

const MADE: Fingerprint = { knowledge: 'k', models: 'm', prompt: 'p', checker: 'c', calibration: 'shipped' }
const CELL: Cell = { topic: '*', channel: '*', tier: '*', form: 'written' }
const SEGMENT = { topic: 'cards', channel: 'portal', tier: 'standard' } as const

let at: TemporaryStore
let proof: Proof
let fingerprint: Fingerprint
let count = 0
beforeEach(() => {
  at = temporaryStore()
  fingerprint = MADE
  count = 0
  proof = proofOf(at)
})
afterEach(() => at.remove())

const proofOf = ({ store, now }: TemporaryStore): Proof =>
  createProof({ store, clock: now, certifiedOnly: false, calibration: () => SHIPPED, fingerprint: () => fingerprint })

/** Answers as `score` takes them: chosen by chance, spread over the confidences. */
function answers(n: number, given: Partial<ScoredAnswer> = {}): ScoredAnswer[] {
  at.pass(1)
  const made = Array.from({ length: n }, (_, i) => {
    const id = String(count++).padStart(6, '0')
    return scoredAnswer({
      turn: `turn_${id}`,
      conversation: `conv_${id}`,
      segment: SEGMENT,
      form: 'written',
      at: at.now(),
      confidence: 0.5 + (0.5 * (((i * 7919) % n) + 0.5)) / n,
      fingerprint,
      ...given,
    })
  })
  at.store.labels.score(made, 'staff:1')
  return made
}

function judge(made: ScoredAnswer[], right: (a: ScoredAnswer, i: number) => boolean | null = () => true, by = 'staff:1'): void {
  at.pass(1)
  made.forEach((a, i) => at.store.labels.add({ turn: a.turn, form: a.form, right: right(a, i), source: 'import' }, by))
}

describe('a certificate', () => {
  test('rests on exactly the labels of its plan, and holds for a threshold that passed', () => {
    judge(answers(200))
    const { labels, missing, number, plan } = proof.readiness(CELL)
    expect({ labels, missing, number, fixed: plan.fixed }).toEqual({ labels: 200, missing: 0, number: 1, fixed: false })
    const attempt = proof.certify(CELL, 'staff:1')
    expect(attempt).toMatchObject({ number: 1, rows: 200, alpha: 0.05, by: 'staff:1' })
    expect(attempt.result?.bound).toBeLessThanOrEqual(0.05)
    expect(standing().state).toBe('provisional')
    set(attempt.result!.threshold)
    expect(standing()).toMatchObject({ state: 'certified', changed: [], certificate: { id: attempt.id } })
    expect(proof.threshold(SEGMENT, 'written').state).toBe('certified')
    set(attempt.result!.threshold + 0.01)
    expect(standing().state).toBe('provisional')
  })

  test('lapses when what answers changes, tells staff why, and holds again when it is as it was', () => {
    judge(answers(200))
    set(proof.certify(CELL, 'staff:1').result!.threshold)
    fingerprint = { ...MADE, knowledge: 'other', prompt: 'other' }
    expect(standing()).toMatchObject({ state: 'lapsed', changed: ['knowledge', 'prompt'] })
    proof.look()
    expect(at.store.notices.open()).toMatchObject([{ kind: 'warning', text: expect.stringContaining('articles have changed') }])
    fingerprint = MADE
    proof.look()
    expect(at.store.notices.open()).toEqual([])
  })

  test('of a cell that was made when answers of it had been judged rests on later ones alone: nobody proves what looked good by what it looked good in', () => {
    const own = { ...CELL, topic: 'loans' }
    const segment = { ...SEGMENT, topic: 'loans' }
    judge(answers(200, { segment }))
    at.pass(1)
    at.store.thresholds.set({ ...own, value: 0.8, reason: 'it looks good' }, 'staff:1')
    proof.look()
    expect(proof.readiness(own)).toMatchObject({ sample: { rows: [] }, labels: 300, missing: 300 })
    judge(answers(300, { segment }))
    expect(proof.certify(own, 'staff:1')).toMatchObject({ rows: 300 })
  })

  test('of a cell that was made before anybody had judged its answers rests on all of them, also when its value was changed since', () => {
    const own = { ...CELL, topic: 'cards' }
    const made = answers(200)
    at.store.thresholds.set({ ...own, value: 0.8, reason: 'to be proven' }, 'staff:1')
    judge(made)
    at.pass(1)
    at.store.thresholds.set({ ...own, value: 0.7, reason: 'changed' }, 'staff:1')
    expect(proof.readiness(own)).toMatchObject({ sample: { rows: { length: 200 } }, missing: 0 })
  })

  test('lapses when some of what it was about gets a threshold of its own: of a part of that it says nothing', () => {
    judge(answers(200))
    set(proof.certify(CELL, 'staff:1').result!.threshold)
    const part = { ...CELL, topic: 'loans' }
    at.pass(1)
    at.store.thresholds.set({ ...part, form: 'quoted', value: 0.5, reason: 'another form' }, 'staff:1')
    expect(standing().state).toBe('certified')
    at.store.thresholds.set({ ...part, value: 0.5, reason: 'a part' }, 'staff:1')
    expect(standing()).toMatchObject({ state: 'lapsed', changed: ['cells'] })
  })

  test('a failed test spends its part: the next one needs twice as many labels and may spend less', () => {
    judge(answers(200), (_, i) => i % 2 === 0)
    const first = proof.certify(CELL, 'staff:1')
    expect(first.result).toBeNull()
    expect(() => proof.certify(CELL, 'staff:1')).toThrow(/200 more/)
    expect(proof.readiness(CELL)).toMatchObject({ number: 2, labels: 400, missing: 200 })
    expect(proof.readiness(CELL).spend).toBeLessThan(first.spent / 3)
  })

  test('whoever can’t tell counts against it, and so does one of two who calls it wrong', () => {
    const made = answers(200)
    judge(made, (_, i) => (i < 60 ? null : true))
    judge(made.slice(60, 100), () => false, 'staff:2')
    expect(proof.certify(CELL, 'staff:1').steps[0]).toMatchObject({ passed: false })
  })

  test('answers that chance did not choose, that other code made or that other rules hold back do not count', () => {
    judge(answers(50, { drawn: false }))
    judge(answers(50, { eligible: false }))
    judge(answers(50, { fingerprint: { ...MADE, models: 'other' } }))
    expect(proof.readiness(CELL).sample.rows).toEqual([])
  })

  test('the sample ends before the first answer that waits: what is hard to judge is not left out', () => {
    const made = answers(30)
    judge(made.filter((_, i) => i !== 10))
    expect(proof.readiness(CELL).sample).toMatchObject({ rows: { length: 10 }, waiting: 1, behind: 19 })
  })

  test('one answer a conversation', () => {
    judge(answers(30, { conversation: 'the same' }))
    expect(proof.readiness(CELL).sample.rows).toHaveLength(1)
  })

  test('a cell proves nothing about the segments that have a cell of their own', () => {
    judge(answers(20))
    at.store.thresholds.set({ topic: 'cards', channel: '*', tier: '*', form: 'written', value: 0.9, reason: 'stricter' }, 'staff:1')
    expect(proof.readiness(CELL).sample.rows).toHaveLength(0)
    expect(proof.readiness({ ...CELL, topic: 'cards' }).sample.rows).toHaveLength(20)
  })

  test('a quotation only counts where no written answer goes out instead', () => {
    const quoted: Cell = { ...CELL, form: 'quoted' }
    judge(answers(20, { form: 'quoted', rival: 0.9, rivalFrom: 0.8 }))
    expect(proof.readiness(quoted).sample.rows).toHaveLength(0)
    judge(answers(20, { form: 'quoted', rival: 0.7, rivalFrom: 0.8 }))
    expect(proof.readiness(quoted).sample.rows).toHaveLength(20)
    // Stricter for written answers: quotations would go out that had no chance to be chosen.
    set(0.85)
    expect(proof.readiness(quoted).sample.rows).toHaveLength(0)
  })
})

describe('the plan', () => {
  test('is fixed with the first label, at all past questions that were taken in', () => {
    const made = answers(150)
    proof.look()
    expect(at.store.certificates.plan(CELL)).toBeNull()
    judge(made.slice(0, 1))
    proof.look()
    expect(at.store.certificates.plan(CELL)).toMatchObject({ labels: 150, alpha: 0.05, by: 'system' })
    answers(100)
    expect(proof.readiness(CELL).labels).toBe(150)
  })

  test('changed later, the labels so far no longer count', () => {
    judge(answers(10))
    proof.changePlan(CELL, { alpha: 0.02, labels: 400 }, 'staff:1')
    expect(proof.readiness(CELL)).toMatchObject({ labels: 400, sample: { rows: [] }, plan: { alpha: 0.02 } })
    expect(() => proof.changePlan(CELL, { alpha: 0.02, labels: 100 }, 'staff:1')).toThrow(/fewer than/)
    expect(() => proof.changePlan(CELL, { alpha: 0.04, labels: 400 }, 'staff:1')).toThrow(/Choose/)
  })
})

describe('what all tests of the house may go wrong with', () => {
  const quoted: Cell = { ...CELL, form: 'quoted' }
  const places = () => at.store.log.entries(1, 10_000).flatMap((e) => (e.type === 'certificate.planned' ? [e.data['place']] : []))

  test('is spent in the order in which they are asked for, before anybody knows what their labels say', () => {
    const [one, two] = [answers(120), answers(120, { form: 'quoted' })]
    judge(two.slice(0, 1))
    proof.look()
    judge(one)
    judge(two.slice(1))
    proof.look()
    expect([proof.readiness(quoted).number, proof.readiness(CELL).number]).toEqual([1, 2])
    expect(proof.readiness(quoted).spend).toBeCloseTo((6 * 0.05) / Math.PI ** 2, 10)
    expect(proof.certify(CELL, 'staff:1')).toMatchObject({ number: 2 })
    expect(proof.certify(quoted, 'staff:1')).toMatchObject({ number: 1 })
  })

  test('whoever asks first by settling the test has the first place, though others are judged before', () => {
    const other = answers(100)
    answers(100, { form: 'quoted' })
    proof.changePlan(quoted, { alpha: 0.05, labels: 100 }, 'staff:1')
    judge(other)
    proof.look()
    expect([proof.readiness(quoted).number, proof.readiness(CELL).number]).toEqual([1, 2])
  })

  test('a repeat takes the next place with the first label more; one that passed leaves it to others', () => {
    judge(answers(120))
    const failing = answers(120, { form: 'quoted' })
    judge(failing, () => false)
    proof.look()
    expect(proof.certify(CELL, 'staff:1').result).not.toBeNull()
    proof.certify(quoted, 'staff:1')
    proof.look()
    judge(answers(1))
    proof.look()
    expect(places()).toEqual([1, 2])
    judge(answers(1, { form: 'quoted' }))
    proof.look()
    expect(places()).toEqual([1, 2, 3])
    expect(proof.readiness(quoted)).toMatchObject({ number: 3, labels: 240 })
    expect(proof.readiness(CELL).number).toBe(4)
  })

  test('begins anew at what answers after a change, with labels of its own', () => {
    judge(answers(120))
    proof.look()
    proof.certify(CELL, 'staff:1')
    fingerprint = { ...MADE, models: 'other' }
    expect(proof.readiness(CELL).number).toBe(1)
    judge(answers(120))
    proof.look()
    expect(proof.certify(CELL, 'staff:1')).toMatchObject({ number: 1, rows: 120 })
  })
})

test('labels never move the traffic, the plan or the spending', () => {
  const made = answers(60)
  const { traffic, plan, spend, labels } = proof.readiness(CELL)
  const judgement = fc.constantFrom(true, false, null)
  let who = 1
  fc.assert(
    fc.property(fc.array(judgement, { minLength: 60, maxLength: 60 }), (said) => {
      judge(made, (_, i) => said[i] ?? null, `staff:${who++}`)
      expect(proof.readiness(CELL)).toMatchObject({ traffic, plan, spend, labels })
    }),
    { numRuns: 5 },
  )
})

describe('the watch', () => {
  test('switches a cell off when too many of what was sent is wrong, tells staff, and goes on when somebody says so', () => {
    set(0.5)
    at.pass(1)
    const live = answers(40, { sent: true, confidence: 0.97, source: 'live' })
    judge(live, (_, i) => i % 8 !== 0)
    proof.look()
    expect(standing().state).toBe('provisional')
    const later = answers(40, { sent: true, confidence: 0.97, source: 'live' })
    judge(later, () => false)
    const [last] = later
    proof.lookAt({ turn: last!.turn, form: 'written', wrong: false })
    expect(standing().state).toBe('provisional')
    proof.lookAt({ turn: last!.turn, form: 'written', wrong: true })
    expect(standing()).toMatchObject({ state: 'suspended' })
    expect(proof.threshold(SEGMENT, 'written').state).toBe('suspended')
    expect(at.store.notices.open()).toMatchObject([
      { kind: 'alarm', text: expect.stringContaining('no longer go out by themselves: of the') },
    ])
    expect(at.store.log.entries(1, 10_000).filter((e) => e.type === 'sending.suspended')).toHaveLength(1)
    at = at.reopen()
    proof = proofOf(at)
    expect(standing().state).toBe('suspended')
    at.pass(1)
    at.store.certificates.resume(CELL, 'staff:2', 'The article is mended')
    proof.look()
    expect(standing().state).toBe('provisional')
    expect(at.store.notices.open()).toEqual([])
    expect(proof.watch(at.store.thresholds.for(SEGMENT, 'written'))).toMatchObject({ audits: 0, alarmAt: null })
  })

  test('looks at nothing that chance did not choose', () => {
    set(0.9)
    at.pass(1)
    judge(answers(100, { sent: true, source: 'live', drawn: false }), () => false)
    proof.look()
    expect(standing().state).toBe('provisional')
  })
})

const standing = () => proof.standing(at.store.thresholds.for(SEGMENT, 'written'))
const set = (value: number) => at.store.thresholds.set({ ...CELL, value, reason: 'tried' }, 'staff:1')
