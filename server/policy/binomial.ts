/** Smallest number of labels with which so many `errors` still show that the error rate is at most `alpha`, with confidence 1 − `delta`. */
export function leastLabels(alpha: number, delta: number, errors: number): number {
  let [low, high] = [errors, Math.max(1, 2 * errors)]
  while (binomialTail(errors, high, alpha) > delta) [low, high] = [high, 2 * high]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (binomialTail(errors, middle, alpha) > delta) low = middle
    else high = middle
  }
  return high
}

/**
 * Upper end of the one-sided interval with confidence 1 − `delta` (Clopper & Pearson 1934, Biometrika 26:404): the largest error rate with
 * which `errors` or fewer among `n` are seen with probability `delta`. 1 when nothing was seen or everything was wrong.
 */
export function upperBound(errors: number, n: number, delta = 0.05): number {
  if (errors >= n) return 1
  let [low, high] = [errors / n, 1]
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2
    if (binomialTail(errors, n, middle) > delta) low = middle
    else high = middle
  }
  return high
}

/**
 * P(X ≤ k) for X ~ Binomial(n, p), exact up to rounding. The sum begins at its largest term, which is computed in logarithms, and goes
 * outward, so that nothing overflows or vanishes at large n.
 */
export function binomialTail(k: number, n: number, p: number): number {
  if (k < 0) return 0
  if (k >= n || p <= 0) return 1
  if (p >= 1) return 0
  return k < n * p ? sumDown(k, n, p) : 1 - sumDown(n - k - 1, n, 1 - p)
}

/** P(X ≤ k) where k is below the mean: the terms only fall from k on. */
function sumDown(k: number, n: number, p: number): number {
  const odds = (1 - p) / p
  let [term, sum] = [1, 1]
  for (let i = k; i > 0 && term > sum * 1e-17; i--) sum += term *= (i / (n - i + 1)) * odds
  const logTerm = logFactorial(n) - logFactorial(k) - logFactorial(n - k) + k * Math.log(p) + (n - k) * Math.log1p(-p)
  return Math.exp(logTerm) * sum
}

const SMALL = Array.from({ length: 20 }, (_, n) => Math.log(Array.from({ length: n }, (__, i) => i + 1).reduce((a, b) => a * b, 1)))

/** ln n!; from 20 on by Stirling's series, whose error there is below 1e-12. */
function logFactorial(n: number): number {
  return SMALL[n] ?? (n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * n) - 1 / (360 * n ** 3) + 1 / (1260 * n ** 5)
}
