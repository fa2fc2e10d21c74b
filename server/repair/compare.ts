/** The pieces of answers beside a wrong statement: each sentence, and each pair of neighbours, for what is said over two. */
import type { Span } from '../../kb/types.ts'
import type { Embedder } from '../../models/types.ts'
import { sentencesOf } from '../../words/sentences.ts'
import { partsOf, type ClaimParts } from './claim-parts.ts'
import { likenessOf, type Likeness } from './likeness.ts'

export interface ComparedPiece {
  span: Span
  parts: ClaimParts
  /** By words, figures, names and denial, and `cosine` of the embeddings. */
  signals: Likeness & { cosine: number }
}

/** For each answer its pieces; an answer without a word has none. */
export async function comparePieces(statement: ClaimParts, answers: string[], embedder: Embedder): Promise<ComparedPiece[][]> {
  const pieces = answers.map((answer) => spansOf(answer).map((span) => ({ span, parts: partsOf(answer.slice(span.start, span.end)) })))
  const [own, ...vectors] = await embedder.embed([statement.text, ...pieces.flat().map(({ parts }) => parts.text)])
  let at = 0
  return pieces.map((list, i) =>
    list.map((piece) => ({
      ...piece,
      signals: { ...likenessOf(statement, piece.parts, answers[i] ?? ''), cosine: dot(own, vectors[at++]) },
    })),
  )
}

function spansOf(answer: string): Span[] {
  const sentences = sentencesOf(answer)
  return [...sentences, ...sentences.slice(1).map((next, i) => ({ start: sentences[i]?.start ?? next.start, end: next.end }))]
}

function dot(a: Float32Array | undefined, b: Float32Array | undefined): number {
  let sum = 0
  for (let i = 0; i < (a?.length ?? 0); i++) sum += (a?.[i] ?? 0) * (b?.[i] ?? 0)
  return sum
}
