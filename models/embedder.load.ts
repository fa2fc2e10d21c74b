/** The embedder in the encoders' process. One text at a time: see encoder-process.ts. Only erasable TypeScript. */
import { AutoModel, AutoTokenizer, env } from '@huggingface/transformers'
import type { EmbedderSettings, LoadedEncoder } from './encoder.messages.ts'

export async function loadEmbedder({
  modelsDir,
  id,
  threads,
  maxTokens,
}: EmbedderSettings): Promise<LoadedEncoder<string, Float32Array<ArrayBuffer>>> {
  env.allowRemoteModels = false
  env.useFSCache = false
  env.localModelPath = modelsDir
  const tokenizer = await AutoTokenizer.from_pretrained(id)
  const model = await AutoModel.from_pretrained(id, {
    dtype: 'q8',
    session_options: { intraOpNumThreads: threads, interOpNumThreads: 1 },
  })
  return {
    async compute(text) {
      const input = tokenizer(text, { truncation: true, max_length: maxTokens })
      const { last_hidden_state: hidden } = await model(input)
      const [, tokens, dimensions] = hidden.dims as [number, number, number]
      return meanPooled(hidden.data as Float32Array, tokens, dimensions)
    },
    release: () => model.dispose(),
  }
}

/** Mean over the tokens, scaled to length 1: how Sentence Transformers use this model. */
function meanPooled(hidden: Float32Array, tokens: number, dimensions: number): Float32Array<ArrayBuffer> {
  const vector = new Float32Array(dimensions)
  for (let t = 0; t < tokens; t++) for (let d = 0; d < dimensions; d++) vector[d] = (vector[d] ?? 0) + (hidden[t * dimensions + d] ?? 0)
  const length = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0))
  return vector.map((x) => x / length)
}
