import type { LogisticModel } from '../server/policy/confidence.ts'
import { auroc as areaUnderCurve, calibrationError as errorInBins, type Judged } from '../server/policy/measures.ts'

export interface Row {
  signals: Record<string, number>
  right: boolean
  /** Rows of a group stay on the same side of a split. */
  group: string
}

/**
 * Logistic regression with an L2 penalty on standardised signals, by Newton's method (iteratively reweighted least squares).
 * Signals are clipped to the 1st and 99th percentile seen, so that nothing unseen can lift a confidence.
 */
export function fitLogistic(rows: Row[], names: string[], penalty: number): LogisticModel {
  const shape = names.map((name) => shapeOf(rows.map((r) => r.signals[name] ?? 0)))
  const x = rows.map((r) => [1, ...names.map((name, j) => standard(r.signals[name] ?? 0, shape[j]))])
  const y = rows.map((r) => (r.right ? 1 : 0))
  const size = names.length + 1
  let weights = zeros(size)
  for (let step = 0; step < 50; step++) {
    const gradient = zeros(size)
    const hessian = Array.from({ length: size }, () => zeros(size))
    x.forEach((row, i) => {
      const p = sigmoid(dot(row, weights))
      row.forEach((a, j) => {
        gradient[j] = (gradient[j] ?? 0) + a * ((y[i] ?? 0) - p)
        const line = hessian[j] as number[]
        row.forEach((b, k) => (line[k] = (line[k] ?? 0) + a * b * p * (1 - p)))
      })
    })
    for (let j = 0; j < size; j++) {
      const line = hessian[j] as number[]
      if (j > 0) gradient[j] = (gradient[j] ?? 0) - penalty * (weights[j] ?? 0)
      line[j] = (line[j] ?? 0) + (j > 0 ? penalty : 1e-9)
    }
    const delta = solve(hessian, gradient)
    weights = weights.map((w, j) => w + (delta[j] ?? 0))
    if (Math.max(...delta.map(Math.abs)) < 1e-8) break
  }
  return {
    bias: round(weights[0] ?? 0),
    signals: Object.fromEntries(names.map((name, j) => [name, { weight: round(weights[j + 1] ?? 0), ...(shape[j] as Shape) }])),
  }
}

/** Out-of-fold predictions, groups kept together. */
export function crossValidate(
  rows: Row[],
  names: string[],
  penalty: number,
  folds: number,
  predict: (m: LogisticModel, s: Row['signals']) => number,
): number[] {
  const groups = [...new Set(rows.map((r) => r.group))].sort()
  const foldOf = new Map(groups.map((g, i) => [g, i % folds]))
  const out = zeros(rows.length)
  for (let fold = 0; fold < folds; fold++) {
    const model = fitLogistic(
      rows.filter((r) => foldOf.get(r.group) !== fold),
      names,
      penalty,
    )
    rows.forEach((r, i) => {
      if (foldOf.get(r.group) === fold) out[i] = predict(model, r.signals)
    })
  }
  return out
}

const judged = (scores: number[], right: boolean[]): Judged[] => scores.map((confidence, i) => ({ confidence, right: right[i] === true }))

/** Area under the ROC curve; NaN where all are right or all wrong. */
export const auroc = (scores: number[], right: boolean[]): number => areaUnderCurve(judged(scores, right)) ?? NaN

/** Expected calibration error over ten bins of equal width, of scores from 0 to 1. */
export const calibrationError = (scores: number[], right: boolean[]): number => errorInBins(judged(scores, right))

interface Shape {
  centre: number
  spread: number
  min: number
  max: number
}

function shapeOf(values: number[]): Shape {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(share * (sorted.length - 1))))] ?? 0
  const [min, max] = [at(0.01), at(0.99)]
  const clipped = values.map((v) => Math.min(max, Math.max(min, v)))
  const centre = clipped.reduce((a, b) => a + b, 0) / clipped.length
  const spread = Math.sqrt(clipped.reduce((a, b) => a + (b - centre) ** 2, 0) / clipped.length) || 1
  return { centre: round(centre), spread: round(spread), min: round(min), max: round(max) }
}

const zeros = (n: number): number[] => Array.from({ length: n }, () => 0)
const standard = (value: number, shape: Shape | undefined): number =>
  shape ? (Math.min(shape.max, Math.max(shape.min, value)) - shape.centre) / shape.spread : 0
const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z))
const dot = (a: number[], b: number[]): number => a.reduce((sum, v, i) => sum + v * (b[i] ?? 0), 0)
const round = (value: number): number => Number(value.toPrecision(6))

/** Gaussian elimination with partial pivoting. */
function solve(matrix: number[][], vector: number[]): number[] {
  const n = vector.length
  const a = matrix.map((row, i) => [...row, vector[i] ?? 0])
  for (let c = 0; c < n; c++) {
    let pivot = c
    for (let r = c + 1; r < n; r++) if (Math.abs(a[r]?.[c] ?? 0) > Math.abs(a[pivot]?.[c] ?? 0)) pivot = r
    ;[a[c], a[pivot]] = [a[pivot] as number[], a[c] as number[]]
    const top = a[c] as number[]
    for (let r = 0; r < n; r++) {
      const row = a[r] as number[]
      if (r === c) continue
      const factor = (row[c] ?? 0) / (top[c] || 1e-12)
      for (let k = c; k <= n; k++) row[k] = (row[k] ?? 0) - factor * (top[k] ?? 0)
    }
  }
  return a.map((row, i) => (row[n] ?? 0) / (row[i] || 1e-12))
}
