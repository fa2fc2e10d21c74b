/** What is noticed in a conversation, and what staff say while an answer is made. Types only. */

/** A signal as the conversation remembers it. */
export interface CareEvent {
  signal: string
  /** 0..1 */
  strength: number
  /** ms since the epoch */
  at: number
}

/** How much care a conversation needs, 0..1, and the signals behind it, the strongest first. */
export interface Care {
  value: number
  signs: string[]
}

/** What a colleague said about an answer while it was made. */
export interface Whisper {
  /** Name to show. */
  by: string
  staff: string
  note: string
}
