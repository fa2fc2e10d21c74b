/** Answers that a customer or a colleague said are wrong, and what came of it. Types only. */
import type { Message } from '../conversation-types.ts'
import type { Actor } from '../types.ts'
import type { Mistake } from './label-types.ts'

export type ReportState = 'open' | 'confirmed' | 'dismissed'

export interface Report {
  id: string
  message: string
  conversation: string
  turn: string | null
  /** `customer:ID` or `staff:ID` */
  by: Actor
  /** What they called it, later what staff found it to be; null: not said. */
  kind: Mistake | null
  /** The part of the answer's text that they marked; null: all of it. */
  span: { start: number; end: number } | null
  /** In their own words; may be empty. */
  text: string
  state: ReportState
  /** ms since the epoch */
  at: number
  /** What the customer was told came of it: a message. */
  reply: string | null
  /** For colleagues. */
  note: string
  decidedBy: Actor | null
  decidedAt: number | null
}

export interface NewReport {
  message: string
  kind: Mistake | null
  span: Report['span']
  text: string
}

export interface ReportStore {
  /**
   * One transaction: the report, its log entry, and what the customer who made it is told now. The same person has one open report of an
   * answer: what they add later joins it. Errors: notFound; invalid when it is no answer, or the span lies outside of it.
   */
  add(report: NewReport, by: Actor, notice: string | null): { report: Report; message: Message | null }
  get(id: string): Report | null
  /** Open ones: oldest first; others: newest first. */
  list(filter: { state?: 'open' | 'answered'; limit: number }): Report[]
  openCount(): number
  ofMessage(message: string): Report[]
  /** One transaction: what was found, and the message that tells the customer (null: a colleague's report, and nothing to tell). Errors: notFound, conflict when decided already. */
  decide(
    id: string,
    decision: { state: 'confirmed' | 'dismissed'; kind: Mistake | null; reply: string | null; note: string },
    staff: string,
  ): { report: Report; message: Message | null }
}
