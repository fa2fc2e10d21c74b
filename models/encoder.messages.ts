/** What passes between the house and the thread of an encoder: things to compute one by one, and for each a reply. */

export type EncoderReply<Result> = { kind: 'ready' } | { kind: 'done'; result: Result } | { kind: 'failed'; message: string }

export interface EmbedderSettings {
  modelsDir: string
  id: string
  /** CPU threads */
  threads: number
  /** What is longer is cut off. */
  maxTokens: number
}

export interface CrossEncoderSettings {
  /** The ONNX file. */
  weights: string
  /** The folder with tokenizer.json and tokenizer_config.json. */
  tokenizer: string
  limits: PairLimits
  /** CPU threads */
  threads: number
}

/** A question and a block with its context, or a claim and a premise without one. */
export interface Pair {
  first: string
  second: string
  context: string
}

/** Word pieces at most. First and second lose their end, the context its beginning. */
export interface PairLimits {
  first: number
  second: number
  context: number
}
