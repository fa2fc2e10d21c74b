/** Models for tests: they record what they were asked, and refuse what the test did not arrange. */
import { stemmer } from 'stemmer'
import type {
  ChooseRequest,
  Embedder,
  EntailmentModel,
  Generation,
  GenerateRequest,
  LanguageModel,
  ModelIdentity,
  ModelState,
  RelevanceBlock,
  RelevanceModel,
  Token,
} from './types.ts'

/** Thrown for a call that the test did not arrange. */
export class NotArrangedError extends Error {
  override readonly name = 'NotArrangedError'
}

export interface FakeLanguageModelOptions {
  /** The reply to a request: its text (each word gets log-probability -0.1), or a part of a Generation. May throw or wait. */
  generate?: (request: GenerateRequest) => Reply | Promise<Reply>
  /** Log-probability of each option. */
  choose?: (request: ChooseRequest) => number[] | Promise<number[]>
  state?: ModelState
}

type Reply = string | Partial<Generation>

export interface FakeLanguageModel extends LanguageModel {
  readonly calls: { generate: GenerateRequest[]; choose: ChooseRequest[]; closed: boolean }
}

export function fakeLanguageModel(options: FakeLanguageModelOptions = {}): FakeLanguageModel {
  const calls: FakeLanguageModel['calls'] = { generate: [], choose: [], closed: false }
  return {
    calls,
    identity: identity('fake-language-model'),
    async generate(request) {
      calls.generate.push(request)
      if (!options.generate) throw new NotArrangedError(`No reply was arranged for: ${request.prompt.question}`)
      const generation = asGeneration(await options.generate(request), request)
      for (const token of generation.tokens) request.onToken?.(token)
      return generation
    },
    async choose(request) {
      calls.choose.push(request)
      if (!options.choose) throw new NotArrangedError(`No choice was arranged for: ${request.prompt.question}`)
      const logprobs = await options.choose(request)
      if (logprobs.length !== request.options.length)
        throw new NotArrangedError(`${request.options.length} options, but ${logprobs.length} log-probabilities`)
      return { logprobs, promptTokens: 0, cachedTokens: 0, timings: { queued: 0, prefill: 0, decode: 0 } }
    },
    status: () => ({ state: options.state ?? 'ready', waiting: 0, restarts: 0, lastError: null }),
    close: async () => void (calls.closed = true),
  }
}

function asGeneration(reply: Reply, request: GenerateRequest): Generation {
  const given: Partial<Generation> = typeof reply === 'string' ? { text: reply } : reply
  const text = given.text ?? ''
  return {
    text,
    tokens: words(text),
    first: Object.fromEntries((request.watch ?? []).map((word) => [word, text.startsWith(word) ? 0.9 : 0.01])),
    stopped: 'end',
    promptTokens: 0,
    cachedTokens: 0,
    timings: { queued: 0, prefill: 0, decode: 0 },
    ...given,
  }
}

const words = (text: string): Token[] => (text.match(/\s*\S+|\s+$/g) ?? []).map((word) => ({ text: word, logprob: -0.1 }))

export interface FakeEmbedder extends Embedder {
  readonly calls: string[][]
}

/** Bags of hashed stems: texts that share words are near, others are not; the same text always has the same vector. */
export function fakeEmbedder(dimensions = 384): FakeEmbedder {
  const calls: string[][] = []
  return {
    calls,
    identity: identity('fake-embedder'),
    dimensions,
    async embed(texts) {
      calls.push(texts)
      return texts.map((text) => bagOfStems(text, dimensions))
    },
    close: async () => {},
  }
}

function bagOfStems(text: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions)
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['']) {
    const hash = fnv1a(stemmer(word))
    vector[hash % dimensions] = (vector[hash % dimensions] ?? 0) + (hash & 0x8000_0000 ? 1 : -1)
  }
  const length = Math.hypot(...vector)
  if (length === 0) vector[0] = 1
  return length === 0 ? vector : vector.map((x) => x / length)
}

/** FNV-1a, 32 bits (Fowler, Noll, Vo). */
function fnv1a(text: string): number {
  let hash = 0x811c_9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x0100_0193)
  return hash >>> 0
}

export interface FakeRelevanceModel extends RelevanceModel {
  readonly calls: { question: string; blocks: readonly RelevanceBlock[] }[]
}

/** Unless arranged otherwise: from -4, none of the question's words is in the block or where it stands, to 4, all are. */
export function fakeRelevanceModel(logit: (question: string, block: RelevanceBlock) => number = overlap): FakeRelevanceModel {
  const calls: FakeRelevanceModel['calls'] = []
  return {
    calls,
    identity: identity('fake-relevance-model'),
    async relevance(question, blocks) {
      calls.push({ question, blocks })
      return blocks.map((block) => logit(question, block))
    },
    close: async () => {},
  }
}

function overlap(question: string, { text, title, headings, lead }: RelevanceBlock): number {
  const asked = stems(question)
  const there = stems([text, title, ...headings, lead ?? ''].join(' '))
  return asked.size === 0 ? -4 : (8 * [...asked].filter((stem) => there.has(stem)).length) / asked.size - 4
}

export interface FakeEntailmentModel extends EntailmentModel {
  readonly calls: { claim: string; premise: string }[]
}

/** Unless arranged otherwise: from -4, none of the claim's words is in the premise, to 4, all are. */
export function fakeEntailmentModel(
  logit: (claim: string, premise: string) => number = (claim, premise) =>
    overlap(claim, { text: premise, title: '', headings: [], lead: null }),
): FakeEntailmentModel {
  const calls: FakeEntailmentModel['calls'] = []
  return {
    calls,
    identity: identity('fake-entailment-model'),
    async entail(pairs) {
      calls.push(...pairs)
      return pairs.map(({ claim, premise }) => logit(claim, premise))
    },
    close: async () => {},
  }
}

const stems = (text: string): Set<string> => new Set((text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => stemmer(word)))

const identity = (id: string): ModelIdentity => ({ id, sha256: '0'.repeat(64), runtime: 'fake' })
