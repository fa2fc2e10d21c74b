/** The models that read two texts together and give one logit: relevance (question and block) and entailment (claim and premise). */
import { fileURLToPath } from 'node:url'
import { contextOf } from './cross-encoder.input.ts'
import { type EncoderThread, startEncoderThread } from './encoder-thread.ts'
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

const RELEVANCE = { id: 'vouch-relevance', name: 'relevance model', folder: 'relevance', limits: { first: 48, second: 112, context: 64 } }
const ENTAILMENT = {
  id: 'vouch-entailment',
  name: 'entailment model',
  folder: 'entailment',
  limits: { first: 80, second: 176, context: 0 },
}

/** Errors: ModelUnavailableError. */
export async function createRelevanceModel(options: CrossEncoderOptions): Promise<RelevanceModel> {
  const started = await start(options, RELEVANCE)
  if (!started) throw new ModelUnavailableError(`The weights of the relevance model are missing from ${folderOf(options, RELEVANCE)}.`)
  const { identity, thread } = started
  return {
    identity,
    relevance: (question, blocks) =>
      thread.compute(blocks.map((block) => ({ first: question.trim(), second: block.text, context: contextOf(block) }))),
    close: () => thread.close(),
  }
}

/** `null` while there are no weights. Errors: ModelUnavailableError. */
export async function createEntailmentModel(options: CrossEncoderOptions): Promise<EntailmentModel | null> {
  const started = await start(options, ENTAILMENT)
  if (!started) return null
  const { identity, thread } = started
  return {
    identity,
    entail: (pairs) => thread.compute(pairs.map(({ claim, premise }) => ({ first: claim, second: premise, context: '' }))),
    close: () => thread.close(),
  }
}

interface CrossEncoder {
  id: string
  name: string
  folder: string
  limits: PairLimits
}

async function start(
  options: CrossEncoderOptions,
  model: CrossEncoder,
): Promise<{ identity: ModelIdentity; thread: EncoderThread<Pair, number> } | null> {
  const found = await locateCrossEncoder(options.modelsDir, { id: model.id, folder: folderOf(options, model) })
  if (!found) return null
  const { weights, tokenizer, identity } = found
  const thread = await startEncoderThread<Pair, number>({
    name: model.name,
    worker: new URL('./cross-encoder.worker.ts', import.meta.url),
    settings: { weights, tokenizer, limits: model.limits, threads: options.threads ?? 1 },
    cacheSize: options.cacheSize ?? 8192,
    keyOf: ({ first, second, context }) => JSON.stringify([first, second, context]),
  })
  return { identity, thread }
}

const folderOf = (options: CrossEncoderOptions, model: CrossEncoder): string =>
  options.folder ?? fileURLToPath(new URL(`./grounding/${model.folder}/`, import.meta.url))
