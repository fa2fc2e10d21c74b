/** A cross-encoder in the encoders' process. One pair at a time: see encoder-process.ts. Only erasable TypeScript. */
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { loadPairEncoder } from './cross-encoder.input.ts'
import type { CrossEncoderSettings, LoadedEncoder, Pair } from './encoder.messages.ts'

export async function loadCrossEncoder({
  weights,
  tokenizer,
  limits,
  threads,
}: CrossEncoderSettings): Promise<LoadedEncoder<Pair, number>> {
  const [encode, session] = await Promise.all([
    loadPairEncoder(tokenizer, limits),
    InferenceSession.create(weights, { intraOpNumThreads: threads, interOpNumThreads: 1, executionMode: 'sequential' }),
  ])
  return {
    async compute(pair) {
      const { ids, positions, types } = encode(pair)
      const { logit } = await session.run({ input_ids: row(ids), position_ids: row(positions), token_type_ids: row(types) })
      const value = (logit?.data as Float32Array | undefined)?.[0]
      if (value === undefined || !Number.isFinite(value)) throw new Error('the model gave no number')
      return value
    },
    release: () => session.release(),
  }
}

function row(numbers: number[]): Tensor {
  return new Tensor('int64', BigInt64Array.from(numbers, BigInt), [1, numbers.length])
}
