import type { Author } from '../conversation-types.ts'

export interface SignalInput {
  text: string
  /** The conversation before this message, oldest first. */
  history: { author: Author; text: string; feedback?: 'up' | 'down' | null }[]
  /** The message's embedding, of length 1, and the id of the model that made it; null where it could not be had. */
  vector: { of: string; values: Float32Array } | null
  /** What the customer wrote earlier in this conversation, oldest first, with the cosine to this message. */
  earlier: Likeness[]
  /** What they asked in other conversations within the last day, with the cosine to this message. */
  lately: Likeness[]
}

export interface Likeness {
  text: string
  /** −1..1 */
  cosine: number
}

/** Looks at one message; null when there is nothing to see. Pure. */
export interface SignalSource {
  name: string
  read: (input: SignalInput) => { strength: number; why: string } | null
}
