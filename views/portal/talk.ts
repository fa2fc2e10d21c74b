import type { Conversation, Message } from '../../server/conversation-types.ts'
import type { Stage } from '../../server/types.ts'

/** A conversation as its customer sees it at one moment; `conversation` is null before the first message. */
export interface Talk {
  conversation: Conversation | null
  messages: Message[]
  running: { turn: string; stage: Stage } | null
  /** ms since the epoch */
  now: number
}

/** A correction that waits to be read. */
export interface Unread {
  conversation: string
  message: string
}

/** What the portal is told of the firm. */
export interface Firm {
  name: string
  /** How else it can be reached, in its own words. */
  contact: string
  /** Questions that its topics name as examples. */
  examples: string[]
}

/** The most that one message may hold, in UTF-16 units. */
export const MESSAGE_LIMIT = 2_000
