/** Sends corrections one thread after another, so many a minute. What waits when the process ends is sent after the next start. */
import { VouchError } from '../errors.ts'
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

/** ms until it is tried again when the record can't be written, or a thread can't be told. */
const LATER = 5000

export function createSender({ store, perMinute, waysOf, announce, log }: Needs): Sender {
  let timer: NodeJS.Timeout | null = null
  let closed = false
  /** Threads at the front of the queue that could not be told: the others do not wait for them. */
  let stuck = 0
  const pause = 60_000 / perMinute

  function next(): void {
    timer = null
    if (closed) return
    let wait = pause
    try {
      const thread = store.corrections.waiting(stuck + 1)[stuck]
      if (!thread && stuck === 0) return
      if (thread) tell(thread)
      else [stuck, wait] = [0, LATER]
    } catch (error) {
      log.error({ err: error }, 'a correction could not be sent; it is tried again')
      if (error instanceof VouchError) wait = LATER
      else stuck++
    }
    timer = setTimeout(next, wait)
    timer.unref()
  }

  function tell({ correction, conversation }: { correction: string; conversation: string }): void {
    const message = store.corrections.deliver(correction, conversation, waysOf(conversation))
    if (message) announce(message)
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
