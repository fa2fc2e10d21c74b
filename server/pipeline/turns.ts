/** Turns under way: one after another within a conversation, cancellable, watched by the pages. */
import { EventEmitter } from 'node:events'
import { BusyError, CancelledError } from '../../models/errors.ts'
import { conflict, notFound, VouchError } from '../errors.ts'
import type { Logger } from '../log.ts'
import type { Note, NoteStore, SignalStore } from '../store/care-types.ts'
import type { ConversationStore, ReviewStore, TurnStore } from '../store/types.ts'
import type { Message, TurnSummary } from '../conversation-types.ts'
import type { Intake, StaffMember, Stage } from '../types.ts'
import type { Care } from '../care-types.ts'
import { careOf, careWords } from '../policy/care.ts'
import { answerQuestion } from './answer-question.ts'
import { askOf } from './ask-of.ts'
import type { Ports } from './ports.ts'

/** What a page that watches a conversation is told. Never a byte of an answer before it is recorded. */
export type TurnEvent =
  | { type: 'stage'; conversation: string; turn: string; stage: Stage }
  | { type: 'noticed'; conversation: string; turn: string | null }
  | { type: 'message'; conversation: string; message: Message }
  | { type: 'state'; conversation: string; state: string }
  | { type: 'turn'; conversation: string; turn: TurnSummary }
  | { type: 'review'; conversation: string; review: string }

export interface Turns {
  /**
   * Takes in a customer's message; durable when it returns. The turn goes on by itself. While a person has (or is asked for) the
   * conversation, the message is for them and there is no turn.
   */
  ask(input: { conversation: string; text: string }): { turn: TurnSummary | null; message: Message; done: Promise<void> }
  /** Gives up a running turn. `taken-over`: because a colleague answers instead, so the customer need not be told. */
  cancel(turn: string, why?: 'taken-over'): boolean
  /** The stage of the conversation's running turn, if any, and what was noticed in its message once it is read. */
  running(conversation: string): RunningTurn | null
  /** Every turn that is under way or waits for one before it. */
  allRunning(): (RunningTurn & { conversation: string })[]
  /** How much care the conversation needs now, with what the running turn's message said; and the signs in words. */
  care(conversation: string): Care & { words: string }
  /**
   * A colleague's word about an answer that is being made: it is kept, and the answer is held for them instead of going out. Errors: conflict
   * when the answer is decided already.
   */
  whisper(turn: string, staff: StaffMember, note: string): Note
  /** Tells the pages of something that happened outside a turn (a colleague wrote, a review was decided). */
  publish(event: TurnEvent): void
  /** All events, or one conversation's; returns how to stop. */
  watch(conversation: string | null, listener: (event: TurnEvent) => void): () => void
  /** Runs again what is on the record as running and is not: when the process ended, or when the record could not be written. */
  resume(): void
  /** Waits for running turns, at most `ms`, then cancels them. */
  close(ms: number): Promise<void>
}

interface Stored {
  turns: Pick<TurnStore, 'start' | 'record' | 'end' | 'get' | 'unfinished'>
  conversations: Pick<ConversationStore, 'get' | 'messages' | 'say' | 'ofCustomer'>
  signals: SignalStore
  reviews: Pick<ReviewStore, 'ofTurn' | 'lock'>
  notes: Pick<NoteStore, 'add' | 'ofTurn'>
}

export interface RunningTurn {
  turn: string
  stage: Stage
  since: number
  intake: Intake | null
}

interface Running extends RunningTurn {
  quiet: boolean
  abort: AbortController
  done: Promise<void>
}

/** Messages remembered as told: far more than are ever in flight. */
const TOLD = 5000

