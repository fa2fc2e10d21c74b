/** Turns under way: one after another within a conversation, cancellable, watched by the pages. */
import type { Message, Stage, TurnSummary } from '../types.ts'

/** What a page that watches a conversation is told. Never a byte of an answer before it is recorded. */
export type TurnEvent =
  | { type: 'stage'; conversation: string; turn: string; stage: Stage }
  | { type: 'message'; conversation: string; message: Message }
  | { type: 'state'; conversation: string; state: string }
  | { type: 'turn'; conversation: string; turn: TurnSummary }
  | { type: 'review'; conversation: string; review: string }

export interface Turns {
  /** Takes in a customer's message; durable when it returns. The turn goes on by itself. */
  ask(input: { conversation: string; text: string }): { turn: TurnSummary; message: Message; done: Promise<void> }
  /** Gives up a running turn. */
  cancel(turn: string): boolean
  /** The stage of the conversation's running turn, if any. */
  running(conversation: string): { turn: string; stage: Stage; since: number } | null
  /** Tells the pages of something that happened outside a turn (a colleague wrote, a review was decided). */
  publish(event: TurnEvent): void
  /** All events, or one conversation's; returns how to stop. */
  watch(conversation: string | null, listener: (event: TurnEvent) => void): () => void
  /** Runs again what was running when the process ended. */
  resume(): void
  /** Waits for running turns, at most `ms`, then cancels them. */
  close(ms: number): Promise<void>
}
