import type { Delivery, Publish } from './channel.ts'

/** The portal is looked at: delivered means that the message lies in the thread, and that open pages have been told. Nobody is known to have read it. */
export const portal = (publish: Publish): Delivery => ({
  channel: 'portal',
  async deliver(message) {
    publish(message)
  },
})
