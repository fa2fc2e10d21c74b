import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomOf } from '../../scripts/random.ts'
import { audit, beginEProcess, type EProcess } from './e-process.ts'

const alpha = 0.05
const delta = 0.05
const after = (audits: boolean[], a = alpha): EProcess => audits.reduce((state, wrong) => audit(state, wrong, a, delta), beginEProcess())
const run = (seed: number, rates: number[]): EProcess => {
  const random = randomOf(seed)
  return after(rates.map((rate) => random() < rate))
}
const shareAlarmed = (worlds: number, rates: number[]): number =>
  Array.from({ length: worlds }, (_, seed) => run(seed, rates)).filter((state) => state.alarmAt !== null).length / worlds

test('at an error rate of alpha itself no bet gains: the expected evidence after one more audit is what it was', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 200 }), fc.double({ min: 0.005, max: 0.3, noNaN: true }), (past, a) => {
      const state = after(past, a)
      const expected = a * audit(state, true, a, delta).e + (1 - a) * audit(state, false, a, delta).e
      expect(expected).toBeLessThanOrEqual(state.e * (1 + 1e-9))
      expect(expected).toBeGreaterThan(0)
    }),
  )
})

test('an error never lowers the evidence, a right answer never raises it', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 200 }), (past) => {
      const state = after(past)
      expect(audit(state, true, alpha, delta).e).toBeGreaterThanOrEqual(state.e)
      expect(audit(state, false, alpha, delta).e).toBeLessThanOrEqual(state.e)
    }),
  )
})

test('false alarms at an error rate of alpha are at most delta, over a thousand audits each', () => {
  expect(
    shareAlarmed(
      1000,
      Array.from({ length: 1000 }, () => alpha),
    ),
  ).toBeLessThanOrEqual(delta)
})

test('trouble is found, at once and after long good times', () => {
  const bad = Array.from({ length: 400 }, () => 0.2)
  expect(shareAlarmed(200, bad)).toBeGreaterThan(0.98)
  expect(shareAlarmed(200, [...Array.from({ length: 1000 }, () => 0.02), ...bad])).toBeGreaterThan(0.98)
})

test('an alarm stays, and says at which audit it came', () => {
  const alarmed = after(Array.from({ length: 10 }, () => true))
  const later = Array.from({ length: 5000 }).reduce<EProcess>((state) => audit(state, false, alpha, delta), alarmed)
  expect(alarmed.alarmAt).toBeLessThanOrEqual(10)
  expect(later.alarmAt).toBe(alarmed.alarmAt)
})

test('stays a number however long everything is wrong', () => {
  expect(Number.isFinite(after(Array.from({ length: 3000 }, () => true)).e)).toBe(true)
})
