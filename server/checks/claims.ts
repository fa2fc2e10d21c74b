import type { Embedder } from '../../models/types.ts'
import { sentencesOf } from '../../words/sentences.ts'
import { termsOf, wordsOf } from '../../words/terms.ts'
import type { Claim } from '../types.ts'
import type { GroundedClaim, Window } from './check.ts'
import { support, supportScore } from './support.ts'

/** Sentences that say nothing that could be wrong: politeness alone. "Sorry, that costs £25" is a claim, and so is "No, you pay nothing". */
const EMPTY = new RegExp(
  [
    String.raw`(?:yes|no|hello|hi|thank you|thanks|you're welcome|(?:i'm )?sorry)`,
    String.raw`(?:thank you|thanks) for (?:your|the|asking|getting|contacting)\b[^.,;:\d]{0,40}`,
    String.raw`i hope (?:this|that) helps\b[^.,;:\d]{0,40}`,
    String.raw`(?:please )?let (?:me|us) know if you\b[^.,;:\d]{0,50}`,
    String.raw`(?:i'm |we're |we are |i am )?sorry (?:to hear|for (?:the|any|your))\b[^.,;:\d]{0,40}`,
  ]
    .map((words) => `^${words}[.!]?$`)
    .join('|'),
  'i',
)

/** The checkable sentences of an answer. */
export function splitClaims(answer: string): Claim[] {
  return sentencesOf(answer)
    .map(({ start, end }) => ({ start, end, text: answer.slice(start, end) }))
    .filter(({ text }) => termsOf(text).length > 0 && !EMPTY.test(text.replaceAll('’', "'")))
    .map((claim, index) => ({ index, ...claim, evidence: [] }))
}

/** Each claim with the window that supports it best and the blocks in that window that carry its words. */
export async function groundClaims(
  claims: Claim[],
  windows: Window[],
  idf: (term: string) => number,
  embedder: Embedder,
): Promise<GroundedClaim[]> {
  if (windows.length === 0 || claims.length === 0) return []
  const vectors = await embedder.embed([...claims.map((c) => c.text), ...windows.map((w) => w.text)])
  return claims.map((claim, i) => {
    const ranked = windows
      .map((window, j) => ({ window, support: support(claim.text, window, idf, dot(vectors[i], vectors[claims.length + j])) }))
      .map((w) => ({ ...w, score: supportScore(w.support) }))
      .sort((a, b) => b.score - a.score)
    const best = ranked[0] as (typeof ranked)[number]
    return { ...claim, window: best.window, support: best.support, evidence: citedBy(claim.text, best.window, idf) }
  })
}

/** The blocks that carry the claim's words: the best one, and any other that adds a fifth of the weight which the ones before left open. */
function citedBy(claim: string, window: Window, idf: (term: string) => number): Claim['evidence'] {
  const open = new Set(termsOf(claim))
  const total = weight(open, idf)
  const left = window.cites.map((c) => ({ ...c, terms: new Set(wordsOf(c.text).map((w) => w.term)) }))
  const chosen: Claim['evidence'] = []
  while (left.length > 0 && chosen.length < 3) {
    const gains = left.map((c) => weight(new Set([...open].filter((t) => c.terms.has(t))), idf))
    const at = gains.indexOf(Math.max(...gains))
    const best = left.splice(at, 1)[0]
    if (!best || (chosen.length > 0 && (gains[at] ?? 0) < 0.2 * total)) break
    chosen.push(best.citation)
    for (const term of best.terms) open.delete(term)
  }
  return chosen
}

const weight = (terms: Set<string>, idf: (term: string) => number): number => [...terms].reduce((sum, t) => sum + idf(t), 0)

export function dot(a: Float32Array | undefined, b: Float32Array | undefined): number {
  if (!a || !b) return 0
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}
