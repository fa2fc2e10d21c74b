import fc from 'fast-check'
import { expect, test } from 'vitest'
import { agreement } from './kappa.ts'

const table = (counts: Record<string, number>) =>
  Object.entries(counts).flatMap(([pair, n]) => Array.from({ length: n }, () => pair.split('-') as [string, string]))

test('a worked example: 35 of 50 agree, kappa .40', () => {
  // Both yes 20, both no 15, 5 and 10 apart: chance agrees in .5, so (.7 − .5) / .5.
  const found = agreement(table({ 'yes-yes': 20, 'yes-no': 5, 'no-yes': 10, 'no-no': 15 }))
  expect(found).toMatchObject({ pairs: 50, agreed: 0.7 })
  expect(found?.kappa).toBeCloseTo(0.4, 10)
})

test('the standard error is that of the published example (Fleiss, Cohen & Everitt 1969: kappa .429, variance .002885)', () => {
  // Their table 1, 200 cases: proportions .53 .05 .02 / .11 .14 .05 / .01 .06 .03.
  const found = agreement(table({ 'a-a': 106, 'a-b': 10, 'a-c': 4, 'b-a': 22, 'b-b': 28, 'b-c': 10, 'c-a': 2, 'c-b': 12, 'c-c': 6 }))
  expect(found?.kappa).toBeCloseTo(0.429, 3)
  const [low = 0, high = 0] = found?.interval ?? []
  expect(((high - low) / 2 / 1.96) ** 2).toBeCloseTo(0.002885, 5)
})

test('where everybody always says the same, kappa says nothing', () => {
  expect(agreement(table({ 'right-right': 12 }))).toEqual({ pairs: 12, agreed: 1, kappa: null, interval: null })
  expect(agreement([])).toBeNull()
})

test('kappa lies between −1 and 1 within its interval, and who is first does not matter', () => {
  const verdict = fc.constantFrom('right', 'wrong', 'unclear')
  fc.assert(
    fc.property(fc.array(fc.tuple(verdict, verdict), { minLength: 1, maxLength: 60 }), (pairs) => {
      const found = agreement(pairs)
      const turned = agreement(pairs.map(([a, b]) => [b, a] as [string, string]))
      const kappa = found?.kappa ?? 0
      const [low = 0, high = 0] = found?.interval ?? []
      expect(low).toBeGreaterThanOrEqual(-1)
      expect(high).toBeLessThanOrEqual(1)
      expect(kappa).toBeGreaterThanOrEqual(low - 1e-9)
      expect(kappa).toBeLessThanOrEqual(high + 1e-9)
      expect(turned?.kappa ?? 0).toBeCloseTo(kappa, 9)
    }),
  )
})
