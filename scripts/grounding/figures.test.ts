import { expect, test } from 'vitest'
import { balancedAccuracy, withInterval } from './figures.ts'

const rows = (right: boolean, scores: number[]) => scores.map((score, i) => ({ score, right, group: `${right}${i}` }))

test('balanced accuracy weighs true and false ones alike, however many there are', () => {
  expect(balancedAccuracy([...rows(true, [1, 1, 1, 0]), ...rows(false, [0])], 0.5)).toBe(0.875)
  expect(balancedAccuracy(rows(true, [1]), 0.5)).toBeNaN()
})

test('the interval holds the figure and narrows with more groups', () => {
  const some = (n: number) => [
    ...rows(
      true,
      Array.from({ length: n }, (_, i) => i % 3),
    ),
    ...rows(
      false,
      Array.from({ length: n }, (_, i) => i % 2),
    ),
  ]
  const [few, many] = [20, 200].map((n) => withInterval(some(n), (r) => balancedAccuracy(r, 1)))
  expect(few!.low).toBeLessThanOrEqual(few!.value)
  expect(few!.high).toBeGreaterThanOrEqual(few!.value)
  expect(many!.high - many!.low).toBeLessThan(few!.high - few!.low)
})

test('rows of one group are drawn together', () => {
  const one = rows(true, [1, 0]).map((row) => ({ ...row, group: 'same' }))
  const { low, high } = withInterval(one, (r) => r.reduce((sum, x) => sum + x.score, 0) / r.length)
  expect([low, high]).toEqual([0.5, 0.5])
})
