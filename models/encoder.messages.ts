/** What passes between the house and the process of the encoders: loading them, things to compute one by one, and for each a reply. */

export type EncoderRequest =
  | { kind: 'start' }
  | { kind: 'load'; encoder: number; settings: EncoderSettings }
  | { kind: 'compute'; encoder: number; item: unknown }
  | { kind: 'unload'; encoder: number }

export type EncoderReply =
  | { kind: 'loaded'; encoder: number }
  | { kind: 'not-loaded'; encoder: number; message: string }
  | { kind: 'unloaded' }
  | { kind: 'done'; result: unknown }
  | { kind: 'failed'; message: string }

export type EncoderSettings = EmbedderSettings | CrossEncoderSettings

export interface EmbedderSettings {
  kind: 'embedder'
  modelsDir: string
  id: string
  /** CPU threads */
  threads: number
  /** What is longer is cut off. */
  maxTokens: number
}

export interface CrossEncoderSettings {
  kind: 'cross-encoder'
  /** The ONNX file. */
  weights: string
  /** The folder with tokenizer.json and tokenizer_config.json. */
  tokenizer: string
  limits: PairLimits
  /** CPU threads */
  threads: number
}

/** What a loaded encoder does. */
export interface LoadedEncoder<Item, Result> {
  compute(item: Item): Promise<Result>
  release(): Promise<unknown>
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
