import type { Delivery, Publish } from './channel.ts'

/** Programs fetch: delivered means that the message can be fetched, and that open streams have been told. */
export const api = (publish: Publish): Delivery => ({
  channel: 'api',
  async deliver(message) {
    publish(message)
  },
})
