import { afterEach, beforeEach, expect, test } from 'vitest'
import { SHIPPED } from '../policy/confidence.ts'
import type { Cell } from '../store/certificate-types.ts'
import type { Fingerprint } from '../store/label-types.ts'
import type { Kept } from '../store/round-types.ts'
import { recordOfTurn, temporaryStore, type TemporaryStore } from '../store/temporary-store.ts'
import { createProof, type Proof } from './proof.ts'
import { scoredAnswer } from '../store/scored.fixture.ts'

const CELL: Cell = { topic: '*', channel: '*', tier: '*', form: 'written' }
const SEGMENT = { topic: 'cards', channel: 'portal', tier: 'standard' } as const
const MADE: Fingerprint = { knowledge: 'k', models: 'm', prompt: 'p', checker: 'c', calibration: 'shipped' }

let at: TemporaryStore
let proof: Proof
let fingerprint: Fingerprint
beforeEach(() => {
  at = temporaryStore()
  fingerprint = MADE
  proof = createProof({ store: at.store, clock: at.now, certifiedOnly: false, calibration: () => SHIPPED, fingerprint: () => fingerprint })
})
afterEach(() => at.remove())

const N = 140

/** A certified threshold from past questions of which the least sure were wrong. */
function certified(wrong = 0): string[] {
  const questions = Array.from({ length: N }, (_, i) => ({ line: i + 2, text: `Question ${i}?`, judges: 1 }))
  const made = { file: 'past.csv', form: 'written', channel: 'portal', tier: 'standard', questions, left: 0 } as const
  const { id } = at.store.imports.create({ ...made, questions }, 'staff:1')
  const turns = questions.map((_, i) => {
    at.pass(1)
    const { question } = at.store.imports.next(id)!
    at.store.imports.answered(question.id, traceOf(question.id), [scored(question.id, i)])
    return question.id
  })
  at.pass(1)
  turns.forEach((turn, i) => at.store.labels.add({ turn, form: 'written', right: i < N - wrong, source: 'import' }, 'staff:1'))
  proof.look()
  const attempt = proof.certify(CELL, 'staff:1')
  at.store.thresholds.set({ ...CELL, value: attempt.result!.threshold, reason: 'proven' }, 'staff:1')
  at.pass(1)
  return turns
}

const traceOf = (id: string) => recordOfTurn({ id, conversation: id }, 'asked', 'said').trace
/** Those that come first are the surest. */
const scored = (turn: string, i: number) =>
  scoredAnswer({ turn, at: at.now(), segment: SEGMENT, form: 'written', confidence: 1 - (i + 1) / (2 * N), fingerprint })

/** After a change, everything asked again; `kept` says what became of each. */
function askAgain(kept: (root: string, i: number) => Kept): string[] {
  fingerprint = { ...fingerprint, knowledge: `${fingerprint.knowledge}+` }
  const { id } = at.store.rounds.begin({ form: 'written', making: fingerprint, roots: proof.askable('written') }, 'staff:1')
  const ids: string[] = []
  for (let next = at.store.rounds.next(id), i = 0; next; next = at.store.rounds.next(id), i++) {
    at.pass(1)
    at.store.rounds.answered(next.question.id, traceOf(next.question.id), [scored(next.question.id, i)], kept(next.question.root, i))
    ids.push(next.question.id)
  }
  at.pass(1)
  proof.look()
  return ids
}

const standing = () => proof.standing(at.store.thresholds.for(SEGMENT, 'written')).state

test('after a change nothing of before counts; asked again, answers that stayed the same keep their judgement and the cell is proven anew', () => {
  certified()
  fingerprint = { ...MADE, knowledge: 'k2' }
  expect(standing()).toBe('lapsed')
  expect(proof.readiness(CELL)).toMatchObject({ sample: { rows: [], outdated: N, again: null } })
  askAgain((root) => ({ labelsOf: root, mended: false }))
  const { sample, missing, number, labels } = proof.readiness(CELL)
  expect(sample).toMatchObject({ rows: { length: N }, waiting: 0, again: { answers: N, same: N, mended: 0, waiting: 0 } })
  expect({ missing, labels, number }).toEqual({ missing: 0, labels: N, number: 2 })
  const attempt = proof.certify(CELL, 'staff:1')
  expect(attempt.spent).toBeLessThan(proof.readiness(CELL).spend * 4)
  at.store.thresholds.set({ ...CELL, value: attempt.result!.threshold, reason: 'proven again' }, 'staff:1')
  expect(standing()).toBe('certified')
})

test('a label whose answer changed is never counted: the sample ends there until the new answer is judged', () => {
  certified()
  const ids = askAgain((root, i) => ({ labelsOf: i === 100 ? null : root, mended: false }))
  expect(proof.readiness(CELL)).toMatchObject({
    labels: N,
    missing: 40,
    sample: { rows: { length: 100 }, waiting: 1, behind: 39, again: { same: N - 1, waiting: 1 } },
  })
  at.store.labels.add({ turn: ids[100]!, form: 'written', right: false, source: 'import' }, 'staff:1')
  const { sample } = proof.readiness(CELL)
  expect(sample.rows).toHaveLength(N)
  expect(sample.rows.filter((row) => !row.right).map((row) => row.turn)).toEqual([ids[100]])
})

test('what was wrong and mended counts as wrong, and nobody has to judge it', () => {
  certified(1)
  askAgain((root, i) => ({ labelsOf: i === N - 1 ? null : root, mended: i === N - 1 }))
  const { sample, missing } = proof.readiness(CELL)
  expect({ missing, waiting: sample.waiting, again: sample.again }).toMatchObject({
    missing: 0,
    waiting: 0,
    again: { mended: 1, same: N - 1 },
  })
  expect(sample.rows.filter((row) => !row.right)).toHaveLength(1)
})

test('the plan of the next test is all that was asked again and may go out, settled before anything changed is judged', () => {
  certified()
  const then = at.store.certificates.plan(CELL)!
  askAgain((root, i) => ({ labelsOf: i % 2 ? root : null, mended: false }))
  expect(at.store.certificates.plan(CELL)).toMatchObject({ labels: N, alpha: then.alpha, since: then.since, by: 'system' })
  expect(at.store.certificates.plan(CELL)!.at).toBeGreaterThan(then.at)
})

test('each change is a further attempt with the same labels, and may spend less', () => {
  certified()
  const spent = [1, 2, 3].map(() => {
    askAgain((root) => ({ labelsOf: root, mended: false }))
    return proof.certify(CELL, 'staff:1')
  })
  expect(spent.map((a) => a.number)).toEqual([2, 3, 4])
  expect(spent[2]!.spent).toBeLessThan(spent[0]!.spent / 3)
})

test('judgements that the weights were fitted to are not asked again: they can’t prove these weights', () => {
  certified()
  expect(proof.askable('written')).toHaveLength(N)
  at.pass(1)
  at.store.calibrations.set(SHIPPED, 'staff:1')
  expect(proof.askable('written')).toEqual([])
})

test('an answer that stayed the same stands once among the answers of the past', () => {
  certified()
  askAgain((root, i) => ({ labelsOf: i < 50 ? null : root, mended: false }))
  expect(proof.history(CELL).answers).toBe(N + 50)
  expect(proof.history(CELL).judged).toBe(N)
})
