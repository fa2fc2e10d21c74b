/** Past questions are answered one after another behind everybody who waits: nothing of it reaches a customer. */
import { setTimeout as sleep } from 'node:timers/promises'
import { BusyError, CancelledError } from '../../models/errors.ts'
import { VouchError } from '../errors.ts'
import type { Logger } from '../log.ts'
import { answerQuestion } from '../pipeline/answer-question.ts'
import { inBackground } from '../pipeline/in-background.ts'
import type { Ports } from '../pipeline/ports.ts'
import type { ImportStore } from '../store/import-types.ts'
import type { ScoredAnswer } from '../store/label-types.ts'
import type { Actor, Channel, Form, Trace } from '../types.ts'

export interface Answering {
  /** Tells it that there is something to do: an import was made, or goes on. */
  wake(): void
  /** Gives up the question that is being answered, and leaves the rest. */
  stop(id: string, by: Actor): void
  /** Gives up what is being answered; it is answered after the next start. */
  close(): Promise<void>
}

/** What is answered: past questions that were taken in, or questions that are asked again. */
export interface Questions {
  /** The batch whose turn it is. */
  underWay(): Batch | null
  /** The first of the batch that has no answer yet. Null: nothing of it can be answered. */
  next(batch: string): Asked | null
  answered(question: string, trace: Trace, scored: ScoredAnswer[]): ReturnType<ImportStore['answered']>
  failed(question: string, why: string): void
  stop(batch: string, by: Actor): void
}

interface Batch {
  id: string
  /** What is to be judged. */
  form: Form
}

interface Asked {
  question: { id: string }
  text: string
  channel: Channel
  tier: string
}

export interface AnsweringParts {
  store: { imports: Questions }
  ports: Omit<Ports, 'record' | 'onStage'>
  /** True while a customer waits for an answer. */
  customersWait: () => boolean
  log: Logger
  /** ms between looks whether the way is free. */
  pauseMs?: number
}

/** The record, or the model, can't at the moment: so much longer than a look. */
const PATIENCE = 20

export function createAnswering({ store, ports, customersWait, log, pauseMs = 250 }: AnsweringParts): Answering {
  const { imports } = store
  let running: Promise<void> | null = null
  let current: { import: string; abort: AbortController } | null = null
  const closing = new AbortController()

  async function run(): Promise<void> {
    for (let of = imports.underWay(); of && !closing.signal.aborted; of = imports.underWay()) {
      const found = imports.next(of.id)
      if (!found) {
        // Its text was erased: nothing is left to answer.
        imports.stop(of.id, 'system')
      } else if (customersWait()) await pause(1)
      else await answer(of, found)
    }
  }

  async function answer(of: Batch, { question, text, channel, tier }: Asked): Promise<void> {
    const abort = new AbortController()
    current = { import: of.id, abort }
    try {
      await answerQuestion(
        {
          turn: question.id,
          conversation: question.id,
          customer: { id: of.id, tier },
          channel,
          text,
          history: [],
        },
        {
          ...inBackground(ports),
          threshold: (segment, form) => ({ ...ports.threshold(segment, form), value: form === of.form ? 0 : NEVER }),
          audit: () => ({ share: 1, second: 0 }),
          record: ({ trace, scored }) => imports.answered(question.id, trace, asImported(scored?.answers ?? [], of, ports)),
        },
        abort.signal,
      )
    } catch (error) {
      await settle(question, error, abort.signal.aborted)
    } finally {
      current = null
    }
  }

  /** What passes by itself is waited for; everything else ends this question, and the others go on. */
  async function settle(question: Asked['question'], error: unknown, aborted: boolean): Promise<void> {
    if (aborted || error instanceof CancelledError) return
    if (error instanceof BusyError || (error instanceof VouchError && error.status === 503)) return pause(PATIENCE)
    log.error({ question: question.id, err: error instanceof Error ? error.message : 'unknown error' }, 'a past question failed')
    try {
      imports.failed(question.id, error instanceof Error ? error.name : 'unknown error')
    } catch (second) {
      if (!(second instanceof VouchError)) throw second
      await pause(PATIENCE)
    }
  }

  /** Cut short when it is closed. */
  const pause = (times: number): Promise<void> =>
    sleep(pauseMs * times, undefined, { ref: false, signal: closing.signal }).catch(() => undefined)

  return {
    wake() {
      running ??= run()
        .catch((error: unknown) => log.error({ err: error }, 'past questions are no longer answered'))
        .finally(() => {
          running = null
        })
    },
    stop(id, by) {
      imports.stop(id, by)
      if (current?.import === id) current.abort.abort(new CancelledError())
    },
    async close() {
      closing.abort()
      current?.abort.abort(new CancelledError())
      await running
    },
  }
}

/** The other form is out of question: no time goes into writing for a quotation, and a busy model is waited for rather than quoted around. */
const NEVER = 2

/** Nothing of it was sent; chance chose the questions, so every answer of the form to certify is to be judged. */
function asImported(scored: ScoredAnswer[], { form }: Batch, ports: AnsweringParts['ports']): ScoredAnswer[] {
  return scored.map((answer) => ({
    ...answer,
    source: 'import',
    sent: false,
    probability: answer.form === form ? 1 : 0,
    drawn: answer.form === form,
    rivalFrom: answer.form === 'quoted' ? ports.threshold(answer.segment, 'written').value : null,
  }))
}
