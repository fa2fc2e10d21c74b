/** How good a confidence is on answers that were judged. Pure; intervals are the same for the same rows. */

export interface Judged {
  /** 0..1 */
  confidence: number
  right: boolean
}

/** A figure with the interval in which it lies with 95 % confidence. */
export interface Figure {
  value: number
  low: number
  high: number
}

export interface Measures {
  n: number
  /** How many of them were right. */
  right: number
  /** Mean squared distance of confidence and truth: 0 is perfect, .25 is what "fifty-fifty" of everything gets. (Brier 1950) */
  brier: Figure
  /** Expected calibration error over ten bins of equal width: by how much the confidence promises too much or too little, on average. */
  ece: Figure
  /** Chance that a right answer has the higher confidence than a wrong one; null where all are right or all wrong. */
  auroc: Figure | null
}

/** One bar of the picture: answers whose confidence lies in a tenth, what was promised of them and what they were. */
export interface Bin {
  from: number
  n: number
  /** Mean confidence, and share that was right, 0..1. */
  said: number
  was: number
}

/** Resampled so often (percentile bootstrap, Efron 1979), whole rows with replacement. */
const DRAWS = 400

export function measure(rows: readonly Judged[]): Measures | null {
  if (rows.length === 0) return null
  const order = byConfidence(rows)
  const draws = resampled(order.length)
  const figure = (of: (order: readonly Judged[], times: Times) => number | null): Figure | null => {
    const value = of(order, once(order.length))
    if (value === null) return null
    const seen = draws
      .map((times) => of(order, times))
      .filter((v) => v !== null)
      .sort((a, b) => a - b)
    const at = (q: number): number => seen[Math.min(seen.length - 1, Math.floor(q * seen.length))] ?? value
    return { value, low: Math.min(value, at(0.025)), high: Math.max(value, at(0.975)) }
  }
  return {
    n: rows.length,
    right: rows.filter((r) => r.right).length,
    brier: figure(brierOf) as Figure,
    ece: figure(errorOf) as Figure,
    auroc: figure(areaOf),
  }
}

/** How often each row counts: a resample of thousands of rows costs a pass over them, and no sorting. */
type Times = Uint16Array

const once = (n: number): Times => new Uint16Array(n).fill(1)
const byConfidence = (rows: readonly Judged[]): Judged[] => rows.toSorted((a, b) => a.confidence - b.confidence)

function brierOf(rows: readonly Judged[], times: Times): number {
  return rows.reduce((sum, r, i) => sum + (times[i] ?? 0) * (r.confidence - (r.right ? 1 : 0)) ** 2, 0) / rows.length
}

function errorOf(rows: readonly Judged[], times: Times): number {
  const promised = new Float64Array(10)
  rows.forEach(({ confidence, right }, i) => {
    const bin = Math.min(9, Math.floor(confidence * 10))
    promised[bin] = (promised[bin] ?? 0) + (times[i] ?? 0) * (confidence - (right ? 1 : 0))
  })
  return promised.reduce((sum, p) => sum + Math.abs(p), 0) / rows.length
}

/** Of rows in the order of their confidence. */
function areaOf(order: readonly Judged[], times: Times): number | null {
  let [total, positives, ranks] = [0, 0, 0]
  for (let i = 0; i < order.length;) {
    let [tied, tiedRight] = [0, 0]
    const { confidence } = order[i] as Judged
    for (; i < order.length && order[i]?.confidence === confidence; i++) {
      tied += times[i] ?? 0
      if (order[i]?.right) tiedRight += times[i] ?? 0
    }
    ranks += tiedRight * (total + (tied + 1) / 2)
    total += tied
    positives += tiedRight
  }
  if (positives === 0 || positives === total) return null
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (total - positives))
}

export function binsOf(rows: readonly Judged[]): Bin[] {
  const bins = Array.from({ length: 10 }, (_, i) => ({ from: i / 10, n: 0, said: 0, was: 0 }))
  for (const { confidence, right } of rows) {
    const bin = bins[Math.min(9, Math.floor(confidence * 10))] as Bin
    bin.n++
    bin.said += confidence
    bin.was += right ? 1 : 0
  }
  return bins.map((b) => (b.n === 0 ? b : { ...b, said: b.said / b.n, was: b.was / b.n }))
}

export const calibrationError = (rows: readonly Judged[]): number => errorOf(rows, once(rows.length))

/** Area under the ROC curve by ranks (Mann & Whitney 1947); ties count half. Null without both kinds. */
export const auroc = (rows: readonly Judged[]): number | null => areaOf(byConfidence(rows), once(rows.length))

function resampled(n: number): Times[] {
  let state = 1
  // A linear congruential generator (Park & Miller 1988) is enough to choose rows, and always chooses the same.
  const next = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  return Array.from({ length: DRAWS }, () => {
    const times = new Uint16Array(n)
    for (let drawn = 0; drawn < n; drawn++) {
      const i = Math.floor(next() * n)
      times[i] = (times[i] ?? 0) + 1
    }
    return times
  })
}
