import type { Message } from '../../server/conversation-types.ts'
import type { Citation } from '../../server/types.ts'

/** A stretch of a document that an answer rests on, with the number that it has in the answer, from 1. */
export interface Source {
  number: number
  citation: Citation
}

/** The sources of an answer in the order in which its sentences name them; the same stretch has the same number everywhere. */
export function sourcesOf({ sentences, citations }: Pick<Message, 'sentences' | 'citations'>): Source[] {
  const found = new Map<string, Source>()
  for (const citation of [...inOrder(sentences).flatMap((sentence) => sentence.citations), ...citations]) {
    const key = keyOf(citation)
    if (!found.has(key)) found.set(key, { number: found.size + 1, citation })
  }
  return [...found.values()]
}

/** Those of one sentence, by number. */
export function numbersOf(cited: Citation[], sources: Source[]): Source[] {
  const keys = new Set(cited.map(keyOf))
  return sources.filter(({ citation }) => keys.has(keyOf(citation)))
}

export function inOrder<T extends { start: number }>(spans: T[]): T[] {
  return spans.toSorted((a, b) => a.start - b.start)
}

const keyOf = ({ revision, start, end }: Citation): string => `${revision}:${start}-${end}`
