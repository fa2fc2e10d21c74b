import type { Sentence } from '../../server/types.ts'
import { inOrder } from './sources.ts'

export interface Piece {
  text: string
  /** Null for what stands between sentences. */
  sentence: Sentence | null
}

/** The text cut at the ends of its sentences and at blank lines between them. Nothing is lost but the blank lines. */
export function paragraphs(text: string, sentences: Sentence[]): Piece[][] {
  const found: Piece[][] = []
  let open: Piece[] = []
  const close = (): void => {
    if (open.some((piece) => piece.text.trim() !== '')) found.push(open)
    open = []
  }
  const between = (stretch: string): void => {
    for (const [i, part] of stretch.split(/\n[^\S\n]*\n\s*/).entries()) {
      if (i > 0) close()
      if (part !== '') open.push({ text: part, sentence: null })
    }
  }
  let at = 0
  for (const sentence of inOrder(sentences)) {
    const start = Math.max(at, sentence.start)
    const end = Math.min(text.length, sentence.end)
    if (end <= start) continue
    between(text.slice(at, start))
    open.push({ text: text.slice(start, end), sentence })
    at = end
  }
  between(text.slice(at))
  close()
  return found
}
