import type { Message } from '../conversation-types.ts'
import type { Way } from '../store/correction-types.ts'

/** Tells whoever watches the conversation that there is a message. */
export type Publish = (message: Message) => void

/** There is no use in trying again: nobody is reached there. */
export class Undeliverable extends Error {}

/** How a message reaches the customer. One file a channel, and a line in index.ts. */
export interface Delivery {
  channel: Way
  /**
   * Resolves when the message is where the channel promises it to be. `key`: the same at every attempt of one delivery, so that who gets it
   * twice can tell. Errors: Undeliverable ends it; after any other it is tried again later, for about a day.
   */
  deliver(message: Message, key: string): Promise<void>
}
