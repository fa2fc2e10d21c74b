import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { binomialTail } from './binomial.ts'
import { certify, deltaOf, gridOf, type Label } from './certificate.ts'

const alpha = 0.05
const delta = 0.05
const SHARES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]
const traffic = Array.from({ length: 1000 }, (_, i) => i / 1000)
const grid = gridOf(traffic, SHARES)

/** Judged conversations whose errors gather at the low end, as they do when a confidence is worth something. */
const judged = fc
  .array(fc.record({ confidence: fc.double({ min: 0, max: 0.999, noNaN: true }), luck: fc.double({ min: 0, max: 1, noNaN: true }) }), {
    minLength: 60,
    maxLength: 400,
  })
  .map((rows) =>
    rows.map(({ confidence, luck }, i): Label => ({ conversation: `c${i}`, confidence, right: luck > 0.3 * (1 - confidence) ** 2 })),
  )
const flips = fc.infiniteStream(fc.integer({ min: 0, max: 9 }).map((x) => x === 0))
const turn = (labels: Label[], flip: Iterator<boolean>): Label[] =>
  labels.map((l) => ({ ...l, right: flip.next().value === true ? !l.right : l.right }))

describe('certifying a threshold', () => {
  test('loosening never passes a failed step: all pass but the last, and the last that passes is the threshold', () => {
    fc.assert(
      fc.property(judged, (labels) => {
        const got = certify({ grid, labels, alpha, delta })
        const failed = got.steps.findIndex((s) => !s.passed)
        expect(failed === -1 || failed === got.steps.length - 1).toBe(true)
        for (const s of got.steps) expect(s.passed).toBe(binomialTail(s.errors, s.labels, alpha) <= delta)
        expect(got.steps.map((s) => s.threshold)).toEqual(got.steps.map((s) => s.threshold).toSorted((a, b) => b - a))
        if (got.certified) expect(got.threshold).toBe(got.steps.findLast((s) => s.passed)?.threshold)
        else expect(got.steps.some((s) => s.passed)).toBe(false)
      }),
    )
  })

  test('labels never move the grid: whatever they say, the same thresholds are tested in the same order', () => {
    fc.assert(
      fc.property(judged, flips, (labels, flip) => {
        const shape = certify({ grid, labels: labels.map((l) => ({ ...l, right: true })), alpha, delta }).steps
        const other = certify({ grid, labels: turn(labels, flip), alpha, delta })
        const where = ({ threshold, share, labels: n }: (typeof shape)[number]) => ({ threshold, share, n })
        expect(other.steps.map(where)).toEqual(shape.slice(0, other.steps.length).map(where))
        if (!other.certified && other.steps.length > 0) expect(other.needs).toBe(labels.length)
      }),
    )
  })

  test('more errors never certify a looser threshold', () => {
    fc.assert(
      fc.property(judged, flips, (labels, flip) => {
        const worse = labels.map((l) => ({ ...l, right: l.right && flip.next().value !== true }))
        const [before, after] = [certify({ grid, labels, alpha, delta }), certify({ grid, labels: worse, alpha, delta })]
        if (after.certified) expect(before.certified && before.threshold).toBeLessThanOrEqual(after.threshold)
      }),
    )
  })

  test('one row a conversation: only the first label of each counts', () => {
    fc.assert(
      fc.property(judged, fc.boolean(), (labels, right) => {
        const again = labels.map((l) => ({ ...l, right, confidence: 0.99 }))
        expect(certify({ grid, labels: [...labels, ...again], alpha, delta })).toEqual(certify({ grid, labels, alpha, delta }))
      }),
    )
  })

  test('what is certified holds its bound, and sends the least share or more', () => {
    fc.assert(
      fc.property(judged, (labels) => {
        const got = certify({ grid, labels, alpha, delta })
        if (!got.certified) return
        expect(got.bound).toBeLessThanOrEqual(alpha + 1e-9)
        expect(got.share).toBeGreaterThanOrEqual(Math.max(0.3, (1.15 * 59) / labels.length))
      }),
    )
  })

  const clean = (n: number): Label[] =>
    Array.from({ length: n }, (_, i) => ({ conversation: `c${i}`, confidence: (i + 0.5) / n, right: true }))

  test('with too few labels nothing is tested, and it says how many are missing', () => {
    expect(certify({ grid, labels: clean(40), alpha, delta })).toEqual({ certified: false, rows: 40, steps: [], needs: 28 })
    expect(certify({ grid, labels: clean(68), alpha, delta })).toMatchObject({ certified: true, share: 1, labels: 68, errors: 0 })
  })

  test('after a failed test it asks for as many again', () => {
    const labels = clean(300).map((l) => ({ ...l, right: false }))
    const got = certify({ grid, labels, alpha, delta })
    expect(got).toMatchObject({ certified: false, needs: 300 })
    expect(got.steps).toHaveLength(1)
  })

  test('says what is wrong with an alpha or a delta that is none', () => {
    expect(() => certify({ grid, labels: [], alpha: 5, delta })).toThrow('alpha must lie between 0 and 1')
    expect(() => certify({ grid, labels: [], alpha, delta: 0 })).toThrow('delta must lie between 0 and 1')
  })
})

describe('the grid', () => {
  test('has a threshold for each share, from strict to loose, and says what each sends', () => {
    expect(grid.map((p) => p.share)).toEqual(SHARES)
    expect(grid[2]?.threshold).toBe(0.7)
  })

  test('with equal scores sends at least the share asked for', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1 }), (scores) => {
        for (const { threshold, share } of gridOf(scores, SHARES)) {
          expect(scores.filter((s) => s >= threshold).length / scores.length).toBe(share)
          expect(scores).toContain(threshold)
        }
        expect(gridOf(scores, SHARES).at(-1)?.share).toBe(1)
      }),
    )
  })

  test('needs traffic and shares', () => {
    expect(() => gridOf([], SHARES)).toThrow('there are none')
    expect(() => gridOf([0.5], [0])).toThrow('above 0')
  })
})

test('what all attempts at all segments may spend adds up to delta', () => {
  const all = Array.from({ length: 100_000 }, (_, j) => 7 * deltaOf(j + 1, delta, 7)).reduce((a, b) => a + b)
  expect(all).toBeLessThan(delta)
  expect(all).toBeCloseTo(delta, 5)
  expect(() => deltaOf(0, delta)).toThrow('count from 1')
})
