import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { binomialTail } from './binomial.ts'
import { certify, deltaOf, labelsToTest, stepSizes, type Label } from './certificate.ts'

const alpha = 0.05
const delta = 0.05
const traffic = Array.from({ length: 1000 }, (_, i) => i / 1000)

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
        const got = certify({ traffic, labels, alpha, delta })
        const failed = got.steps.findIndex((s) => !s.passed)
        expect(failed === -1 || failed === got.steps.length - 1).toBe(true)
        for (const s of got.steps) expect(s.passed).toBe(binomialTail(s.errors, s.labels, alpha) <= delta)
        expect(got.steps.map((s) => s.threshold)).toEqual(got.steps.map((s) => s.threshold).toSorted((a, b) => b - a))
        if (got.certified) expect(got.threshold).toBe(got.steps.findLast((s) => s.passed)?.threshold)
        else expect(got.steps.some((s) => s.passed)).toBe(false)
      }),
    )
  })

  test('where many confidences are equal a step with too few labels above it is left out, and the rest is tested', () => {
    const labels = Array.from({ length: 100 }, (_, i): Label => ({ conversation: `c${i}`, confidence: i < 10 ? 0.9 : 0.5, right: true }))
    expect(certify({ traffic, labels, alpha, delta })).toMatchObject({
      certified: true,
      labels: 100,
      steps: [{ labels: 100, passed: true }],
    })
  })

  test('labels never move the steps: whatever they say, the same thresholds are tested in the same order', () => {
    fc.assert(
      fc.property(judged, flips, (labels, flip) => {
        const shape = certify({ traffic, labels: labels.map((l) => ({ ...l, right: true })), alpha, delta }).steps
        const other = certify({ traffic, labels: turn(labels, flip), alpha, delta })
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
        const [before, after] = [certify({ traffic, labels, alpha, delta }), certify({ traffic, labels: worse, alpha, delta })]
        if (after.certified) expect(before.certified && before.threshold).toBeLessThanOrEqual(after.threshold)
      }),
    )
  })

  test('one row a conversation: only the first label of each counts', () => {
    fc.assert(
      fc.property(judged, fc.boolean(), (labels, right) => {
        const again = labels.map((l) => ({ ...l, right, confidence: 0.99 }))
        expect(certify({ traffic, labels: [...labels, ...again], alpha, delta })).toEqual(certify({ traffic, labels, alpha, delta }))
      }),
    )
  })

  test('what is certified holds its bound, and sends the least share or more', () => {
    fc.assert(
      fc.property(judged, (labels) => {
        const got = certify({ traffic, labels, alpha, delta })
        if (!got.certified) return
        expect(got.bound).toBeLessThanOrEqual(alpha + 1e-9)
        expect(got.labels).toBeGreaterThanOrEqual(Math.max(59, 0.3 * labels.length))
      }),
    )
  })

  const clean = (n: number): Label[] =>
    Array.from({ length: n }, (_, i) => ({ conversation: `c${i}`, confidence: (i + 0.5) / n, right: true }))

  test('with too few labels nothing is tested, and it says how many are missing', () => {
    expect(certify({ traffic, labels: clean(40), alpha, delta })).toEqual({ certified: false, rows: 40, steps: [], needs: 19 })
    expect(certify({ traffic, labels: clean(59), alpha, delta })).toMatchObject({ certified: true, share: 1, labels: 59, errors: 0 })
    expect(labelsToTest(alpha, delta)).toBe(59)
  })

  test('steps lie where one more error is allowed, and the last is everything', () => {
    expect(stepSizes(58, alpha, delta)).toEqual([])
    expect(stepSizes(160, alpha, delta)).toEqual([59, 93, 124, 153, 160])
    expect(stepSizes(500, alpha, delta).slice(0, 3)).toEqual([153, 181, 208])
    const { steps } = certify({ traffic, labels: clean(160), alpha, delta })
    expect(steps.map((s) => s.labels)).toEqual([59, 93, 124, 153, 160])
    expect(steps.map((s) => s.share).at(-1)).toBe(1)
  })

  test('where confidences are equal, a step has the labels that its threshold really sends', () => {
    const same = clean(200).map((l) => ({ ...l, confidence: Math.ceil(4 * l.confidence) / 4 }))
    const { steps } = certify({ traffic, labels: same, alpha, delta })
    for (const { threshold, labels } of steps) expect(same.filter((l) => l.confidence >= threshold)).toHaveLength(labels)
    expect(steps.map((s) => s.labels)).toEqual([50, 100, 150, 200].filter((n) => steps.some((s) => s.labels === n)))
  })

  test('after a failed test it asks for as many again', () => {
    const labels = clean(300).map((l) => ({ ...l, right: false }))
    const got = certify({ traffic, labels, alpha, delta })
    expect(got).toMatchObject({ certified: false, needs: 300 })
    expect(got.steps).toHaveLength(1)
  })

  test('says what is wrong with an alpha or a delta that is none', () => {
    expect(() => certify({ traffic, labels: [], alpha: 5, delta })).toThrow('alpha must lie between 0 and 1')
    expect(() => certify({ traffic, labels: [], alpha, delta: 0 })).toThrow('delta must lie between 0 and 1')
  })
})

test('what all attempts at all segments may spend adds up to delta', () => {
  const all = Array.from({ length: 100_000 }, (_, j) => deltaOf(j + 1, delta)).reduce((a, b) => a + b)
  expect(all).toBeLessThan(delta)
  expect(all).toBeCloseTo(delta, 5)
  expect(() => deltaOf(0, delta)).toThrow('count from 1')
})
