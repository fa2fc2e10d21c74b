/** What was noticed in conversations, and what staff say to each other about them. Types only. */
import type { Conversation, TurnSummary } from '../conversation-types.ts'
import type { CareEvent } from '../care-types.ts'

export interface SignalStore {
  /** What was noticed in a conversation, oldest first: its signals, and each answer that was marked as not helpful or reported. */
  noticed(conversation: string): CareEvent[]
}

/** `whisper`: about an answer while it is made or held; `hand-back`: for whoever comes next. */
export type NoteKind = 'whisper' | 'hand-back'

/** A colleague's note. Customers never see it. */
export interface Note {
  id: string
  conversation: string
  turn: string | null
  kind: NoteKind
  staff: string
  /** Name to show. */
  by: string
  text: string
  /** ms since the epoch */
  at: number
}

export interface NoteStore {
  /** Errors: notFound for a conversation that is not there. */
  add(note: Pick<Note, 'conversation' | 'turn' | 'kind' | 'staff' | 'text'>): Note
  /** Of a conversation, oldest first. */
  of(conversation: string): Note[]
  ofTurn(turn: string): Note[]
}

/** One conversation as the live view shows it. */
export interface LiveRow {
  conversation: Conversation
  /** The customer's last message; null before the first. */
  asked: { text: string; at: number } | null
  /** The last turn. */
  turn: TurnSummary | null
  /** An answer that is held, and until when the customer should hear. */
  review: { id: string; due: number } | null
  /** Since when the customer waits to hear from somebody; null: they don't. */
  waitingSince: number | null
}

export interface LiveStore {
  /** What was written since `since` (ms), and all that wait for a person or have one, the newest first; at most `limit` of each. */
  rows(since: number, limit: number): LiveRow[]
}
