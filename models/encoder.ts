/** An encoder as the house sees it: a bounded cache in front of the thread that all encoders share. */
import { createHash } from 'node:crypto'
import { encoderThread, type Waiting } from './encoder-thread.ts'
import type { EncoderSettings } from './encoder.messages.ts'
import { CancelledError, ModelUnavailableError } from './errors.ts'

export interface EncoderOptions<Item> {
  /** As in "The embedder does not start". */
  name: string
  settings: EncoderSettings
  /** Results kept, by hash of what they were computed from. */
  cacheSize: number
  /** What a result depends on. */
  keyOf: (item: Item) => string
}

export interface Encoder<Item, Result> {
  /** In the order of the items; equal ones are computed once. The results are the cache's own: copy before you change one. */
  compute(items: readonly Item[]): Promise<Result[]>
  close(): Promise<void>
}

/** Errors: ModelUnavailableError. */
export async function startEncoder<Item, Result>({
  name,
  settings,
  cacheSize,
  keyOf,
}: EncoderOptions<Item>): Promise<Encoder<Item, Result>> {
  const thread = encoderThread()
  const encoder = await thread.load(settings).catch((error: Error) => {
    throw new ModelUnavailableError(`The ${name} does not start: ${error.message}`)
  })
  const cache = new Map<string, Promise<Result>>()
  let closed = false

  function resultOf(item: Item, items: Waiting[]): Promise<Result> {
    const key = createHash('sha256').update(keyOf(item)).digest('base64')
    const cached = cache.get(key)
    cache.delete(key)
    const result = cached ?? computed(item, items)
    cache.set(key, result)
    if (!cached) result.catch(() => cache.delete(key))
    const oldest = cache.keys().next()
    if (cache.size > cacheSize && !oldest.done) cache.delete(oldest.value)
    return result
  }

  function computed(item: Item, items: Waiting[]): Promise<Result> {
    return new Promise<Result>((done, fail) => {
      const failed = (error: Error): void =>
        fail(error instanceof CancelledError ? error : new Error(`The ${name} failed: ${error.message}`))
      items.push({ item, done: (result) => done(result as Result), failed })
    })
  }

  return {
    async compute(wanted) {
      if (closed) throw new CancelledError()
      const items: Waiting[] = []
      const results = wanted.map((item) => resultOf(item, items))
      if (items.length > 0) thread.compute({ encoder, items })
      return Promise.all(results)
    },
    async close() {
      closed = true
      await thread.unload(encoder)
    },
  }
}
