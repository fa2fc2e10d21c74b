import fc from 'fast-check'
import { expect, test } from 'vitest'
import { auroc, binsOf, calibrationError, measure, type Judged } from './measures.ts'

const rows = fc.array(fc.record({ confidence: fc.double({ min: 0, max: 1, noNaN: true }), right: fc.boolean() }), {
  minLength: 1,
  maxLength: 60,
})

test('a confidence that keeps its word has no calibration error; one that promises too much has as much as it overpromises', () => {
  const of = (confidence: number, right: number): Judged[] => Array.from({ length: 100 }, (_, i) => ({ confidence, right: i < right }))
  expect(calibrationError([...of(0.85, 85), ...of(0.25, 25)])).toBeCloseTo(0, 10)
  expect(calibrationError(of(0.95, 75))).toBeCloseTo(0.2, 10)
  expect(measure(of(0.5, 50))?.brier.value).toBeCloseTo(0.25, 10)
})

test('AUROC is the share of pairs in the right order, whatever the scale', () => {
  fc.assert(
    fc.property(rows, (some) => {
      const pairs = some
        .filter((a) => a.right)
        .flatMap((a) => some.filter((b) => !b.right).map((b) => Math.sign(a.confidence - b.confidence)))
      const value = auroc(some)
      if (pairs.length === 0) expect(value).toBeNull()
      else expect(value).toBeCloseTo(pairs.reduce<number>((sum, p) => sum + (p + 1) / 2, 0) / pairs.length, 9)
    }),
  )
})

test('the bins hold every answer once', () => {
  fc.assert(fc.property(rows, (some) => binsOf(some).reduce((sum, b) => sum + b.n, 0) === some.length))
})

test('an interval holds its figure, and is the same for the same answers', () => {
  fc.assert(
    fc.property(rows, (some) => {
      const got = measure(some)
      for (const figure of [got?.brier, got?.ece, got?.auroc ?? undefined])
        if (figure) expect(figure.low <= figure.value && figure.value <= figure.high).toBe(true)
      expect(measure(some)).toEqual(got)
    }),
    { numRuns: 20 },
  )
  expect(measure([])).toBeNull()
})
