/** Who was told what, from which words of the articles. Types only; the text of an answer is handed out, never kept elsewhere. */
import type { Span } from '../../kb/types.ts'
import type { Channel } from '../types.ts'

/** A stretch of a revision. */
export interface RevisionSpan extends Span {
  revision: string
}

/** An answer that a customer was told, by Vouch or by a colleague. */
export interface ToldAnswer {
  message: string
  conversation: string
  customer: string
  channel: Channel
  turn: string | null
  /** ms since the epoch */
  at: number
}

export interface ReachStore {
  /** Every stretch of any revision there ever was that holds these words (white space aside), with its article. */
  holding(words: string): (RevisionSpan & { article: string })[]
  /** Answers that cite anything of these stretches, oldest first; an index answers it. `cited`: which of the stretches. */
  citing(spans: RevisionSpan[]): (ToldAnswer & { cited: RevisionSpan[] })[]
  /** Messages that cite any revision of the article. */
  citingArticle(article: string): Set<string>
  /** How many answers were told. */
  size(): number
  /** Answers with their text, oldest first, from a position on (0 for the first); erased ones are left out. `next`: null at the end. */
  slice(from: number, limit: number): { answers: (ToldAnswer & { text: string })[]; next: number | null }
  /** The text of one answer; empty when it was erased. */
  text(message: string): string
  /** What is known of an answer's way: delivered, a sign that it was read (rated, or written after it), written again later in any conversation. */
  afterwards(answer: ToldAnswer): { delivered: number | null; seen: number | null; cameBack: number | null }
}
