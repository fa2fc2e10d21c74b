/** What the rest of the house may know of a model. Only `models/` knows where one lives or what runs it. */

/** Who waits: a customer in front of the page, a person at work in the console, or nobody. Served in this order. */
export type Lane = 'customer' | 'staff' | 'background'

/**
 * A prompt in the order that a warm cache wants: what never changes, then what changes a turn, then what is asked of it.
 * The model's own chat template puts `context` and `question` into one user message.
 */
export interface Prompt {
  system: string
  context: string
  question: string
  /** The beginning of the model's reply, where it is fixed beforehand. */
  reply?: string
}

export interface Token {
  text: string
  /** Natural logarithm of the token's probability under the whole vocabulary. */
  logprob: number
}

export interface GenerateRequest {
  prompt: Prompt
  maxTokens: number
  seed: number
  lane: Lane
  /** Words whose probability as the very first word of the reply is wanted, e.g. `NOT`. */
  watch?: string[]
  signal?: AbortSignal
  /** Inwards only: no token goes to a customer. */
  onToken?: (token: Token) => void
}

export interface Generation {
  text: string
  tokens: Token[]
  /** For each watched word, its probability (0..1) as the first token. */
  first: Record<string, number>
  stopped: 'end' | 'length'
  promptTokens: number
  /** Of the prompt's tokens, those that were in the cache. */
  cachedTokens: number
  timings: ModelTimings
}

/** Milliseconds. */
export interface ModelTimings {
  queued: number
  prefill: number
  decode: number
}

export interface ChooseRequest {
  prompt: Prompt
  /** Possible replies; only the first token of each is looked at, so they must differ in it (`Yes`, `No`). */
  options: string[]
  lane: Lane
  signal?: AbortSignal
}

export interface Choice {
  /** Log-probability of each option, in the order asked, under the whole vocabulary. */
  logprobs: number[]
  promptTokens: number
  cachedTokens: number
  timings: ModelTimings
}

export interface ModelIdentity {
  id: string
  /** SHA-256 of the weights, hex. */
  sha256: string
  /** Name and version of what runs it. */
  runtime: string
}

export type ModelState = 'starting' | 'ready' | 'restarting' | 'failed'

export interface LanguageModel {
  readonly identity: ModelIdentity
  /** Errors: BusyError when the queue is full, CancelledError, ModelDiedError when it died twice in this request. */
  generate(request: GenerateRequest): Promise<Generation>
  choose(request: ChooseRequest): Promise<Choice>
  status(): { state: ModelState; waiting: number; restarts: number; lastError: string | null }
  close(): Promise<void>
}

export interface Embedder {
  readonly identity: ModelIdentity
  readonly dimensions: number
  /** Unit vectors, in the order of the texts. Equal texts are computed once (a bounded cache by hash). */
  embed(texts: string[]): Promise<Float32Array[]>
  close(): Promise<void>
}

export interface EntailmentModel {
  readonly identity: ModelIdentity
  /** Does the premise support every part of the claim? Logits, in the order of the pairs; above 0 leans to yes. The premise condensed to the claim. */
  entail(pairs: { claim: string; premise: string }[]): Promise<number[]>
  close(): Promise<void>
}

/** A block as the relevance model reads it: its own words and where they stand. */
export interface RelevanceBlock {
  /** Its own words as plain reading text; a row reads `Header: cell; Header: cell`. */
  text: string
  title: string
  /** Outermost first. */
  headings: readonly string[]
  /** The sentence before it in its paragraph; for an item or a row, the last sentence before the list or table in its section. */
  lead: string | null
}

export interface RelevanceModel {
  readonly identity: ModelIdentity
  /** Does the block answer the question? Logits, in the order of the blocks; made for ranking, so compare them within one question first. */
  relevance(question: string, blocks: readonly RelevanceBlock[]): Promise<number[]>
  close(): Promise<void>
}
