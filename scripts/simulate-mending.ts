/** Worlds in which something changes and the same questions are asked again. */
import { certify, type Label } from '../server/policy/certificate.ts'
import type { Tally, World } from './simulate-worlds.ts'

export interface Mending {
  worlds: number
  /** Labels, which are the same questions both times. */
  n: number
  alpha: number
  /** What the first and the second test may spend. */
  deltas: readonly [number, number]
  /** Articles that the questions are about; a few are asked about often, most seldom (Zipf). */
  articles: number
  /** True: a question that was wrong and mended counts as wrong; false: as it is answered now. */
  keepsWrong: boolean
}

/**
 * Each article answers all questions about it right, or all of them wrong; after the first test those that a label found wrong are mended.
 * Counted are the certificates of the second test.
 */
export function mendWorlds(wrong: World['wrong'], of: Mending, random: () => number): Tally {
  const weights = Array.from({ length: of.articles }, (_, i) => 1 / (i + 1))
  const upTo = cumulated(weights)
  const shares: number[] = []
  let bad = 0
  for (let i = 0; i < of.worlds; i++) {
    const articles = weights.map((weight) => {
      const confidence = random()
      return { weight, confidence, broken: random() < wrong(confidence) }
    })
    const asked = Array.from({ length: of.n }, () => pick(upTo, random()))
    const found = new Set(asked.filter((a) => articles[a]?.broken))
    const labels = asked.map((a, c): Label => {
      const { confidence = 0, broken = false } = articles[a] ?? {}
      return { conversation: `c${c}`, confidence, right: !(broken && (of.keepsWrong || !found.has(a))) }
    })
    const got = certify({ traffic: [], labels, alpha: of.alpha, delta: of.deltas[1] })
    if (!got.certified) continue
    const sent = articles.flatMap((a, at) => (a.confidence >= got.threshold ? [{ ...a, left: a.broken && !found.has(at) }] : []))
    const mass = (some: { weight: number }[]): number => some.reduce((sum, a) => sum + a.weight, 0)
    shares.push(got.share)
    if (mass(sent.filter((a) => a.left)) > of.alpha * mass(sent)) bad++
  }
  return {
    worlds: of.worlds,
    certified: shares.length,
    wrong: bad,
    share: shares.toSorted((a, b) => a - b)[Math.floor(shares.length / 2)] ?? 0,
  }
}

/**
 * Confidence says nothing, and a little more than alpha is wrong, so that any certificate is one too many. Each change gives a tenth of the questions
 * another answer; the others keep theirs, and its label. One test after each: a world counts once, if any of them certifies.
 */
export function askAgainWorlds(of: { worlds: number; n: number; alpha: number; deltas: readonly number[] }, random: () => number): Tally {
  const isRight = (): boolean => random() >= of.alpha + 0.0001
  let certified = 0
  for (let i = 0; i < of.worlds; i++) {
    let labels = Array.from({ length: of.n }, (_, c): Label => ({ conversation: `c${c}`, confidence: random(), right: isRight() }))
    const any = of.deltas.some((delta) => {
      const got = certify({ traffic: [], labels, alpha: of.alpha, delta })
      labels = labels.map((label) => (random() < 0.1 ? { ...label, confidence: random(), right: isRight() } : label))
      return got.certified
    })
    if (any) certified++
  }
  return { worlds: of.worlds, certified, wrong: certified, share: 0 }
}

function cumulated(weights: readonly number[]): number[] {
  const total = weights.reduce((a, b) => a + b, 0)
  let sum = 0
  return weights.map((w) => (sum += w / total))
}

/** The first whose cumulated share exceeds u. */
function pick(upTo: readonly number[], u: number): number {
  let [low, high] = [0, upTo.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((upTo[middle] ?? 1) <= u) low = middle + 1
    else high = middle
  }
  return low
}
