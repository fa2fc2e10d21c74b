import { unitsOf } from '../../words/premise.ts'
import { isStopWord, wordsOf } from '../../words/terms.ts'
import type { Window } from './check.ts'

/**
 * How far a window's words carry a claim, all 0..1: `coverage` IDF-weighted share of the claim's terms in the window, `bigram` share of its
 * neighbouring pairs, `run` its longest run of words that stands in the window, `newRun` its longest run of content words that doesn't,
 * `cosine` of the embeddings, `copied` 1 when it is one of the window's sentences, items or rows word for word.
 */
export function support(claim: string, window: Window, idf: (term: string) => number, cosine: number): Record<string, number> {
  const mine = wordsOf(claim)
  const theirs = wordsOf(`${window.about}\n${window.text}`)
  const known = new Set(theirs.map((w) => w.term))
  const content = mine.filter((w) => !isStopWord(w.raw))
  const total = content.reduce((sum, w) => sum + idf(w.term), 0)
  const found = content.reduce((sum, w) => sum + (known.has(w.term) ? idf(w.term) : 0), 0)
  const pairs = new Set(pairsOf(theirs.map((w) => w.term)))
  const myPairs = pairsOf(mine.map((w) => w.term))
  return {
    coverage: total > 0 ? found / total : 1,
    bigram: myPairs.length > 0 ? myPairs.filter((p) => pairs.has(p)).length / myPairs.length : 1,
    run:
      mine.length > 0
        ? longestRun(
            mine.map((w) => w.term),
            theirs.map((w) => w.term),
          ) / mine.length
        : 1,
    newRun: content.length > 0 ? longestNew(content.map((w) => known.has(w.term))) / content.length : 0,
    cosine,
    copied: isOneOf(claim, window.text) ? 1 : 0,
  }
}

/** Ranks windows for a claim; the calibrated figure is the confidence's business. */
export function supportScore(s: Record<string, number>): number {
  return 0.45 * (s.coverage ?? 0) + 0.2 * (s.bigram ?? 0) + 0.15 * (s.run ?? 0) + 0.2 * (s.cosine ?? 0) - 0.1 * (s.newRun ?? 0)
}

/** A whole unit: of a part of one, what bounds it may be missing. */
function isOneOf(claim: string, window: string): boolean {
  const spoken = (text: string): string =>
    wordsOf(text)
      .map((w) => w.raw)
      .join(' ')
  const mine = spoken(claim)
  return mine !== '' && unitsOf(window).some((unit) => spoken(unit) === mine)
}

const pairsOf = (terms: string[]): string[] => terms.slice(1).map((t, i) => `${terms[i]} ${t}`)

function longestNew(known: boolean[]): number {
  let longest = 0
  let now = 0
  for (const k of known) longest = Math.max(longest, (now = k ? 0 : now + 1))
  return longest
}

/** Length of the longest common contiguous run (dynamic programming, one row). */
function longestRun(a: string[], b: string[]): number {
  let row = new Uint16Array(b.length + 1)
  let best = 0
  for (const term of a) {
    const next = new Uint16Array(b.length + 1)
    for (let j = 1; j <= b.length; j++) {
      if (b[j - 1] === term) best = Math.max(best, (next[j] = (row[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return best
}
