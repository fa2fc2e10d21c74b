/** Past questions that were taken in, what Vouch would have answered, and the checks of those who judge. Types only. */
import type { Actor, Channel, Form, Segment, Trace } from '../types.ts'
import type { Fingerprint, ScoredAnswer } from './label-types.ts'

/** `answering`: answers are being made; `stopped`: somebody said stop, it can go on; `done`: every question has its answer, or failed. */
export type ImportState = 'answering' | 'stopped' | 'done'

export interface PastImport {
  id: string
  /** Name of the file; null once its personal text was erased. */
  file: string | null
  /** What is to be certified: the form, for customers of this channel and tier. The topic is recognised question by question. */
  form: Form
  channel: Channel
  tier: string
  state: ImportState
  by: Actor
  /** ms since the epoch */
  at: number
  endedAt: number | null
  counts: ImportCounts
}

export interface ImportCounts {
  total: number
  queued: number
  failed: number
  /** Answered in a way that would go out by itself if its confidence sufficed: these are judged. */
  judgeable: number
  /** Of those, judged by at least one person. */
  judged: number
  /** Judgements that are wanted, and those that were given: some answers are judged by two people. */
  wanted: number
  given: number
}

export interface ImportedQuestion {
  /** Stands where a turn's id stands: for its trace, its score and its labels. */
  id: string
  import: string
  /** Position in the order that chance gave, from 0: the order in which they are answered and judged. */
  place: number
  /** In the file. */
  line: number
  state: 'queued' | 'answered' | 'failed'
  /** What is to be judged of it. */
  form: Form
  /** How many people are to judge it, and how many have. */
  judges: number
  judged: number
}

export interface NewImport {
  file: string
  form: Form
  channel: Channel
  tier: string
  /** In an order that chance gave. `judges`: how many people are to judge it. */
  questions: { line: number; text: string; judges: number }[]
  /** What was left out of the file: how many lines. */
  left: number
}

export interface ImportStore {
  /** Takes the questions in (their text encrypted, under a key of the import's own); answering begins. Errors: invalid without questions. */
  create(input: NewImport, by: Actor): PastImport
  get(id: string): PastImport | null
  /** Newest first. */
  list(): PastImport[]
  /** The oldest import whose answers are being made. */
  underWay(): PastImport | null
  /** The first question of the import that has no answer yet, with its text, and as whose it is answered. Null when there is none. */
  next(id: string): { question: ImportedQuestion; text: string; channel: Channel; tier: string } | null
  question(id: string): ImportedQuestion | null
  trace(question: string): Trace | null
  /** The questions as they were taken in; empty once erased. */
  texts(id: string): string[]
  /** What its answers were made by: more than one when that changed meanwhile. */
  makings(id: string): Fingerprint[]
  /** Those that its judged answers belong to. */
  segments(id: string): Segment[]
  /**
   * One transaction: the trace, its log entry and what the answer scored. `stale` when a cited revision is no longer in force. The last
   * question ends the import.
   */
  answered(question: string, trace: Trace, scored: ScoredAnswer[]): { result: 'recorded' } | { result: 'stale'; revisions: string[] }
  /** It could not be answered; `why` without personal text. */
  failed(question: string, why: string): void
  stop(id: string, by: Actor): void
  /** Goes on; questions that failed are tried again. */
  goOn(id: string, by: Actor): void
  /**
   * To be judged by this person, in the order of chance, the oldest import first: not yet judged by as many as are to. While answers of an import
   * are being made none of it is judged, since how many there will be settles how many a test is made with.
   */
  toJudge(by: Actor, limit: number): ImportedQuestion[]
  /** How many those are in all. */
  leftToJudge(by: Actor): number
  /** Answers on which two or more people agreed, and this person was not among them. */
  agreed(by: Actor, limit: number): { question: ImportedQuestion; right: boolean }[]
}

/** An answer whose verdict is known, shown among the others to see whether judging is done with care. It is no label. */
export interface Decoy {
  /** `swapped`: the answer to another question, so it is wrong; `agreed`: two others agreed on it. */
  kind: 'swapped' | 'agreed'
  /** The question that was shown. */
  turn: string
  known: boolean
  said: boolean | null
  by: Actor
  at: number
  seconds: number | null
}

export interface DecoyStore {
  /** Returns the number of its row. */
  add(decoy: Omit<Decoy, 'by' | 'at'>, by: Actor): number
  /** A wrong key was pressed. Errors: notFound when there is none of this person. */
  withdraw(id: number, by: Actor): void
  list(): Decoy[]
}
