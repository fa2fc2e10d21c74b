/** What passes between the house and the thread of the encoder: texts one by one, and for each a reply. */
export interface EncoderSettings {
  modelsDir: string
  id: string
  /** CPU threads */
  threads: number
  /** What is longer is cut off. */
  maxTokens: number
}

export type EncoderReply = { kind: 'ready' } | { kind: 'vector'; vector: Float32Array<ArrayBuffer> } | { kind: 'failed'; message: string }
