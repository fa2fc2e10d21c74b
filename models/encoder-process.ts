/** The process of the encoders as the house sees it: one for all of them, so that they never run beside each other and starve the language model. */
import type { EncoderReply, EncoderRequest, EncoderSettings } from './encoder.messages.ts'
import { CancelledError } from './errors.ts'
import { ModelProcess, type ModelProcessOptions } from './model-process.ts'

/** Things of one encoder that somebody waits for together. */
export interface Work {
  encoder: number
  items: Waiting[]
}

export interface Waiting {
  item: unknown
  done: (result: unknown) => void
  failed: (error: Error) => void
  /** Processes that ended while they computed it. */
  deaths?: number
}

export interface EncoderProcess {
  /** Errors: those of reading and loading the weights. */
  load(settings: EncoderSettings): Promise<number>
  compute(work: Work): void
  /** What waits for this encoder fails with a CancelledError; the last one ends the process. */
  unload(encoder: number): Promise<void>
  /** Told of each end of the process that was not asked for, before it is started again. */
  onDeath(listener: (detail: string) => void): void
}

const PROGRAM = new URL('./encoder.worker.ts', import.meta.url)

let running: EncoderProcess | null = null

/** The process that runs, or a new one. */
export const encoderProcess = (): EncoderProcess => (running ??= startEncoderProcess())

/**
 * Things are computed one at a time: a result then depends on nothing beside it, to the last bit, and a question never waits for more than
 * one passage of a document. Batches gain nothing on one core (32 pairs of 140 tokens: 2.6 s one by one, 2.3 to 2.8 s in twos, fours and
 * sevens) and change the last bits of one result in five. A process that hangs or dies is started again, and what it was computing tried
 * once more. `program`: speaks as encoder.worker.ts does.
 */
export function startEncoderProcess(options: Partial<ModelProcessOptions<EncoderRequest>> = {}): EncoderProcess {
  /** Loaded, or to be loaded by the next process. */
  const encoders = new Map<number, EncoderSettings>()
  /** Who waits for an encoder to be loaded for the first time. */
  const loading = new Map<number, { done: () => void; failed: (error: Error) => void }>()
  const works: Work[] = []
  const listeners: ((detail: string) => void)[] = []
  let current: { encoder: number; waiting: Waiting } | null = null
  /** Requests without a reply. */
  let open = 0
  let count = 0

  const child = new ModelProcess<EncoderRequest, EncoderReply>(
    { program: PROGRAM, load: { kind: 'start' }, name: 'The encoders', ...options },
    {
      onReady() {
        for (const [encoder, settings] of encoders) ask({ kind: 'load', encoder, settings })
        computeNext()
      },
      onMessage(reply) {
        if (--open === 0) child.answered()
        receive(reply)
        computeNext()
      },
      onDeath(detail) {
        open = 0
        const lost = current
        current = null
        if (lost) putBack(lost.encoder, lost.waiting, detail)
        for (const listener of listeners) listener(detail)
      },
      onFailed(detail) {
        const error = new Error(detail)
        for (const { failed } of loading.values()) failed(error)
        for (const { items } of works.splice(0)) for (const waiting of items) waiting.failed(error)
      },
    },
  )
  let started: Promise<void> | null = null

  function ask(request: EncoderRequest): void {
    open++
    child.ask(request)
  }

  function receive(reply: EncoderReply): void {
    if (reply.kind === 'unloaded') return
    if (reply.kind === 'loaded') return loading.get(reply.encoder)?.done()
    if (reply.kind === 'not-loaded') return loading.get(reply.encoder)?.failed(new Error(reply.message))
    const waiting = current?.waiting
    current = null
    if (reply.kind === 'failed') waiting?.failed(new Error(reply.message))
    // What comes out of the pipe is a view of all that came with it, and would keep that in memory.
    else waiting?.done(reply.result instanceof Float32Array ? reply.result.slice() : reply.result)
  }

  function putBack(encoder: number, waiting: Waiting, detail: string): void {
    waiting.deaths = (waiting.deaths ?? 0) + 1
    if (waiting.deaths < 2) works.unshift({ encoder, items: [waiting] })
    else waiting.failed(new Error(detail))
  }

  /** The work with the fewest items left comes first. */
  function computeNext(): void {
    if (current || child.state !== 'ready' || works.length === 0) return
    const shortest = works.reduce((best, work) => (work.items.length < best.items.length ? work : best))
    const waiting = shortest.items.shift()
    if (shortest.items.length === 0) works.splice(works.indexOf(shortest), 1)
    if (!waiting) return computeNext()
    const { encoder } = shortest
    current = { encoder, waiting }
    ask({ kind: 'compute', encoder, item: waiting.item })
  }

  const encoderProcess: EncoderProcess = {
    async load(settings) {
      const encoder = ++count
      try {
        await (started ??= child.start())
        await new Promise<void>((done, failed) => {
          encoders.set(encoder, settings)
          loading.set(encoder, { done, failed })
          if (child.state === 'ready') ask({ kind: 'load', encoder, settings })
        }).finally(() => loading.delete(encoder))
      } catch (error) {
        await encoderProcess.unload(encoder)
        throw error
      }
      return encoder
    },
    compute(work) {
      if (child.state === 'failed')
        for (const waiting of work.items) waiting.failed(new Error(child.lastError ?? 'its process does not start'))
      else works.push(work)
      computeNext()
    },
    async unload(encoder) {
      if (!encoders.delete(encoder) && encoders.size > 0) return
      const given = works.filter((work) => work.encoder === encoder)
      for (const work of given) works.splice(works.indexOf(work), 1)
      // What is being computed goes on to its end, for nobody.
      if (current?.encoder === encoder) given.push({ encoder, items: [current.waiting] })
      for (const { items } of given) for (const waiting of items) waiting.failed(new CancelledError())
      if (encoders.size > 0) {
        if (child.state === 'ready') ask({ kind: 'unload', encoder })
        return
      }
      if (running === encoderProcess) running = null
      await child.close()
    },
    onDeath: (listener) => void listeners.push(listener),
  }
  return encoderProcess
}
