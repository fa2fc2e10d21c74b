/** Does this machine run the model at all? Tried in a process that is thrown away, before anybody waits for an answer. */
import { createLanguageModel, type LanguageModelOptions } from './language-model.ts'
import type { Prompt } from './types.ts'

export interface SelfTest {
  /** ms until the weights were loaded */
  load: number
  promptTokensPerSecond: number
  replyTokensPerSecond: number
}

const PROMPT: Prompt = {
  system: 'You answer from the passages in one plain sentence.',
  context: 'Transfers within the country are free. A transfer abroad costs 5 euros and takes two days. '.repeat(6),
  question: 'What does a transfer abroad cost?',
}

/** Errors: ModelUnavailableError, ModelDiedError. */
export async function selfTest(options: Omit<LanguageModelOptions, 'queue'>): Promise<SelfTest> {
  const began = performance.now()
  const model = await createLanguageModel({ ...options, queue: 1, sequences: 1 })
  try {
    const load = performance.now() - began
    const { promptTokens, tokens, timings } = await model.generate({ prompt: PROMPT, maxTokens: 8, seed: 1, lane: 'background' })
    return {
      load,
      promptTokensPerSecond: (1000 * promptTokens) / timings.prefill,
      replyTokensPerSecond: (1000 * tokens.length) / timings.decode,
    }
  } finally {
    await model.close()
  }
}
