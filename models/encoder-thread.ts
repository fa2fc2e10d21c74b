/** An encoder as the house sees it: a bounded cache in front of a thread. */
import { createHash } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import type { CrossEncoderSettings, EmbedderSettings, EncoderReply } from './encoder.messages.ts'
import { CancelledError, ModelUnavailableError } from './errors.ts'

export interface EncoderThreadOptions<Item> {
  /** As in "The embedder does not start". */
  name: string
  worker: URL
  settings: EmbedderSettings | CrossEncoderSettings
  /** Results kept, by hash of what they were computed from. */
  cacheSize: number
  /** What a result depends on. */
  keyOf: (item: Item) => string
}

export interface EncoderThread<Item, Result> {
  /** In the order of the items; equal ones are computed once. The results are the cache's own: copy before you change one. */
  compute(items: readonly Item[]): Promise<Result[]>
  close(): Promise<void>
}

interface Waiting<Item, Result> {
  item: Item
  done: (result: Result) => void
  failed: (error: Error) => void
}

/**
 * Things are computed one at a time: a result then depends on nothing beside it, to the last bit, and a question never waits for more than
 * one passage of a document. Errors: ModelUnavailableError.
 */
export async function startEncoderThread<Item, Result>(options: EncoderThreadOptions<Item>): Promise<EncoderThread<Item, Result>> {
  const worker = await startWorker(options)
  const cache = new Map<string, Promise<Result>>()
  const requests: Waiting<Item, Result>[][] = []
  let current: Waiting<Item, Result> | null = null
  let ended: Error | null = null

  worker.on('message', (reply: EncoderReply<Result>) => {
    const waiting = current
    current = null
    if (reply.kind === 'done') waiting?.done(reply.result)
    else if (reply.kind === 'failed') waiting?.failed(new Error(`The ${options.name} failed: ${reply.message}`))
    computeNext()
  })
  worker.on('error', (error) => end(error))
  worker.on('exit', (code) => end(new Error(`The ${options.name}'s thread ended (exit code ${code}).`)))

  function end(error: Error): void {
    ended ??= error
    current?.failed(error)
    current = null
    for (const request of requests.splice(0)) for (const waiting of request) waiting.failed(error)
  }

  /** The request with the fewest items left comes first. */
  function computeNext(): void {
    if (current || requests.length === 0) return
    const shortest = requests.reduce((best, request) => (request.length < best.length ? request : best))
    const next = shortest.shift()
    if (shortest.length === 0) requests.splice(requests.indexOf(shortest), 1)
    if (!next) return
    current = next
    worker.postMessage(next.item, [])
  }

  function resultOf(item: Item, request: Waiting<Item, Result>[]): Promise<Result> {
    const key = createHash('sha256').update(options.keyOf(item)).digest('base64')
    const cached = cache.get(key)
    cache.delete(key)
    const result = cached ?? new Promise<Result>((done, failed) => request.push({ item, done, failed }))
    cache.set(key, result)
    if (!cached) result.catch(() => cache.delete(key))
    const oldest = cache.keys().next()
    if (cache.size > options.cacheSize && !oldest.done) cache.delete(oldest.value)
    return result
  }

  return {
    async compute(items) {
      if (ended) throw ended
      const request: Waiting<Item, Result>[] = []
      const results = items.map((item) => resultOf(item, request))
      if (request.length > 0) requests.push(request)
      computeNext()
      return Promise.all(results)
    },
    async close() {
      end(new CancelledError())
      await worker.terminate()
    },
  }
}

function startWorker<Item>({ name, worker: file, settings }: EncoderThreadOptions<Item>): Promise<Worker> {
  const worker = new Worker(file, { workerData: settings, execArgv: [] })
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => reject(new ModelUnavailableError(`The ${name} does not start: ${error.message}`))
    worker.once('error', failed)
    worker.once('message', () => {
      worker.off('error', failed)
      resolve(worker)
    })
  })
}
