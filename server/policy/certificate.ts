import { binomialTail, leastLabels, upperBound } from './binomial.ts'

/** One judged answer. It must come from a random choice among the segment's traffic, whatever its confidence. */
export interface Label {
  conversation: string
  confidence: number
  /** False when the answer was wrong or its substance had to be changed; tone alone isn't wrong. */
  right: boolean
}

export interface Step {
  /** Answers with at least this confidence are sent. */
  threshold: number
  /** Share of the traffic that it sends, 0…1. */
  share: number
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

/** Nothing stricter than this share of the labels is tested, however many there are. */
const LEAST_SHARE = 0.3

/**
 * Certifies a threshold of one segment and form: the error rate of what it sends is at most `alpha`, wrongly so with probability `delta` at most.
 *
 * Learn then Test (Angelopoulos et al. 2021, arXiv 2110.01052) with fixed-sequence testing: each threshold is a hypothesis "sends more
 * than alpha wrong", tested by the exact binomial tail, equivalently by the bound of Clopper & Pearson (1934), from strict to loose.
 * Because the order is fixed beforehand and the first failure ends it, each step may spend the whole delta
 * (Maurer, Hothorn & Lehmacher 1995; Bauer 1991, Statistics in Medicine 10:871).
 *
 * Where the steps lie follows from how many labels there are and what confidence each has, never from what they say: at the numbers of labels
 * at which one more error is allowed (59, 93, 124 … at 5 %), for a step in between costs labels and allows nothing. A step's threshold lies
 * just above the next confidence, so that the labels above it are a plain sample of what it sends.
 *
 * Of several labels of a conversation the first counts, for turns of a conversation are right and wrong together.
 *
 * @param traffic confidences of past answers, judged or not: only to say which share a threshold sends
 * @param delta what this attempt may spend, see `deltaOf`
 */
export function certify(of: { traffic: readonly number[]; labels: readonly Label[]; alpha: number; delta: number }): Certificate {
  const { traffic, alpha, delta } = of
  for (const [name, value] of Object.entries({ alpha, delta }))
    if (!(value > 0 && value < 1)) throw new RangeError(`${name} must lie between 0 and 1, and is ${value}`)
  const rows = firstOfEach(of.labels).toSorted((a, b) => b.confidence - a.confidence)
  const steps = testInSequence(rows, traffic, alpha, delta)
  const last = steps.findLast((step) => step.passed)
  if (!last) return { certified: false, rows: rows.length, steps, needs: needs(rows.length, steps.length > 0, alpha, delta) }
  const { threshold, share, labels, errors } = last
  return { certified: true, rows: rows.length, steps, threshold, share, labels, errors, bound: upperBound(errors, labels, delta) }
}

function firstOfEach(labels: readonly Label[]): Label[] {
  const seen = new Set<string>()
  return labels.filter(({ conversation }) => !seen.has(conversation) && seen.add(conversation))
}

function testInSequence(rows: readonly Label[], traffic: readonly number[], alpha: number, delta: number): Step[] {
  const steps: Step[] = []
  for (const size of stepSizes(rows.length, alpha, delta)) {
    const threshold = justAbove(rows[size]?.confidence)
    const above = rows.filter((row) => row.confidence >= threshold)
    // With equal confidences two steps may be the same, and one may have too few labels above it to show anything, whatever they say.
    if (above.length < allowing(0, alpha, delta) || above.length === steps.at(-1)?.labels) continue
    const errors = above.filter((row) => !row.right).length
    const share = traffic.length > 0 ? traffic.filter((c) => c >= threshold).length / traffic.length : above.length / rows.length
    const passed = binomialTail(errors, above.length, alpha) <= delta
    steps.push({ threshold, share, labels: above.length, errors, passed })
    if (!passed) break
  }
  return steps
}

/** With so many labels above it a step allows one error more than with fewer; the last step is all of them. */
export function stepSizes(rows: number, alpha: number, delta: number): number[] {
  const sizes: number[] = []
  for (let errors = 0; ; errors++) {
    const size = allowing(errors, alpha, delta)
    if (size > rows) break
    if (size >= LEAST_SHARE * rows) sizes.push(size)
  }
  return sizes.length > 0 && sizes.at(-1) !== rows ? [...sizes, rows] : sizes
}

/** `leastLabels`, computed once for each alpha and delta. */
function allowing(errors: number, alpha: number, delta: number): number {
  const key = `${alpha} ${delta}`
  const known = SIZES.get(key) ?? []
  SIZES.set(key, known)
  return (known[errors] ??= leastLabels(alpha, delta, errors))
}

const SIZES = new Map<string, number[]>()

/** Confidences are told apart by millionths. */
const justAbove = (confidence: number | undefined): number => (confidence === undefined ? 0 : Math.round(confidence * 1e6 + 1) / 1e6)

/**
 * Until the first test: the fewest with which any threshold could be tested. After a test that failed: as many again. When the next test comes
 * must not depend on the errors seen, or its delta would have to pay for every moment at which it might have come.
 */
const needs = (rows: number, tested: boolean, alpha: number, delta: number): number => (tested ? rows : labelsToTest(alpha, delta) - rows)

/** The fewest labels with which anything can be tested. */
export const labelsToTest = (alpha: number, delta: number): number => leastLabels(alpha, delta, 0)

/**
 * What the j-th test (1, 2, …) of all that are to hold together may spend: 6δ/(π²j²), which add up to δ however many segments there are and
 * however often each is tried. j has to be settled before any label of the test is known: who could give the larger part to
 * what looks better would spend more than δ.
 */
export function deltaOf(j: number, delta: number): number {
  if (!Number.isInteger(j) || j < 1) throw new RangeError(`attempts count from 1, and this is ${j}`)
  return (6 * delta) / (Math.PI ** 2 * j ** 2)
}