export function createTurns({ store, ports, log }: { store: Stored; ports: Omit<Ports, 'record' | 'onStage'>; log: Logger }): Turns {
  const events = new EventEmitter().setMaxListeners(0)
  /** By conversation; the last one is the end of its queue. */
  const queues = new Map<string, Running[]>()
  let closing = false

  /** Ids of the messages told last: the outbox delivers at least once, the pages hear of each message once. */
  const told = new Set<string>()

  function publish(event: TurnEvent): void {
    if (event.type === 'message') {
      if (told.has(event.message.id)) return
      told.add(event.message.id)
      for (const oldest of told) if (told.size > TOLD) told.delete(oldest)
    }
    events.emit('event', event)
  }

  function begin(turn: TurnSummary, text: string): Promise<void> {
    const queue = queues.get(turn.conversation) ?? []
    const before = queue.at(-1)?.done ?? Promise.resolve()
    const running: Running = {
      turn: turn.id,
      stage: 'reading',
      since: ports.clock(),
      intake: null,
      quiet: false,
      abort: new AbortController(),
      done: Promise.resolve(),
    }
    running.done = before.then(() => run(turn, text, running)).finally(() => leave(turn, running))
    queues.set(turn.conversation, [...queue, running])
    publish({ type: 'turn', conversation: turn.conversation, turn })
    return running.done
  }

  function leave({ conversation }: TurnSummary, running: Running): void {
    const rest = queues.get(conversation)?.filter((r) => r !== running) ?? []
    if (rest.length > 0) queues.set(conversation, rest)
    else queues.delete(conversation)
  }

  async function run(turn: TurnSummary, text: string, running: Running): Promise<void> {
    const { id, conversation } = turn
    running.since = ports.clock()
    try {
      running.abort.signal.throwIfAborted()
      const messages: Message[] = []
      const found = store.conversations.get(conversation)
      if (!found) throw new Error(`conversation ${conversation} is gone`)
      await answerQuestion(
        askOf(turn, text, found, store),
        {
          ...ports,
          whisper: (id) => {
            const last = store.notes.ofTurn(id).findLast((note) => note.kind === 'whisper')
            return last ? { by: last.by, staff: last.staff, note: last.text } : null
          },
          onRead: (_, intake) => {
            running.intake = intake
            publish({ type: 'noticed', conversation, turn: id })
          },
          onStage: (_, stage) => {
            running.stage = stage
            publish({ type: 'stage', conversation, turn: id, stage })
          },
          record: (record) => {
            const result = store.turns.record(record)
            if (result.result === 'recorded') messages.push(...result.messages)
            return result
          },
        },
        running.abort.signal,
      )
      // Before anybody hears of the answer: a page that is drawn then must not say that Vouch is still at it.
      leave(turn, running)
      keepForWhisperer(id)
      announce(id, conversation, messages)
    } catch (error) {
      leave(turn, running)
      giveUp(turn, error, running)
    }
  }

  /** What was held because a colleague stepped in is theirs first. */
  function keepForWhisperer(id: string): void {
    const last = store.notes.ofTurn(id).findLast((note) => note.kind === 'whisper')
    const review = last && store.reviews.ofTurn(id)
    if (last && review) store.reviews.lock(review.id, last.staff)
  }

  /** A turn that failed says so to the customer and on the record. When the record is what fails, it stays unfinished and is run again later. */
  function giveUp({ id, conversation }: TurnSummary, error: unknown, { abort, quiet }: Running): void {
    if (closing) return
    const cancelled = abort.signal.aborted || error instanceof CancelledError
    const why = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error'
    if (!cancelled) log.error({ turn: id, err: why }, 'a turn failed')
    const { texts } = ports
    const notice = cancelled ? texts.cancelled : error instanceof BusyError ? texts.busy(Math.ceil(error.waitMs / 1000)) : texts.failed
    try {
      const message = store.turns.end(id, cancelled ? 'cancelled' : 'failed', why, quiet ? null : notice)
      announce(id, conversation, message ? [message] : [])
    } catch (second) {
      if (!(second instanceof VouchError)) log.error({ turn: id, err: String(second) }, 'a failed turn could not be recorded')
      publish({ type: 'state', conversation, state: 'record-unavailable' })
    }
  }

  function announce(id: string, conversation: string, messages: Message[]): void {
    for (const message of messages) publish({ type: 'message', conversation, message })
    const turn = store.turns.get(id)
    if (turn) publish({ type: 'turn', conversation, turn })
    const now = store.conversations.get(conversation)
    if (now) publish({ type: 'state', conversation, state: now.state })
  }

  const shown = ({ turn, stage, since, intake }: Running): RunningTurn => ({ turn, stage, since, intake })
  const all = (): Running[] => [...queues.values()].flat()

  return {
    ask({ conversation, text }) {
      if (closing) throw conflict('The service is about to stop. Please try again in a moment.')
      const found = store.conversations.get(conversation)
      if (!found) throw notFound('conversation')
      if (found.state === 'closed') throw conflict('This conversation has ended. Please start a new one.')
      if (found.state !== 'machine') {
        const message = store.conversations.say(
          { conversation, author: 'customer', kind: 'question', turn: null, text },
          `customer:${found.customer}`,
        )
        publish({ type: 'message', conversation, message })
        return { turn: null, message, done: Promise.resolve() }
      }
      const { turn, message } = store.turns.start({ conversation, text })
      publish({ type: 'message', conversation, message })
      return { turn, message, done: begin(turn, text) }
    },
    cancel(turn, why) {
      const found = all().find((r) => r.turn === turn)
      if (found && why) found.quiet = true
      found?.abort.abort(new CancelledError())
      return found !== undefined
    },
    running(conversation) {
      const first = queues.get(conversation)?.[0]
      return first ? shown(first) : null
    },
    allRunning: () => [...queues].flatMap(([conversation, list]) => list.map((one) => ({ ...shown(one), conversation }))),
    care(conversation) {
      const reading = queues.get(conversation)?.findLast((one) => one.intake)?.intake?.care
      const care = reading ?? careOf(store.signals.noticed(conversation), ports.clock())
      return { ...care, words: careWords(care) }
    },
    whisper(turn, staff, note) {
      const found = store.turns.get(turn)
      if (!found) throw notFound('question')
      if (found.state !== 'running' || !all().some((r) => r.turn === turn))
        throw conflict(
          'This answer is decided already. If it is held, your word belongs to its review; otherwise take over and write to the customer.',
        )
      const written = store.notes.add({ conversation: found.conversation, turn, kind: 'whisper', staff: staff.id, text: note })
      publish({ type: 'noticed', conversation: found.conversation, turn })
      return written
    },
    publish,
    watch(conversation, listener) {
      const heard = (event: TurnEvent): void => {
        if (conversation !== null && event.conversation !== conversation) return
        try {
          listener(event)
        } catch (error) {
          // The trouble of one who looks on is neither the turn's nor that of others who do.
          log.error({ err: error }, 'a page could not be told')
        }
      }
      events.on('event', heard)
      return () => void events.off('event', heard)
    },
    resume() {
      const under = new Set(all().map((one) => one.turn))
      for (const { turn, text } of store.turns.unfinished()) if (!closing && !under.has(turn.id)) void begin(turn, text)
    },
    async close(ms) {
      closing = true
      const running = all()
      const late = new Promise<void>((resolve) => setTimeout(resolve, ms).unref())
      await Promise.race([Promise.allSettled(running.map((r) => r.done)), late])
      for (const r of running) r.abort.abort(new CancelledError())
      await Promise.race([
        Promise.allSettled(running.map((r) => r.done)),
        new Promise<void>((resolve) => setTimeout(resolve, 1000).unref()),
      ])
    },
  }
}
