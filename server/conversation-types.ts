/** Conversations, what is said in them, and what people decide about held answers. Types only: every room may import them. */
import type { Channel, Citation, Form, Sentence, Trace, Verdict } from './types.ts'

export type Author = 'customer' | 'vouch' | 'staff'

/** `answer`: an answer to a question; `notice`: a fixed text (held, handed over, no answer found …). */
export type MessageKind = 'question' | 'answer' | 'notice'

export interface Message {
  id: string
  conversation: string
  /** Position in the conversation, from 1. */
  seq: number
  author: Author
  kind: MessageKind
  /** The turn it belongs to; null for what staff write by themselves. */
  turn: string | null
  text: string
  sentences: Sentence[]
  citations: Citation[]
  verdict: Verdict | null
  form: Form | null
  /** Name to show for staff. */
  by: string | null
  at: number
  feedback: 'up' | 'down' | null
  /** The message that puts this one right; null or absent: none. */
  correctedBy?: string | null
  /** For a correction: the answers that it puts right. */
  corrects?: string[]
}

/** `machine`: Vouch answers; `waiting`: a person was asked for; `person`: somebody has taken over; `closed`. */
export type ConversationState = 'machine' | 'waiting' | 'person' | 'closed'

export interface Conversation {
  id: string
  customer: string
  channel: Channel
  tier: string
  state: ConversationState
  assignee: string | null
  startedAt: number
  lastAt: number
}

export type TurnState = 'running' | 'done' | 'failed' | 'cancelled'

/** A turn as lists show it: no personal text in it. */
export interface TurnSummary {
  id: string
  conversation: string
  channel: Channel
  tier: string
  topic: string
  state: TurnState
  verdict: Verdict | null
  form: Form | null
  confidence: number | null
  at: number
  /** ms until the decision */
  took: number | null
  /** There was no question in it: it was asked back what is meant, or thanks or a greeting were answered with a word. */
  fixed: 'asked-back' | 'nothing-asked' | null
}

export type ReviewState = 'open' | 'decided'
export type ReviewOutcome = 'approved' | 'edited' | 'rejected' | 'taken-over'

export interface Review {
  id: string
  turn: string
  conversation: string
  state: ReviewState
  topic: string
  channel: Channel
  tier: string
  confidence: number
  /** The rule that held it, in words. */
  reason: string
  at: number
  /** When the customer should have heard. */
  due: number
  lockedBy: string | null
  lockedUntil: number | null
  outcome: ReviewOutcome | null
  decidedBy: string | null
  decidedAt: number | null
  /** The incident whose quarantine it runs into; null: none. It can't be approved as it is. */
  quarantined: string | null
}

/** What a reviewer has begun to write instead of a held answer; kept while it is checked, until the review is decided. */
export interface Edit {
  /** `writing`: the model writes the draft again. `failed`: it could not be checked, or not be sent. */
  state: 'writing' | 'checking' | 'checked' | 'failed'
  /** Which form it began with. */
  form: Form
  text: string
  /** Sentences that the model has been asked about, and how many there are; 0 while nobody knows. */
  asked: number
  sentences: number
  checked: Pick<Trace, 'claims' | 'findings'> | null
  why: string | null
}
