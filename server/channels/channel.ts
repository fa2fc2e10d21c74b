import type { Message } from '../conversation-types.ts'
import type { Channel } from '../types.ts'

/** Tells whoever watches the conversation that there is a message. */
export type Publish = (message: Message) => void

/** How a message reaches the customer. One file a channel, and a line in index.ts. */
export interface Delivery {
  channel: Channel
  /** Resolves when the message is where the channel promises it to be. Errors: anything; it is tried again later. */
  deliver(message: Message): Promise<void>
}
