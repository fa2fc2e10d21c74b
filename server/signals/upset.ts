import type { SignalInput, SignalSource } from './signal.ts'
import shipped from './upset.json' with { type: 'json' }
import { upsetWords } from './upset-words.ts'

/** Two logistic models over the lexicon's figures: alone, and with the message's embedding. Fitted by `scripts/fit-upset.ts`. */
export interface UpsetModel {
  /** Of the embeddings that `both.vector` was fitted on. */
  embedder: string
  /** Probability from which a message counts as upset. */
  from: { words: number; both: number }
  words: { bias: number; weights: Record<string, number> }
  both: { bias: number; weights: Record<string, number>; vector: number[] }
}

/** Words of anger and a small classifier; with another embedding model than the one it was fitted on, the words alone. */
export const upset: SignalSource = {
  name: 'upset',
  read: (input) => {
    const { probability, from } = upsetness(input)
    return probability >= from ? { strength: probability, why: 'The customer sounds upset.' } : null
  },
}

/** Probability that the message is upset, and from where it counts. */
export function upsetness(
  { text, vector }: Pick<SignalInput, 'text' | 'vector'>,
  model: UpsetModel = shipped,
): { probability: number; from: number } {
  const words = upsetWords(text)
  const fits = vector !== null && vector.of === model.embedder
  const { bias, weights } = fits ? model.both : model.words
  const spoken = Object.entries(weights).reduce((sum, [name, weight]) => sum + weight * (words[name] ?? 0), bias)
  const meant = fits ? model.both.vector.reduce((sum, weight, i) => sum + weight * (vector.values[i] ?? 0), 0) : 0
  return { probability: 1 / (1 + Math.exp(-(spoken + meant))), from: fits ? model.from.both : model.from.words }
}
