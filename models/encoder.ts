/** An encoder as the house sees it: a bounded cache in front of the process that all encoders share. */
import { createHash } from 'node:crypto'
import { encoderProcess, type Waiting } from './encoder-process.ts'
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
  /** Told of each end of the process that was not asked for, before it is started again. */
  onDeath?: ((detail: string) => void) | undefined
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
  onDeath,
}: EncoderOptions<Item>): Promise<Encoder<Item, Result>> {
  const shared = encoderProcess()
  const encoder = await shared.load(settings).catch((error: Error) => {
    throw new ModelUnavailableError(`The ${name} does not start: ${error.message}`)
  })
  if (onDeath) shared.onDeath(onDeath)
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
      if (items.length > 0) shared.compute({ encoder, items })
      return Promise.all(results)
    },
    async close() {
      closed = true
      await shared.unload(encoder)
    },
  }
}
