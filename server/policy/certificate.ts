import { binomialTail, leastLabels, upperBound } from './binomial.ts'

/** A threshold that may be certified: answers with at least this confidence are sent. */
export interface GridPoint {
  threshold: number
  /** Share of the traffic that it sends, 0…1. */
  share: number
}

/** One judged answer. It must come from a random choice among the segment's traffic, whatever its confidence. */
export interface Label {
  conversation: string
  confidence: number
  /** False when the answer was wrong or its substance had to be changed; tone alone isn't wrong. */
  right: boolean
}

export interface Step extends GridPoint {
  /** Labels at or above the threshold, and how many of them are wrong. */
  labels: number
  errors: number
  passed: boolean
}

interface Outcome {
  /** One a conversation. */
  rows: number
  /** In the order in which they were tested; the last one failed, unless the whole grid passed. Empty: nothing was tested, no delta spent. */
  steps: Step[]
}

export type Certificate =
  | (Outcome & {
      certified: true
      threshold: number
      share: number
      labels: number
      errors: number
      /** The error rate of what is sent is at most this, with confidence 1 − delta; never above alpha. */
      bound: number
    })
  | (Outcome & {
      certified: false
      /** So many more rows until it may be tested (again). Depends on no label, so that waiting for it is no peeking. */
      needs: number
    })

/** Shares of the traffic whose thresholds are tested: fixed here, whatever a firm's labels say. */
export const SHARES: readonly number[] = Array.from({ length: 15 }, (_, i) => (30 + 5 * i) / 100)

/** Nothing stricter than this share of the traffic is tested, however many labels there are. */
const LEAST_SHARE = 0.3
/** Room for the chance that fewer labels than expected lie above the threshold. */
const MARGIN = 1.15

/**
 * Certifies a threshold of one segment and form: the error rate of what it sends is at most `alpha`, wrongly so with probability `delta` at most.
 *
 * Learn then Test (Angelopoulos et al. 2021, arXiv 2110.01052) with fixed-sequence testing: each threshold is a hypothesis "sends more
 * than alpha wrong", tested by the exact binomial tail, equivalently by the bound of Clopper & Pearson (1934), from strict to loose.
 * Because the order is fixed beforehand and the first failure ends it, each step may spend the whole delta
 * (Maurer, Hothorn & Lehmacher 1995; Bauer 1991, Statistics in Medicine 10:871).
 *
 * Of several labels of a conversation the first counts, for turns of a conversation are right and wrong together.
 *
 * @param grid from `gridOf`, made before the labels were seen
 * @param delta what this attempt may spend, see `deltaOf`
 */
export function certify(of: { grid: readonly GridPoint[]; labels: readonly Label[]; alpha: number; delta: number }): Certificate {
  const { alpha, delta } = of
  for (const [name, value] of Object.entries({ alpha, delta }))
    if (!(value > 0 && value < 1)) throw new RangeError(`${name} must lie between 0 and 1, and is ${value}`)
  const rows = firstOfEach(of.labels)
  const steps = testInSequence(sequence(of.grid, rows.length, alpha, delta), rows, alpha, delta)
  const last = steps.findLast((step) => step.passed)
  if (!last) return { certified: false, rows: rows.length, steps, needs: needs(of.grid, rows.length, steps.length > 0, alpha, delta) }
  const { threshold, share, labels, errors } = last
  return { certified: true, rows: rows.length, steps, threshold, share, labels, errors, bound: upperBound(errors, labels, delta) }
}

function firstOfEach(labels: readonly Label[]): Label[] {
  const seen = new Set<string>()
  return labels.filter(({ conversation }) => !seen.has(conversation) && seen.add(conversation))
}

/** What is tested, from strict to loose: it depends on how many rows there are, never on what they say. */
function sequence(grid: readonly GridPoint[], rows: number, alpha: number, delta: number): GridPoint[] {
  const start = Math.max(LEAST_SHARE, (MARGIN * leastLabels(alpha, delta, 0)) / rows)
  return grid.filter((point) => point.share >= start).toSorted((a, b) => b.threshold - a.threshold)
}

function testInSequence(points: readonly GridPoint[], rows: readonly Label[], alpha: number, delta: number): Step[] {
  const steps: Step[] = []
  for (const point of points) {
    const above = rows.filter((row) => row.confidence >= point.threshold)
    const errors = above.filter((row) => !row.right).length
    const passed = above.length > 0 && binomialTail(errors, above.length, alpha) <= delta
    steps.push({ ...point, labels: above.length, errors, passed })
    if (!passed) break
  }
  return steps
}

/**
 * Until the first test: the fewest with which any threshold of the grid could be tested. After a test that failed: as many again. When
 * the next test comes must not depend on the errors seen, or its delta would have to pay for every moment at which it might have come.
 */
function needs(grid: readonly GridPoint[], rows: number, tested: boolean, alpha: number, delta: number): number {
  if (tested) return rows
  const widest = Math.max(...grid.map((point) => point.share))
  return Math.max(1, labelsToTest(alpha, delta, widest) - rows)
}

/** The fewest labels with which a threshold that sends this share of the traffic can be tested at all. */
export const labelsToTest = (alpha: number, delta: number, share = 1): number => Math.ceil((MARGIN * leastLabels(alpha, delta, 0)) / share)

/**
 * Thresholds that send given shares of the traffic, from strict to loose.
 *
 * @param scores confidences of traffic, taken without a look at any label
 * @param shares 0…1, fixed beforehand. Where scores are equal a threshold sends more than was asked for; `share` says what it sends.
 * @throws RangeError without scores, or when a share isn't above 0 and at most 1
 */
export function gridOf(scores: readonly number[], shares: readonly number[]): GridPoint[] {
  if (scores.length === 0 || scores.some(Number.isNaN)) throw new RangeError('a grid needs the confidences of past traffic; there are none')
  if (shares.length === 0 || shares.some((share) => !(share > 0 && share <= 1)))
    throw new RangeError('a grid needs shares of the traffic above 0 and at most 1')
  const falling = scores.toSorted((a, b) => b - a)
  const thresholds = new Set(shares.toSorted((a, b) => a - b).map((share) => falling[Math.ceil(share * falling.length - 1e-9) - 1] ?? 0))
  return [...thresholds].map((threshold) => ({ threshold, share: scores.filter((s) => s >= threshold).length / scores.length }))
}

/**
 * What the j-th attempt (1, 2, …) at a segment may spend: 6δ/(π²j²), which add up to δ however often it is tried; an equal part of it
 * when several segments are to hold together. Each attempt counts that tested anything (`steps` isn't empty), also one that passed.
 */
export function deltaOf(j: number, delta: number, segments = 1): number {
  if (!Number.isInteger(j) || j < 1) throw new RangeError(`attempts count from 1, and this is ${j}`)
  if (!Number.isInteger(segments) || segments < 1) throw new RangeError(`there must be at least one segment, not ${segments}`)
  return (6 * delta) / (Math.PI ** 2 * j ** 2) / segments
}
