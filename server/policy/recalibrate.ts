import type { LogisticModel } from './confidence.ts'

export interface FitRow {
  signals: Record<string, number>
  right: boolean
}

/** Pull towards the weights that were shipped, in labels: so many of a firm's own weigh as much as they do, for a signal of usual spread. */
const PULL = 20

/**
 * The shipped weights, moved by a firm's own labels: logistic regression with an L2 penalty on the distance from the shipped weights, by Newton's
 * method. With few labels it stays close to them, with many it follows the labels. Centre, spread and limits of the signals stay as shipped.
 */
export function refit(shipped: LogisticModel, rows: readonly FitRow[], pull = PULL): LogisticModel {
  const names = Object.keys(shipped.signals)
  const prior = [shipped.bias, ...names.map((name) => shipped.signals[name]?.weight ?? 0)]
  const x = rows.map(({ signals }) => [1, ...names.map((name) => standard(shipped, name, signals[name]))])
  let weights = [...prior]
  const loss = (of: readonly number[]): number =>
    x.reduce((sum, row, i) => {
      const logit = row.reduce((s, a, j) => s + a * (of[j] ?? 0), 0)
      return sum + softplus(rows[i]?.right ? -logit : logit)
    }, 0) +
    (pull / 2) * of.reduce((sum, w, j) => sum + (w - (prior[j] ?? 0)) ** 2, 0)
  for (let step = 0; step < 50; step++) {
    const gradient = weights.map((w, j) => -pull * (w - (prior[j] ?? 0)))
    const hessian = weights.map((_, j) => weights.map((__, k) => (j === k ? pull : 0)))
    x.forEach((row, i) => {
      const p = 1 / (1 + Math.exp(-row.reduce((sum, a, j) => sum + a * (weights[j] ?? 0), 0)))
      row.forEach((a, j) => {
        gradient[j] = (gradient[j] ?? 0) + a * ((rows[i]?.right ? 1 : 0) - p)
        const line = hessian[j] as number[]
        row.forEach((b, k) => (line[k] = (line[k] ?? 0) + a * b * p * (1 - p)))
      })
    })
    const move = solve(hessian, gradient)
    // Where the shipped weights are very sure and very wrong a whole step goes too far.
    let stride = 1
    const moved = (): number[] => weights.map((w, j) => w + stride * (move[j] ?? 0))
    while (stride > 1e-6 && loss(moved()) > loss(weights)) stride /= 2
    weights = moved()
    if (Math.max(...move.map(Math.abs)) * stride < 1e-9) break
  }
  return {
    bias: weights[0] ?? shipped.bias,
    signals: Object.fromEntries(
      names.map((name, j) => [name, { ...(shipped.signals[name] as LogisticModel['signals'][string]), weight: weights[j + 1] ?? 0 }]),
    ),
  }
}

/** ln(1 + eˣ) without overflow. */
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))

/** As `confidenceOf` reads a signal: within its limits, and a missing one as its most cautious value. */
function standard(model: LogisticModel, name: string, given: number | undefined): number {
  const t = model.signals[name]
  if (!t) return 0
  const value = given === undefined || Number.isNaN(given) ? (t.weight > 0 ? t.min : t.max) : Math.min(t.max, Math.max(t.min, given))
  return (value - t.centre) / t.spread
}

/** Cholesky's method: the matrix is symmetric and, by the penalty, positive definite. */
function solve(matrix: readonly (readonly number[])[], vector: readonly number[]): number[] {
  const n = vector.length
  const l = matrix.map(() => Array.from({ length: n }, () => 0))
  const at = (i: number, j: number): number => l[i]?.[j] ?? 0
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i]?.[j] ?? 0
      for (let k = 0; k < j; k++) sum -= at(i, k) * at(j, k)
      ;(l[i] as number[])[j] = i === j ? Math.sqrt(sum) : sum / at(j, j)
    }
  const y: number[] = []
  for (let i = 0; i < n; i++) y[i] = ((vector[i] ?? 0) - y.reduce((sum, v, k) => sum + at(i, k) * v, 0)) / at(i, i)
  const out = Array.from({ length: n }, () => 0)
  for (let i = n - 1; i >= 0; i--) {
    let sum = y[i] ?? 0
    for (let k = i + 1; k < n; k++) sum -= at(k, i) * (out[k] ?? 0)
    out[i] = sum / at(i, i)
  }
  return out
}
