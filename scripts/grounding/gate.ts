/** Does the checker pass more wrong claims than before? Compared with a run that was kept, by an exact test. */
import { createHash } from 'node:crypto'
import { binomialTail } from '../../server/policy/binomial.ts'
import type { Checked } from './test.ts'

/** A run that later ones are compared with: whether each claim passed, by a hash of claim and premise. No words of the articles. */
export interface Baseline {
  /** ISO date */
  at: string
  /** Whether the answering model was asked. */
  opinion: boolean
  /** Wrong claims; true: it was called supported. */
  wrong: Record<string, boolean>
  /** Of the claims that are true, how many there were and how many passed. */
  right: { of: number; passed: number }
}

export interface Comparison {
  /** Wrong claims that were compared now and then, and how many passed. */
  now: Count
  before: Count
  /** Of the claims that are in both runs: passed now and not then, and the other way round. Null when they are compared as two samples. */
  changed: { worse: number; better: number } | null
  /** Probability of so much worse a result, or a worse one, if the checker were as good as before. */
  p: number
  /** p is at most `LEVEL`. */
  failed: boolean
  /** As many wrong claims passing now, with nothing else changed, would have failed. */
  tolerated: number
}

interface Count {
  passed: number
  of: number
}

/** A checker that is as good as before fails in at most one of twenty comparisons. */
export const LEVEL = 0.05

export function baselineOf(checked: readonly Checked[], opinion: boolean, at: string): Baseline {
  const right = checked.filter((c) => c.right)
  return {
    at,
    opinion,
    wrong: Object.fromEntries(checked.flatMap((c) => (c.right ? [] : [[keyOf(c), c.score === 1]]))),
    right: { of: right.length, passed: right.filter((c) => c.score === 1).length },
  }
}

/**
 * Where most claims are the same as then, each is its own comparison: of those that changed sides as many should have become better as worse (exact
 * sign test; McNemar 1947). Where the articles are others by now, so are the claims: two samples, by Fisher's exact test. One-sided.
 */
export function compare(now: Baseline, then: Baseline): Comparison {
  const common = Object.keys(now.wrong).filter((key) => key in then.wrong)
  const paired = 2 * common.length >= Object.keys(then.wrong).length
  const [a, b] = paired ? [countOf(now, common), countOf(then, common)] : [countOf(now), countOf(then)]
  const worse = common.filter((key) => now.wrong[key] && !then.wrong[key]).length
  const better = common.filter((key) => !now.wrong[key] && then.wrong[key]).length
  const pOf = (passed: number): number => (paired ? signTest(passed - a.passed + worse, better) : fisher(passed, a.of, b.passed, b.of))
  let tolerated = a.passed
  while (tolerated > 0 && pOf(tolerated) <= LEVEL) tolerated--
  while (tolerated < a.of && pOf(tolerated + 1) > LEVEL) tolerated++
  const p = pOf(a.passed)
  return { now: a, before: b, changed: paired ? { worse, better } : null, p, failed: p <= LEVEL, tolerated }
}

const countOf = ({ wrong }: Baseline, keys = Object.keys(wrong)): Count => ({
  of: keys.length,
  passed: keys.filter((key) => wrong[key]).length,
})

const keyOf = ({ claim, premise }: Pick<Checked, 'claim' | 'premise'>): string =>
  createHash('sha256')
    .update(JSON.stringify([claim, premise]))
    .digest('hex')
    .slice(0, 24)

/** P(so many became worse, or more) when each that changed was as likely to become better. */
const signTest = (worse: number, better: number): number => (worse <= 0 ? 1 : binomialTail(better, worse + better, 0.5))

/** P(k or more of the n) when k + K of the n + N are drawn into them at random (Fisher 1935). */
function fisher(k: number, n: number, K: number, N: number): number {
  const passed = k + K
  const logs = Array.from({ length: Math.min(n, passed) + 1 }, (_, x) => ({ x, log: choose(n, x) + choose(N, passed - x) }))
  const most = Math.max(...logs.map((l) => l.log))
  const sum = (some: typeof logs): number => some.reduce((total, l) => total + Math.exp(l.log - most), 0)
  return Math.min(1, sum(logs.filter((l) => l.x >= k)) / sum(logs))
}

/** ln of the number of ways to choose k of n; -Infinity where there is none. */
function choose(n: number, k: number): number {
  if (k < 0 || k > n) return -Infinity
  let log = 0
  for (let i = 1; i <= k; i++) log += Math.log((n - k + i) / i)
  return log
}
