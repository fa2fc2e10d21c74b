import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { binomialTail, leastLabels, upperBound } from './binomial.ts'

describe('how many labels a certificate takes', () => {
  test.each([
    [0.05, [59, 93, 124, 153]],
    [0.02, [149, 236, 313, 386]],
  ])('at an error rate of at most %d with 0, 1, 2 and 3 errors', (alpha, sizes) => {
    expect([0, 1, 2, 3].map((errors) => leastLabels(alpha, 0.05, errors))).toEqual(sizes)
  })

  test('one label fewer would not do', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.005, max: 0.4, noNaN: true }),
        fc.double({ min: 0.001, max: 0.2, noNaN: true }),
        fc.nat(30),
        (a, d, k) => {
          const n = leastLabels(a, d, k)
          expect(binomialTail(k, n, a)).toBeLessThanOrEqual(d)
          expect(binomialTail(k, n - 1, a)).toBeGreaterThan(d)
        },
      ),
    )
  })
})

describe('the tail', () => {
  test('is the sum of the terms, for small n', () => {
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(40), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (n, k, p) => {
        const terms = Array.from({ length: Math.min(k, n) + 1 }, (_, i) => choose(n, i) * p ** i * (1 - p) ** (n - i))
        expect(binomialTail(k, n, p)).toBeCloseTo(
          Math.min(
            1,
            terms.reduce((a, b) => a + b),
          ),
          10,
        )
      }),
    )
  })

  test('holds at ten thousand: no errors is (1 − p)ⁿ, all but one is 1 − pⁿ, and a symmetrical half is a half', () => {
    expect(binomialTail(0, 10_000, 0.05) / Math.exp(10_000 * Math.log(0.95))).toBeCloseTo(1, 8)
    expect(binomialTail(9_998, 9_999, 0.9999)).toBeCloseTo(1 - 0.9999 ** 9_999, 10)
    expect(binomialTail(4_999, 9_999, 0.5)).toBeCloseTo(0.5, 9)
  })

  test('never falls as more errors are allowed, never rises with the error rate', () => {
    const rate = fc.double({ min: 0.0001, max: 0.9999, noNaN: true })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.nat(10_000), rate, rate, (n, k, p, q) => {
        const tail = binomialTail(k, n, p)
        expect(tail).toBeGreaterThanOrEqual(0)
        expect(tail).toBeLessThanOrEqual(1)
        expect(binomialTail(k + 1, n, p)).toBeGreaterThanOrEqual(tail - 1e-9)
        expect(binomialTail(k, n, Math.max(p, q))).toBeLessThanOrEqual(binomialTail(k, n, Math.min(p, q)) + 1e-9)
      }),
    )
  })
})

test('the upper bound is where the tail is delta, and passes exactly when the test does', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.nat(10_000), fc.double({ min: 0.001, max: 0.3, noNaN: true }), (n, k, delta) => {
      fc.pre(k < n)
      const bound = upperBound(k, n, delta)
      expect(binomialTail(k, n, bound)).toBeCloseTo(delta, 6)
      expect(bound).toBeGreaterThan(k / n)
    }),
  )
  expect(upperBound(0, 59)).toBeLessThanOrEqual(0.05)
  expect(upperBound(0, 58)).toBeGreaterThan(0.05)
  expect(upperBound(0, 0)).toBe(1)
})
