/** The model that reads a question and a block together and gives one logit: does the block answer it? */
import { fileURLToPath } from 'node:url'
import { contextOf } from './cross-encoder.input.ts'
import { startEncoderThread } from './encoder-thread.ts'
import type { Pair, PairLimits } from './encoder.messages.ts'
import { ModelUnavailableError } from './errors.ts'
import { locateCrossEncoder } from './locate.ts'
import type { RelevanceModel } from './types.ts'

export interface CrossEncoderOptions {
  /** Where the embedder's tokenizer lies, which these share. */
  modelsDir: string
  /** The folder with the weights; the ones in the repository unless told. */
  folder?: string
  /** CPU threads. One leaves the rest to the language model, which is starved by anything that runs beside it. */
  threads?: number
  /** Logits kept, by hash of the pair. */
  cacheSize?: number
}

const ID = 'vouch-relevance'
/** Word pieces of the question, of the block's own words and of its context; as in training. */
const LIMITS: PairLimits = { first: 48, second: 112, context: 64 }

/** Errors: ModelUnavailableError. */
export async function createRelevanceModel(options: CrossEncoderOptions): Promise<RelevanceModel> {
  const folder = options.folder ?? fileURLToPath(new URL('./grounding/relevance/', import.meta.url))
  const found = await locateCrossEncoder(options.modelsDir, { id: ID, folder })
  if (!found) throw new ModelUnavailableError(`The weights of the relevance model are missing from ${folder}.`)
  const { weights, tokenizer, identity } = found
  const thread = await startEncoderThread<Pair, number>({
    name: 'relevance model',
    worker: new URL('./cross-encoder.worker.ts', import.meta.url),
    settings: { weights, tokenizer, limits: LIMITS, threads: options.threads ?? 1 },
    cacheSize: options.cacheSize ?? 8192,
    keyOf: ({ first, second, context }) => JSON.stringify([first, second, context]),
  })
  return {
    identity,
    relevance: (question, blocks) =>
      thread.compute(blocks.map((block) => ({ first: question.trim(), second: block.text, context: contextOf(block) }))),
    close: () => thread.close(),
  }
}
