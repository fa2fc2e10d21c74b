/** The models that read two texts together and give one logit: does a block answer a question, does a premise support a claim? */
import { fileURLToPath } from 'node:url'
import { contextOf } from './cross-encoder.input.ts'
import { startEncoder, type Encoder } from './encoder.ts'
import type { Pair, PairLimits } from './encoder.messages.ts'
import { ModelUnavailableError } from './errors.ts'
import { locateCrossEncoder } from './locate.ts'
import type { EntailmentModel, ModelIdentity, RelevanceModel } from './types.ts'

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

/** Word pieces of the question, of the block's own words and of its context; as in training. */
const RELEVANCE: PairLimits = { first: 48, second: 112, context: 64 }
/** Word pieces of the claim and of the premise; as in training. */
const ENTAILMENT: PairLimits = { first: 80, second: 176, context: 0 }

/** Errors: ModelUnavailableError. */
export async function createRelevanceModel(options: CrossEncoderOptions): Promise<RelevanceModel> {
  const started = await start('relevance', RELEVANCE, options)
  if (!started) throw new ModelUnavailableError(`The weights of the relevance model are missing from ${folderOf('relevance', options)}.`)
  const { encoder, identity } = started
  return {
    identity,
    relevance: (question, blocks) =>
      encoder.compute(blocks.map((block) => ({ first: question.trim(), second: block.text, context: contextOf(block) }))),
    close: () => encoder.close(),
  }
}

/** `null`: there are no weights, and claims are checked without it. Errors: ModelUnavailableError. */
export async function createEntailmentModel(options: CrossEncoderOptions): Promise<EntailmentModel | null> {
  const started = await start('entailment', ENTAILMENT, options)
  if (!started) return null
  const { encoder, identity } = started
  return {
    identity,
    entail: (pairs) => encoder.compute(pairs.map(({ claim, premise }) => ({ first: claim.trim(), second: premise, context: '' }))),
    close: () => encoder.close(),
  }
}

async function start(
  name: 'relevance' | 'entailment',
  limits: PairLimits,
  options: CrossEncoderOptions,
): Promise<{ encoder: Encoder<Pair, number>; identity: ModelIdentity } | null> {
  const found = await locateCrossEncoder(options.modelsDir, { id: `vouch-${name}`, folder: folderOf(name, options) })
  if (!found) return null
  const { weights, tokenizer, identity } = found
  const encoder = await startEncoder<Pair, number>({
    name: `${name} model`,
    settings: { kind: 'cross-encoder', weights, tokenizer, limits, threads: options.threads ?? 1 },
    cacheSize: options.cacheSize ?? 8192,
    keyOf: ({ first, second, context }) => JSON.stringify([first, second, context]),
  })
  return { encoder, identity }
}

const folderOf = (name: string, { folder }: CrossEncoderOptions): string =>
  folder ?? fileURLToPath(new URL(`./grounding/${name}/`, import.meta.url))
