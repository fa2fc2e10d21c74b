/** What was proven of thresholds, and where sending is switched off. Types only; no personal text in any of it. */
import type { Actor, Form, Threshold } from '../types.ts'
import type { Fingerprint } from './label-types.ts'

/** One cell of the matrix of thresholds. `*` stands for every topic, channel or tier that has no cell of its own. */
export type Cell = Pick<Threshold, 'topic' | 'channel' | 'tier'> & { form: Form }

/** What is to be proven, fixed before the first label that counts: who could choose the moment would choose a lucky one. */
export interface Plan {
  cell: Cell
  /** At most this share of what is sent may be wrong, 0..1. */
  alpha: number
  /** The first test is made with so many labels, each further one with twice as many as the one before. */
  labels: number
  /** Only answers from then on count; ms since the epoch. */
  since: number
  /** Which of all tests of the house the cell's next one is, from 1, and what answered when it got that place; null: it has none yet. */
  place: number | null
  making: Fingerprint | null
  by: Actor
  at: number
}

/** One threshold that was tested, from strict to loose. */
export interface TestedStep {
  threshold: number
  /** Share of the traffic that it sends, 0..1. */
  share: number
  labels: number
  errors: number
  passed: boolean
}

/** One attempt to certify a cell. */
export interface Attempt {
  id: string
  cell: Cell
  /** From 1; among all of the house at what answered then, and those that shared labels with it. */
  number: number
  alpha: number
  /** What all attempts at all cells may go wrong with together, and what this one spent of it. */
  delta: number
  spent: number
  /** Labels it was made with, one a conversation. */
  rows: number
  steps: TestedStep[]
  /** The loosest threshold that passed, with the bound on what is wrong above it; null when none did. */
  result: { threshold: number; share: number; labels: number; errors: number; bound: number } | null
  fingerprint: Fingerprint
  /** For a quotation: hash of the thresholds of written answers, which are sent instead where they suffice. */
  rivals: string | null
  /** When the oldest answer among the labels was made. */
  since: number
  by: Actor
  at: number
}

/** Sending by itself is switched off for a cell. */
export interface Suspension {
  cell: Cell
  since: number
  /** What the audits had shown. */
  audits: number
  errors: number
}

export interface CertificateStore {
  /** The plan that holds for a cell; null while none was fixed. */
  plan(cell: Cell): Plan | null
  setPlan(plan: Omit<Plan, 'by' | 'at'>, by: Actor): void
  /** The places that were given to tests, whether they were made or not. */
  places(): { place: number; making: Fingerprint }[]
  /** Every attempt is kept, for each has spent its part. */
  record(attempt: Omit<Attempt, 'id' | 'by' | 'at'>, by: Actor): Attempt
  /** Newest first. */
  attempts(cell?: Cell): Attempt[]
  suspensions(): Suspension[]
  /** One transaction: the switch, its log entry and the notice to staff. Nothing happens when it is off already. */
  suspend(suspension: Omit<Suspension, 'since'>, notice: { text: string; href: string }): void
  /** Sending goes on, and the audits are counted anew. Errors: conflict when it isn't switched off. */
  resume(cell: Cell, by: Actor, reason: string): void
  /** From when on the audits of a cell are counted: since sending last went on; 0 when it was never off. */
  countedSince(cell: Cell): number
}
