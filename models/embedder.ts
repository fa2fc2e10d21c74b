/** The embedder as the house sees it: a bounded cache in front of a thread. */
import { createHash } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import { CancelledError, ModelUnavailableError } from './errors.ts'
import type { EncoderReply, EncoderSettings } from './embedder.messages.ts'
import { locateEncoder } from './locate.ts'
import { EMBEDDER } from './manifest.ts'
import type { Embedder } from './types.ts'

export interface EmbedderOptions {
  modelsDir: string
  /** CPU threads. One leaves the rest to the language model, which is starved by anything that runs beside it. */
  threads?: number
  /** Vectors kept, by hash of their text. */
  cacheSize?: number
}

const DIMENSIONS = 384
/** The length up to which Sentence Transformers use this model. */
const MAX_TOKENS = 256

interface Request {
  texts: { text: string; done: (vector: Float32Array) => void; failed: (error: Error) => void }[]
}

/**
 * Texts are computed one at a time. In one thread that is quicker than batches (32 passages: 1.2 s of CPU alone, 1.6 s in eights, for the
 * padding), a text's vector depends on nothing beside it, and a question never waits for more than one passage of a document.
 * Errors: ModelUnavailableError.
 */
export async function createEmbedder(options: EmbedderOptions): Promise<Embedder> {
  const { identity } = await locateEncoder(options.modelsDir, EMBEDDER)
  const worker = await startWorker({ modelsDir: options.modelsDir, id: EMBEDDER, threads: options.threads ?? 1, maxTokens: MAX_TOKENS })
  const cache = new Map<string, Promise<Float32Array>>()
  const cacheSize = options.cacheSize ?? 4096
  const requests: Request[] = []
  let current: Request['texts'][number] | null = null
  let ended: Error | null = null

  worker.on('message', (reply: EncoderReply) => {
    const text = current
    current = null
    if (reply.kind === 'vector') text?.done(reply.vector)
    else if (reply.kind === 'failed') text?.failed(new Error(`The embedder failed: ${reply.message}`))
    computeNext()
  })
  worker.on('error', (error) => end(error))
  worker.on('exit', (code) => end(new Error(`The embedder's thread ended (exit code ${code}).`)))

  function end(error: Error): void {
    ended ??= error
    current?.failed(error)
    current = null
    for (const request of requests.splice(0)) for (const text of request.texts) text.failed(error)
  }

  /** The request with the fewest texts left comes first. */
  function computeNext(): void {
    if (current || requests.length === 0) return
    const shortest = requests.reduce((best, request) => (request.texts.length < best.texts.length ? request : best))
    current = shortest.texts.shift()!
    if (shortest.texts.length === 0) requests.splice(requests.indexOf(shortest), 1)
    worker.postMessage(current.text)
  }

  function vectorOf(text: string, request: Request): Promise<Float32Array> {
    const key = createHash('sha256').update(text).digest('base64')
    const cached = cache.get(key)
    cache.delete(key)
    const vector = cached ?? new Promise<Float32Array>((done, failed) => request.texts.push({ text, done, failed }))
    cache.set(key, vector)
    if (!cached) vector.catch(() => cache.delete(key))
    if (cache.size > cacheSize) cache.delete(cache.keys().next().value!)
    return vector
  }

  return {
    identity,
    dimensions: DIMENSIONS,
    async embed(texts) {
      if (ended) throw ended
      const request: Request = { texts: [] }
      const vectors = texts.map((text) => vectorOf(text, request))
      if (request.texts.length > 0) requests.push(request)
      computeNext()
      return (await Promise.all(vectors)).map((vector) => vector.slice())
    },
    async close() {
      end(new CancelledError())
      await worker.terminate()
    },
  }
}

function startWorker(settings: EncoderSettings): Promise<Worker> {
  const worker = new Worker(new URL('./embedder.worker.ts', import.meta.url), { workerData: settings, execArgv: [] })
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => reject(new ModelUnavailableError(`The embedder does not start: ${error.message}`))
    worker.once('error', failed)
    worker.once('message', () => {
      worker.off('error', failed)
      resolve(worker)
    })
  })
}
