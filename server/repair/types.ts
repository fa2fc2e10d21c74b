/** Something wrong that was said, and whom it reached. Types only. */
import type { Span } from '../../kb/types.ts'
import type { RevisionSpan } from '../store/reach-types.ts'

/** What was wrong, and where it stood. */
export interface Wrong {
  /** The wrong statement: one sentence or a few. */
  statement: string
  /** Stretches of revisions that say it; earlier, later and other revisions that hold the same words are found from them. Empty: no article says it. */
  spans: RevisionSpan[]
  /** Articles that it was told from: of an answer that cites one of them, a weaker likeness suffices. */
  articles: string[]
}

/** Answers looked at so far, of how many; how many of them are in. */
export interface ReachProgress {
  looked: number
  of: number
  found: number
}

/** What a matcher says of one answer. */
export interface Match {
  /** Does it say the same as the wrong statement? */
  hit: boolean
  /** 0..1 */
  score: number
  /** Where: one sentence or two neighbouring ones. Null: the answer is empty. */
  said: Span | null
  /** In words for a support lead. */
  why: string
}

/** Compares one wrong statement with answers. */
export interface ClaimMatcher {
  /** By words and figures alone, 0..1, in microseconds: an answer below `FLOOR` has nothing in common with the statement. */
  likeness(answer: string): number
  /** In the order of the answers. */
  match(answers: string[], signal?: AbortSignal): Promise<Match[]>
}
