/** The language model as the house sees it: a queue in front of a process that may die. */
import { CancelledError, ModelDiedError, PromptTooLongError } from './errors.ts'
import { LaneQueue } from './lane-queue.ts'
import type { FromWorker, Job, ToWorker } from './language-model.messages.ts'
import { locateLanguageModel } from './locate.ts'
import { ModelProcess } from './model-process.ts'
import type { Choice, ChooseRequest, Generation, GenerateRequest, Lane, LanguageModel, ModelIdentity, Token } from './types.ts'

export interface LanguageModelOptions {
  modelsDir: string
  /** An id of the manifest, or of a model that the operator added. */
  id: string
  /** CPU threads; more than there are cores is many times slower. */
  threads: number
  /** Requests that may wait. */
  queue: number
  /** Tokens that a prompt and its reply may have together. */
  contextSize?: number
  /** Turns whose prompts are kept warm side by side. */
  sequences?: number
  /** Pause before the first restart, in ms; doubles with each that fails. */
  restartPauseMs?: number
  /** How long the process may say nothing about the request that it works on before it is taken to hang, in ms. */
  silenceMs?: number
  /** Told of each end of the process that was not asked for, before it is started again. */
  onDeath?: (detail: string) => void
}

/** A LanguageModel that says which process it lives in. */
export interface LocalLanguageModel extends LanguageModel {
  readonly pid: number | undefined
}

const WORKER = new URL('./language-model.worker.ts', import.meta.url)

type Unsent<T> = T extends Job ? Omit<T, 'id'> : never

interface Waiting {
  job: Unsent<Job>
  lane: Lane
  since: number
  begun: number
  deaths: number
  /** Tokens handed to `onToken` already: a reply that is begun again is the same, so these are not given twice. */
  given: number
  seen: number
  settled: boolean
  onToken: ((token: Token) => void) | undefined
  done: (result: Generation | Choice) => void
  failed: (error: Error) => void
}

/** Resolves when the weights are loaded. Errors: ModelUnavailableError. */
export async function createLanguageModel(options: LanguageModelOptions): Promise<LocalLanguageModel> {
  return serveModel(await locateLanguageModel(options.modelsDir, options.id), options, WORKER)
}

/** `program`: speaks as language-model.worker.ts does. */
export async function serveModel(
  { file, identity }: { file: string; identity: ModelIdentity },
  options: Omit<LanguageModelOptions, 'modelsDir' | 'id'>,
  program: URL,
): Promise<LocalLanguageModel> {
  const queue = new LaneQueue<Waiting>(options.queue)
  let running: { id: number; waiting: Waiting } | null = null
  let lastId = 0

  const settings = { file, threads: options.threads, contextSize: options.contextSize ?? 4096, sequences: options.sequences ?? 2 }
  const worker = new ModelProcess<ToWorker, FromWorker>(
    {
      program,
      load: { kind: 'load', settings },
      name: file,
      firstPauseMs: options.restartPauseMs,
      silenceMs: options.silenceMs,
    },
    {
      onReady: serveNext,
      onMessage: receive,
      onDeath: (detail) => {
        options.onDeath?.(detail)
        const lost = running?.waiting
        running = null
        if (!lost || lost.settled) return
        if (++lost.deaths < 2) queue.putBack(lost.lane, lost)
        else lost.failed(new ModelDiedError(detail))
      },
      onFailed: (detail) => queue.drain().forEach((waiting) => waiting.failed(new ModelDiedError(detail))),
    },
  )
  await worker.start()

  function serveNext(): void {
    if (running || worker.state !== 'ready') return
    const waiting = queue.take()
    if (!waiting) return
    running = { id: ++lastId, waiting }
    waiting.begun = performance.now()
    waiting.seen = 0
    worker.ask({ ...waiting.job, id: running.id })
  }

  function receive(message: FromWorker): void {
    if (message.id !== running?.id || message.kind === 'reading') return
    const { waiting } = running
    if (message.kind === 'token') return passOn(waiting, message.token)
    running = null
    worker.answered()
    switch (message.kind) {
      case 'generated':
      case 'chosen':
        queue.measured(performance.now() - waiting.begun)
        message.result.timings.queued = waiting.begun - waiting.since
        waiting.done(message.result)
        break
      case 'cancelled':
        waiting.failed(new CancelledError())
        break
      case 'too-long':
        waiting.failed(new PromptTooLongError(message.promptTokens, message.maxTokens, message.contextSize))
        break
      case 'refused':
        waiting.failed(new Error(message.message))
        break
      default:
        message satisfies never
    }
    serveNext()
  }

  function enqueue<T extends Generation | Choice>(
    job: Unsent<Job>,
    lane: Lane,
    signal: AbortSignal | undefined,
    onToken?: (token: Token) => void,
  ): Promise<T> {
    if (signal?.aborted) return Promise.reject(new CancelledError())
    if (worker.state === 'failed') return Promise.reject(new ModelDiedError(worker.lastError ?? 'it does not start'))
    return new Promise<T>((resolve, reject) => {
      const settle = (how: () => void): void => {
        waiting.settled = true
        signal?.removeEventListener('abort', cancel)
        how()
      }
      const waiting: Waiting = {
        job,
        lane,
        since: performance.now(),
        begun: 0,
        deaths: 0,
        given: 0,
        seen: 0,
        settled: false,
        onToken,
        done: (result) => settle(() => resolve(result as T)),
        failed: (error) => settle(() => reject(error)),
      }
      // The caller is free at once; the model may need until the end of its step.
      const cancel = (): void => {
        if (running?.waiting === waiting) worker.send({ kind: 'cancel', id: running.id })
        else queue.remove(waiting)
        waiting.failed(new CancelledError())
      }
      queue.add(lane, waiting)
      signal?.addEventListener('abort', cancel)
      serveNext()
    })
  }

  return {
    identity,
    get pid() {
      return worker.pid
    },
    async generate({ prompt, maxTokens, seed, watch, lane, signal, onToken }: GenerateRequest) {
      return enqueue<Generation>({ kind: 'generate', prompt, maxTokens, seed, ...(watch && { watch }) }, lane, signal, onToken)
    },
    async choose({ prompt, options: choices, lane, signal }: ChooseRequest) {
      return enqueue<Choice>({ kind: 'choose', prompt, options: choices }, lane, signal)
    },
    status: () => ({ state: worker.state, waiting: queue.size, restarts: worker.restarts, lastError: worker.lastError }),
    async close() {
      await worker.close()
      const left = queue.drain()
      if (running) left.push(running.waiting)
      running = null
      for (const waiting of left) if (!waiting.settled) waiting.failed(new CancelledError())
    },
  }
}

function passOn(waiting: Waiting, token: Token): void {
  if (waiting.seen++ < waiting.given) return
  waiting.given++
  if (!waiting.settled) waiting.onToken?.(token)
}
