/** The embedder as the house sees it. */
import { startEncoder } from './encoder.ts'
import { locateEncoder } from './locate.ts'
import { EMBEDDER } from './manifest.ts'
import type { Embedder } from './types.ts'

export interface EmbedderOptions {
  modelsDir: string
  /** CPU threads. One leaves the rest to the language model, which is starved by anything that runs beside it. */
  threads?: number
  /** Vectors kept, by hash of their text. */
  cacheSize?: number
  /** Told of each end of the process of all encoders that was not asked for, before it is started again. */
  onDeath?: (detail: string) => void
}

const DIMENSIONS = 384
/** The length up to which Sentence Transformers use this model. */
const MAX_TOKENS = 256

/**
 * One text at a time is also quicker than batches in one thread: 32 passages took 1.2 s of CPU alone, 1.6 s in eights, for the padding.
 * Errors: ModelUnavailableError.
 */
export async function createEmbedder(options: EmbedderOptions): Promise<Embedder> {
  const { identity } = await locateEncoder(options.modelsDir, EMBEDDER)
  const encoder = await startEncoder<string, Float32Array>({
    name: 'embedder',
    settings: { kind: 'embedder', modelsDir: options.modelsDir, id: EMBEDDER, threads: options.threads ?? 1, maxTokens: MAX_TOKENS },
    cacheSize: options.cacheSize ?? 4096,
    keyOf: (text) => text,
    onDeath: options.onDeath,
  })
  return {
    identity,
    dimensions: DIMENSIONS,
    embed: async (texts) => (await encoder.compute(texts)).map((vector) => vector.slice()),
    close: () => encoder.close(),
  }
}
