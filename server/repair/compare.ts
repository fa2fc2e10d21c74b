/** The pieces of answers beside a wrong statement: each sentence, and each pair of neighbours, for what is said over two. */
import type { Span } from '../../kb/types.ts'
import type { Embedder } from '../../models/types.ts'
import { sentencesOf } from '../../words/sentences.ts'
import { partsOf, type ClaimParts } from './claim-parts.ts'
import { likenessOf, type Likeness } from './likeness.ts'

export interface ComparedPiece {
  span: Span
  parts: ClaimParts
  signals: Likeness & Meaning
}

/** By embeddings, each 0..1. A word of the statement is borne out by the word of the piece that is nearest to it. */
interface Meaning {
  /** Of the two as wholes. */
  cosine: number
  /** How near the statement's words are borne out, on average. */
  borne: number
  /** The same of the two that are borne out least: one wrong word is enough. */
  leastBorne: number
}

/** For each answer its pieces; an answer without a word has none. */
export async function comparePieces(statement: ClaimParts, answers: string[], embedder: Embedder): Promise<ComparedPiece[][]> {
  const pieces = answers.map((answer) => spansOf(answer).map((span) => ({ span, parts: partsOf(answer.slice(span.start, span.end)) })))
  const all = pieces.flat()
  const texts = [statement.text, ...all.map(({ parts }) => parts.text)]
  const words = [...new Set([...statement.terms, ...all.flatMap(({ parts }) => parts.terms)])]
  const vectors = await embedder.embed([...texts, ...words])
  const vectorOf = new Map(words.map((word, i) => [word, vectors[texts.length + i]]))
  const near = (a: string, b: string): number => (a === b ? 1 : dot(vectorOf.get(a), vectorOf.get(b)))
  let at = 0
  return pieces.map((list, i) =>
    list.map((piece) => {
      const cosine = dot(vectors[0], vectors[++at])
      const borne = borneOut(statement.terms, piece.parts.terms, near)
      return { ...piece, signals: { ...likenessOf(statement, piece.parts, answers[i] ?? ''), cosine, ...borne } }
    }),
  )
}

function borneOut(terms: string[], by: string[], near: (a: string, b: string) => number): Pick<Meaning, 'borne' | 'leastBorne'> {
  const borne = terms.map((term) => Math.max(0, ...by.map((other) => near(term, other)))).toSorted((a, b) => a - b)
  return { borne: mean(borne), leastBorne: mean(borne.slice(0, 2)) }
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

function spansOf(answer: string): Span[] {
  const sentences = sentencesOf(answer)
  return [...sentences, ...sentences.slice(1).map((next, i) => ({ start: sentences[i]?.start ?? next.start, end: next.end }))]
}

function dot(a: Float32Array | undefined, b: Float32Array | undefined): number {
  let sum = 0
  for (let i = 0; i < (a?.length ?? 0); i++) sum += (a?.[i] ?? 0) * (b?.[i] ?? 0)
  return sum
}
