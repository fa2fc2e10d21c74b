/** Empties the outbox: what was recorded for a customer is delivered at least once, also when the process ended in between. */
import { VouchError } from '../errors.ts'
import type { Logger } from '../log.ts'
import type { Store } from '../store/types.ts'
import { Undeliverable, type Delivery } from './channel.ts'

export interface Dispatcher {
  /** Delivers what is due now; a call during a run makes it look once more. */
  run(): Promise<void>
  close(): Promise<void>
}

interface Needs {
  store: { outbox: Store['outbox']; conversations: Pick<Store['conversations'], 'message'> }
  /** Told of what is not tried any more. */
  onGivenUp?: (message: string) => void
  channels: Delivery[]
  clock: () => number
  log: Logger
  /** ms between its own runs; 0: only when called. */
  everyMs?: number
}

const BATCH = 100
/** ms until a failed delivery is tried again: doubles with each attempt, up to the longest. */
const FIRST_WAIT = 2000
const LONGEST_WAIT = 3_600_000
/** With these waits, about a day; then it is given up, and staff are told. */
const MOST_ATTEMPTS = 34

export function createDispatcher({ store, channels, clock, log, onGivenUp, everyMs = 1000 }: Needs): Dispatcher {
  const ways = channels.map((c) => c.channel)
  let running: Promise<void> | null = null
  let again = false
  const closing = new AbortController()
  const timer = everyMs > 0 ? setInterval(() => void run(), everyMs).unref() : null

  function run(): Promise<void> {
    again = true
    running ??= empty().finally(() => {
      running = null
    })
    return running
  }

  async function empty(): Promise<void> {
    try {
      while (again && !closing.signal.aborted) {
        again = false
        for (let due = store.outbox.due(BATCH, ways); due.length > 0 && !closing.signal.aborted; due = store.outbox.due(BATCH, ways)) {
          for (const delivery of due) await deliver(delivery)
        }
      }
    } catch (error) {
      // The record can't be written: nothing is marked, so it is delivered again once it can.
      if (!(error instanceof VouchError)) log.error({ err: error }, 'the outbox could not be emptied')
    }
  }

  async function deliver({ id, channel, message: messageId, attempts }: ReturnType<Store['outbox']['due']>[number]): Promise<void> {
    const message = store.conversations.message(messageId)
    const way = channels.find((c) => c.channel === channel)
    let trouble: string | null = null
    let last = attempts + 1 >= MOST_ATTEMPTS
    try {
      if (!message || !way) throw new Error(message ? `there is no channel ${channel}` : 'the message is gone')
      await way.deliver(message, String(id))
    } catch (error) {
      trouble = error instanceof Error ? error.message : String(error)
      last ||= error instanceof Undeliverable
    }
    if (trouble === null) return store.outbox.delivered(id)
    log.warn({ delivery: id, channel, attempts: attempts + 1, last }, 'a message could not be delivered')
    if (last) {
      store.outbox.givenUp(id, trouble)
      return onGivenUp?.(messageId)
    }
    store.outbox.failed(id, trouble, clock() + Math.min(FIRST_WAIT * 2 ** attempts, LONGEST_WAIT))
  }

  return {
    run,
    async close() {
      closing.abort()
      if (timer) clearInterval(timer)
      await running
    },
  }
}
