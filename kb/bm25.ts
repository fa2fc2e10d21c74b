import { termsOf, wordsOf, isStopWord } from '../words/terms.ts'

const K1 = 1.2
const B = 0.75

/** Exact BM25 (Robertson & Zaragoza 2009) over texts held in memory. */
export interface Bm25 {
  /** Score of every text that shares a term with the query, by its position. */
  scores(query: string): Map<number, number>
  /** What a text would score that had each term of the query endlessly often: the highest score there can be. */
  ceiling(query: string): number
}

export function createBm25(texts: string[]): Bm25 {
  const postings = new Map<string, { text: number; count: number }[]>()
  const lengths = texts.map((text, i) => {
    const counts = new Map<string, number>()
    let length = 0
    for (const word of wordsOf(text)) {
      if (isStopWord(word.raw)) continue
      length += 1
      counts.set(word.term, (counts.get(word.term) ?? 0) + 1)
    }
    for (const [term, count] of counts) {
      const list = postings.get(term)
      if (list === undefined) postings.set(term, [{ text: i, count }])
      else list.push({ text: i, count })
    }
    return length
  })
  const average = lengths.reduce((a, b) => a + b, 0) / Math.max(1, lengths.length) || 1
  const idf = (term: string) => idfOf(texts.length, postings.get(term)?.length ?? 0)

  return {
    scores(query) {
      const scores = new Map<number, number>()
      for (const term of termsOf(query)) {
        const weight = idf(term)
        for (const { text, count } of postings.get(term) ?? []) {
          const norm = K1 * (1 - B + (B * (lengths[text] ?? 0)) / average)
          scores.set(text, (scores.get(text) ?? 0) + (weight * count * (K1 + 1)) / (count + norm))
        }
      }
      return scores
    },
    ceiling: (query) => termsOf(query).reduce((total, term) => total + idf(term) * (K1 + 1), 0),
  }
}

/** ln(1 + (N - n + 0.5) / (n + 0.5)): never below 0. */
export const idfOf = (total: number, containing: number): number => Math.log(1 + (total - containing + 0.5) / (containing + 0.5))
