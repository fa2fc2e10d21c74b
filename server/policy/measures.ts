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
  const draws = resampled(rows)
  const figure = (of: (some: readonly Judged[]) => number | null): Figure | null => {
    const value = of(rows)
    if (value === null) return null
    const seen = draws
      .map(of)
      .filter((v) => v !== null)
      .sort((a, b) => a - b)
    const at = (q: number): number => seen[Math.min(seen.length - 1, Math.floor(q * seen.length))] ?? value
    return { value, low: Math.min(value, at(0.025)), high: Math.max(value, at(0.975)) }
  }
  return {
    n: rows.length,
    right: rows.filter((r) => r.right).length,
    brier: figure(brier) as Figure,
    ece: figure((some) => calibrationError(some)) as Figure,
    auroc: figure(auroc),
  }
}

const brier = (rows: readonly Judged[]): number => rows.reduce((sum, r) => sum + (r.confidence - (r.right ? 1 : 0)) ** 2, 0) / rows.length

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

export const calibrationError = (rows: readonly Judged[]): number =>
  binsOf(rows).reduce((sum, b) => sum + b.n * Math.abs(b.said - b.was), 0) / rows.length

/** Area under the ROC curve by ranks (Mann & Whitney 1947); ties count half. Null without both kinds. */
export function auroc(rows: readonly Judged[]): number | null {
  const order = rows.toSorted((a, b) => a.confidence - b.confidence)
  const positives = rows.filter((r) => r.right).length
  if (positives === 0 || positives === rows.length) return null
  let ranks = 0
  for (let i = 0; i < order.length;) {
    let j = i
    while (j < order.length && order[j]?.confidence === order[i]?.confidence) j++
    for (let k = i; k < j; k++) if (order[k]?.right) ranks += (i + j + 1) / 2
    i = j
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (rows.length - positives))
}

function resampled(rows: readonly Judged[]): Judged[][] {
  let state = 1
  // A linear congruential generator (Park & Miller 1988) is enough to choose rows, and always chooses the same.
  const next = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  return Array.from({ length: DRAWS }, () => rows.map(() => rows[Math.floor(next() * rows.length)] as Judged))
}
