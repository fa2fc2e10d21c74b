/** The thread of the encoders as the house sees it: one for all of them, so that they never run beside each other and starve the language model. */
import { Worker } from 'node:worker_threads'
import type { EncoderReply, EncoderRequest, EncoderSettings } from './encoder.messages.ts'
import { CancelledError } from './errors.ts'

/** Things of one encoder that somebody waits for together. */
export interface Work {
  encoder: number
  items: Waiting[]
}

export interface Waiting {
  item: unknown
  done: (result: unknown) => void
  failed: (error: Error) => void
}

export interface EncoderThread {
  /** Errors: those of reading and loading the weights. */
  load(settings: EncoderSettings): Promise<number>
  compute(work: Work): void
  /** What waits for this encoder fails with a CancelledError; the last one ends the thread. */
  unload(encoder: number): Promise<void>
}

let running: EncoderThread | null = null

/** The thread that runs, or a new one. */
export const encoderThread = (): EncoderThread => (running ??= startThread())

/**
 * Things are computed one at a time: a result then depends on nothing beside it, to the last bit, and a question never waits for more than
 * one passage of a document. Batches gain nothing on one core (32 pairs of 140 tokens: 2.6 s one by one, 2.3 to 2.8 s in twos, fours and
 * sevens) and change the last bits of one result in five.
 */
function startThread(): EncoderThread {
  const worker = new Worker(new URL('./encoder.worker.ts', import.meta.url), { execArgv: [] })
  /** Who waits for an encoder to be loaded or unloaded. */
  const changing = new Map<number, { done: () => void; failed: (error: Error) => void }>()
  const encoders = new Set<number>()
  const works: Work[] = []
  let current: { encoder: number; waiting: Waiting } | null = null
  let ended: Error | null = null
  let count = 0
  const send = (request: EncoderRequest): void => worker.postMessage(request, [])

  worker.on('message', (reply: EncoderReply) => {
    if (reply.kind === 'loaded' || reply.kind === 'unloaded') return changing.get(reply.encoder)?.done()
    if (reply.kind === 'not-loaded') return changing.get(reply.encoder)?.failed(new Error(reply.message))
    const waiting = current?.waiting
    current = null
    if (reply.kind === 'done') waiting?.done(reply.result)
    else waiting?.failed(new Error(reply.message))
    computeNext()
  })
  worker.on('error', (error) => end(error))
  worker.on('exit', (code) => end(new Error(`The encoders' thread ended (exit code ${code}).`)))

  function end(error: Error): void {
    ended ??= error
    if (running === thread) running = null
    for (const { failed } of changing.values()) failed(ended)
    current?.waiting.failed(ended)
    current = null
    for (const { items } of works.splice(0)) for (const waiting of items) waiting.failed(ended)
  }

  function change(encoder: number, request: EncoderRequest): Promise<void> {
    return new Promise<void>((done, failed) => {
      changing.set(encoder, { done, failed })
      send(request)
    }).finally(() => changing.delete(encoder))
  }

  /** The work with the fewest items left comes first. */
  function computeNext(): void {
    if (current || works.length === 0) return
    const shortest = works.reduce((best, work) => (work.items.length < best.items.length ? work : best))
    const waiting = shortest.items.shift()
    if (shortest.items.length === 0) works.splice(works.indexOf(shortest), 1)
    if (!waiting) return computeNext()
    const { encoder } = shortest
    current = { encoder, waiting }
    send({ kind: 'compute', encoder, item: waiting.item })
  }

  const thread: EncoderThread = {
    async load(settings) {
      if (ended) throw ended
      const encoder = ++count
      encoders.add(encoder)
      await change(encoder, { kind: 'load', encoder, settings }).catch(async (error) => {
        await thread.unload(encoder)
        throw error
      })
      return encoder
    },
    compute(work) {
      if (ended) for (const waiting of work.items) waiting.failed(ended)
      else works.push(work)
      computeNext()
    },
    async unload(encoder) {
      if (!encoders.delete(encoder)) return
      const given = works.filter((work) => work.encoder === encoder)
      for (const work of given) works.splice(works.indexOf(work), 1)
      // What is being computed goes on to its end, for nobody.
      if (current?.encoder === encoder) given.push({ encoder, items: [current.waiting] })
      for (const { items } of given) for (const waiting of items) waiting.failed(new CancelledError())
      const last = encoders.size === 0
      if (last && running === thread) running = null
      if (!ended) await change(encoder, { kind: 'unload', encoder }).catch(() => {})
      // Only now: to end the thread while something is computed ends the whole process.
      if (last) await worker.terminate()
    },
  }
  return thread
}
