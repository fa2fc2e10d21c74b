/** The thread in which a cross-encoder runs: a run blocks its event loop. One pair at a time: see encoder-thread.ts. Only erasable TypeScript. */
import { workerData } from 'node:worker_threads'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { loadPairEncoder } from './cross-encoder.input.ts'
import { serve } from './encoder-worker.ts'
import type { CrossEncoderSettings, Pair } from './encoder.messages.ts'

const { weights, tokenizer, limits, threads } = workerData as CrossEncoderSettings

const [encode, session] = await Promise.all([
  loadPairEncoder(tokenizer, limits),
  InferenceSession.create(weights, { intraOpNumThreads: threads, interOpNumThreads: 1, executionMode: 'sequential' }),
])

serve(async (pair: Pair): Promise<number> => {
  const { ids, positions, types } = encode(pair)
  const { logit } = await session.run({ input_ids: row(ids), position_ids: row(positions), token_type_ids: row(types) })
  const value = (logit?.data as Float32Array | undefined)?.[0]
  if (value === undefined || !Number.isFinite(value)) throw new Error('the model gave no number')
  return value
})

function row(numbers: number[]): Tensor {
  return new Tensor('int64', BigInt64Array.from(numbers, BigInt), [1, numbers.length])
}
