/** What puts right what was said, and how it got to whom. Types only. */
import type { Message } from '../conversation-types.ts'
import type { Actor, Channel, Finding } from '../types.ts'

/** Where a message goes: the thread that it belongs to, and beside it by mail or to the firm's own system. */
export type Way = Channel | 'email' | 'webhook'

/** In this order. A `withdrawn` one was rejected, or written anew. */
export type CorrectionState = 'draft' | 'proposed' | 'approved' | 'sending' | 'sent' | 'withdrawn'

/** What the letter is made from. */
export interface CorrectionFields {
  wrong: string
  right: string
  /** How it came about; may be empty. */
  why: string
  /** What the customer may have to do; may be empty. */
  toDo: string
}

export interface Correction extends CorrectionFields {
  id: string
  incident: string
  state: CorrectionState
  /** Exactly what is said in the thread. */
  text: string
  /** What the checks say of `right` against its source. */
  findings: Finding[]
  by: Actor
  at: number
  /** The proposal by which a second person decides. */
  proposal: string | null
  approvedBy: Actor | null
  approvedAt: number | null
}

export type Letter = CorrectionFields & { text: string }

/** A letter that is being checked, or could not be kept, and why. */
export type LetterCheck = { state: 'running'; letter: Letter; by: Actor } | { state: 'failed'; letter: Letter; by: Actor; why: string }

/** One thread in which it was said. Whoever was told several times there is told once that it was wrong. */
export interface Recipient {
  correction: string
  conversation: string
  customer: string
  channel: Channel
  /** `gone`: the customer's text was erased, nothing can be said to them any more. */
  state: 'waiting' | 'sent' | 'gone'
  /** How many answers in this thread it puts right. */
  answers: number
  message: string | null
  sentAt: number | null
  delivered: number | null
  /** Why a way beside the thread is not tried any more; null: none was given up. */
  undelivered: string | null
  openedAt: number | null
  /** `portal`: shown to the customer; `api`: fetched by the program. */
  openedBy: 'portal' | 'api' | null
  remindedAt: number | null
  reminders: number
  called: { at: number; by: Actor; note: string } | null
}

export interface CorrectionCounts {
  threads: number
  sent: number
  gone: number
  delivered: number
  /** Threads beside which a way was given up. */
  undelivered: number
  opened: number
  called: number
}

export interface CorrectionStore {
  /** A new draft; an earlier one that was not approved is withdrawn. Errors: conflict while one is approved or on its way. */
  write(incident: string, given: CorrectionFields & Pick<Correction, 'text' | 'findings'>, by: Actor): Correction
  /** Before its checks begin: a letter that `write` takes the place of. Errors: as `write`. */
  keep(incident: string, letter: Letter, by: Actor): void
  /** What cannot become a correction is not checked again. */
  drop(incident: string): void
  /** Letters whose checks are not through. */
  unchecked(): { incident: string; letter: Letter; by: Actor }[]
  get(id: string): Correction | null
  /** The newest that was not withdrawn. */
  of(incident: string): Correction | null
  propose(id: string, proposal: string, by: Actor): void
  /** Errors: conflict when it is not what was proposed (`digest`), or was decided; forbidden for who wrote it. */
  approve(id: string, digest: string, by: Actor): void
  withdraw(id: string, by: Actor): void
  /** Whom it goes to: every thread with an answer that is in and was not put right yet. Returns how many are new. */
  begin(id: string, by: Actor): number
  /** The next threads that wait, of whatever correction. */
  waiting(limit: number): { correction: string; conversation: string }[]
  /**
   * One transaction: the message, which answers it corrects, and its ways out. Null when it was sent already (or can't be): nobody gets it
   * twice. After the last one the incident is put right.
   */
  deliver(correction: string, conversation: string, ways: Way[]): Message | null
  /** The customer has it before their eyes (or their program has fetched it). Once. */
  opened(message: string, by: 'portal' | 'api'): void
  /** Corrections in this customer's threads of the portal that they have not opened, the oldest first. */
  unopened(customer: string): { conversation: string; message: string }[]
  /** Again by these ways. */
  remind(correction: string, conversation: string, ways: Way[], by: Actor): void
  called(correction: string, conversation: string, note: string, by: Actor): void
  /** Those who have not opened it first. */
  recipients(correction: string, limit?: number): Recipient[]
  counts(correction: string): CorrectionCounts
  /** What a message that puts something right was made from, and how often the customer was reminded of it. */
  behind(message: string): (CorrectionFields & { incident: string; reminders: number }) | null
  /** Answers of the incident that are in and belong to no correction yet. */
  uncorrected(incident: string): number
}

/** How a customer is reached outside the thread. */
export interface ContactStore {
  set(customer: string, contact: { email: string }, by: Actor): void
  get(customer: string): { email: string } | null
}
