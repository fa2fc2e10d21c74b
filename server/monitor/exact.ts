/**
 * Two-sided p-value of `k` of `n` beside a reference of `K` of `N`, given that all N + n are exchangeable (Fisher's exact test: twice the
 * smaller hypergeometric tail, at most 1). Nothing has to be known of the true rate.
 */
export function exactP(k: number, n: number, K: number, N: number): number {
  const successes = K + k
  const [low, high] = [Math.max(0, successes - N), Math.min(n, successes)]
  if (low === high) return 1
  const mode = Math.min(high, Math.max(low, Math.round(((n + 1) * (successes + 1)) / (N + n + 2))))
  // Terms relative to the mode's, outward in both directions, so that nothing overflows.
  const weights = new Map([[mode, 1]])
  let [total, at] = [1, 1]
  for (let x = mode; x < high; x++) total += (at = at * stepUp(x, n, successes, N)) && (weights.set(x + 1, at), at)
  at = 1
  for (let x = mode; x > low; x--) total += (at = at / stepUp(x - 1, n, successes, N)) && (weights.set(x - 1, at), at)
  let [below, above] = [0, 0]
  for (const [x, weight] of weights) {
    if (x <= k) below += weight
    if (x >= k) above += weight
  }
  return Math.min(1, (2 * Math.min(below, above)) / total)
}

/** P(x + 1) / P(x) of the hypergeometric distribution: n drawn of N + n, of which `successes` count. */
const stepUp = (x: number, n: number, successes: number, N: number): number =>
  ((successes - x) * (n - x)) / ((x + 1) * (N - successes + x + 1))
