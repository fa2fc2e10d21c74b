/** What was noticed in conversations, and what staff say to each other about them. Types only. */
import type { CareEvent } from '../types.ts'

export interface SignalStore {
  /** What was noticed in a conversation, oldest first: its signals, and each answer that was marked as not helpful. */
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
