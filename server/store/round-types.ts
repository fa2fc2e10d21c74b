/** Questions whose answers were judged, asked again after something changed that the proof rests on. Types only; no personal text in any of it. */
import type { Actor, Channel, Form, Trace } from '../types.ts'
import type { ImportState } from './import-types.ts'
import type { Fingerprint, ScoredAnswer } from './label-types.ts'

/** A question that chance chose: a turn of a customer, or a past question that was taken in. */
export interface Root {
  id: string
  /** When its answer was made; ms since the epoch. */
  at: number
  /** How many people were to judge it. */
  judges: number
}

export interface Round {
  id: string
  form: Form
  state: ImportState
  /** What was to answer them when it began. */
  making: Fingerprint
  /** When the oldest of the answers was made to which these questions were given before. */
  oldest: number
  by: Actor
  /** ms since the epoch */
  at: number
  endedAt: number | null
  counts: RoundCounts
}

export interface RoundCounts {
  total: number
  queued: number
  failed: number
  /** Answers that would go out if they were sure enough: what the next proof is made from. */
  answers: number
  /** The same as one that was judged: the judgements hold. */
  same: number
  /** Judged wrong before, and answered from other words since: counted as wrong, whatever is said now. */
  mended: number
  /** Of the rest, how many somebody has judged. */
  judged: number
}

/** One question of a round. Its id stands where a turn's id stands: for its trace, its score and its labels. */
export interface AskedAgain {
  id: string
  round: string
  root: string
  form: Form
  judges: number
  judged: number
}

/** An earlier answer to the same question that somebody judged. */
export interface JudgedBefore {
  /** Whose labels they are. */
  turn: string
  /** Null once erased. */
  trace: Trace | null
  /** Wrong as soon as one says so; null when nobody can tell. */
  right: boolean | null
}

/** What stays of earlier judgements. */
export interface Kept {
  /** The judged answer that this one is the same as. */
  labelsOf: string | null
  mended: boolean
}

export interface RoundStore {
  /**
   * The questions that can be asked again for this form, in the order in which they were answered: of judged imports all, of customers those that chance
   * chose, the first of each conversation, up to the first that nobody has judged yet. Only those answered after `since`.
   */
  roots(form: Form, since: number): Root[]
  /** Answering begins. Errors: invalid without questions. */
  begin(of: { form: Form; making: Fingerprint; roots: Root[] }, by: Actor): Round
  get(id: string): Round | null
  /** Newest first. */
  list(): Round[]
  newest(form: Form): Omit<Round, 'counts'> | null
  /** The oldest whose answers are being made. */
  underWay(): Pick<Round, 'id' | 'form' | 'making'> | null
  /** The first question that has no answer yet, with its text. Those whose text was erased meanwhile have failed. Null when there is none. */
  next(id: string): { question: AskedAgain; text: string; channel: Channel; tier: string } | null
  question(id: string): AskedAgain | null
  trace(question: string): Trace | null
  /** Judged answers to the same question, newest first, and whether it counts as mended already. */
  before(question: string): { answers: JudgedBefore[]; mended: boolean }
  /** One transaction: the trace, its log entry and what the answer scored. `stale` when a cited revision is no longer in force. The last question ends the round. */
  answered(
    question: string,
    trace: Trace,
    scored: ScoredAnswer[],
    kept: Kept,
  ): { result: 'recorded' } | { result: 'stale'; revisions: string[] }
  /** It could not be answered; `why` without personal text. */
  failed(question: string, why: string): void
  stop(id: string, by: Actor): void
  /** Goes on; questions that failed are tried again. Errors: conflict when there is nothing left to answer. */
  goOn(id: string, by: Actor): void
  /** Of the newest round of each form: what changed and is not yet judged by as many as are to, and not by this person; in the order of the questions. */
  toJudge(by: Actor, limit: number): AskedAgain[]
  leftToJudge(by: Actor): number
}
