/** Sends corrections one thread after another, so many a minute. What waits when the process ends is sent after the next start. */
import type { Logger } from '../log.ts'
import type { Message } from '../conversation-types.ts'
import type { Way } from '../store/correction-types.ts'
import type { Store } from '../store/types.ts'

export interface Sender {
  /** Goes on until nothing waits; a call meanwhile changes nothing. */
  run(): void
  close(): Promise<void>
}

interface Needs {
  store: Pick<Store, 'corrections'>
  /** Threads a minute. */
  perMinute: number
  /** By which ways beside the thread. */
  waysOf: (conversation: string) => Way[]
  announce: (message: Message) => void
  log: Logger
}

/** ms until it is tried again when the record can't be written. */
const LATER = 5000

export function createSender({ store, perMinute, waysOf, announce, log }: Needs): Sender {
  let timer: NodeJS.Timeout | null = null
  let closed = false
  const pause = 60_000 / perMinute

  function next(): void {
    timer = null
    if (closed) return
    try {
      const [first] = store.corrections.waiting(1)
      if (!first) return
      const message = store.corrections.deliver(first.correction, first.conversation, waysOf(first.conversation))
      if (message) announce(message)
      timer = setTimeout(next, pause)
    } catch (error) {
      log.error({ err: error }, 'a correction could not be sent; it is tried again')
      timer = setTimeout(next, LATER)
    }
    timer.unref()
  }

  return {
    run() {
      if (timer === null) next()
    },
    async close() {
      closed = true
      if (timer) clearTimeout(timer)
    },
  }
}
