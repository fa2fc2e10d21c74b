import { createBm25 } from './bm25.ts'
import type { Hit, Passage, SearchRequest } from './types.ts'
import type { VectorIndex } from './vector-index.ts'

/** How many the vectors and the words may each propose. */
const CANDIDATES = 48

export interface Search {
  find(request: SearchRequest, vector: Float32Array): Promise<Hit[]>
}

/**
 * Hybrid search over the passages in force. Vectors of passages and of their blocks and BM25 propose candidates; each is scored by
 * cosine + BM25 / the highest BM25 that the question can reach, where the cosine is the mean of the passage's and of its best
 * block's. Why this mix: docs/decisions/0003-search-mixes-scores.md.
 */
export function createSearch(passages: { passage: Passage; text: string }[], index: VectorIndex): Search {
  const byId = new Map(passages.map(({ passage }) => [passage.id, passage]))
  const mayFind = (id: string, tier: string) => byId.get(id)?.tier === 'all' || byId.get(id)?.tier === tier
  const bm25 = createBm25(passages.map(({ text }) => text))

  return {
    async find({ question, tier, limit }, vector) {
      const words = wordScores(question, tier)
      const [whole, parts] = await Promise.all([
        index.nearest('passage', vector, tier, CANDIDATES),
        index.nearest('block', vector, tier, 2 * CANDIDATES),
      ])
      const candidates = [...new Set([...whole, ...parts, ...words.best])].filter((id) => mayFind(id, tier))
      const [ofPassage, ofBlock] = await Promise.all([
        index.cosines('passage', vector, candidates),
        index.cosines('block', vector, candidates),
      ])
      const hits = candidates.flatMap((id): Hit[] => {
        const passage = byId.get(id)
        if (passage === undefined) return []
        const own = ofPassage.get(id)
        const cosine = own === undefined ? null : Math.max(0, (own + (ofBlock.get(id) ?? own)) / 2)
        const bm = words.scores.get(id) ?? 0
        return [{ passage, score: (cosine ?? 0) + bm / words.ceiling, cosine, bm25: bm }]
      })
      return hits.toSorted((a, b) => b.score - a.score || a.passage.id.localeCompare(b.passage.id)).slice(0, limit)
    },
  }

  function wordScores(question: string, tier: string) {
    const found: [string, number][] = []
    for (const [at, score] of bm25.scores(question)) {
      const id = passages[at]?.passage.id ?? ''
      if (mayFind(id, tier)) found.push([id, score])
    }
    found.sort((a, b) => b[1] - a[1])
    return { scores: new Map(found), best: found.slice(0, CANDIDATES).map(([id]) => id), ceiling: bm25.ceiling(question) || 1 }
  }
}
