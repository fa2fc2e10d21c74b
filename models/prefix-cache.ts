/** Which sequence's warm cache serves a prompt, and how much of it. Pure. */

/**
 * Prompts are read in slices that begin at multiples of this many tokens, and a cache is reused in whole slices only. The kernels
 * round differently for batches of other sizes (logits moved by up to 0.5 when the slicing changed), so this is what makes a reply
 * depend on its prompt alone and never on what happened to be in the cache.
 */
export const SLICE = 64

/** A warm sequence has to save this share of the prompt, or the one that was unused for longest is taken instead. */
const WORTH_TAKING = 0.25

export interface Warm {
  /** Tokens of the last prompt whose whole slices were read (not what was generated after them). */
  tokens: readonly number[]
  usedAt: number
}

/** Number of tokens that can be reused: common to both, whole slices, and at least the last token of the prompt is read again. */
export function reusable(cached: readonly number[], prompt: readonly number[]): number {
  const limit = Math.min(cached.length, prompt.length - 1)
  let common = 0
  while (common < limit && cached[common] === prompt[common]) common++
  return common - (common % SLICE)
}

/** The sequence to use. */
export function pickSequence<T extends Warm>(sequences: readonly [T, ...T[]], prompt: readonly number[]): T {
  const saved = (sequence: T): number => reusable(sequence.tokens, prompt)
  const oldest = sequences.reduce((best, sequence) => (sequence.usedAt < best.usedAt ? sequence : best))
  const warmest = sequences.reduce((best, sequence) => (saved(sequence) > saved(best) ? sequence : best))
  return saved(warmest) - saved(oldest) >= WORTH_TAKING * prompt.length ? warmest : oldest
}

/** The slices in which the rest of a prompt is read: `[from, to)`; the last token stays out, it is read with the wish for logits. */
export function slices(from: number, promptLength: number): [number, number][] {
  const result: [number, number][] = []
  for (let at = from; at < promptLength - 1; at += SLICE) result.push([at, Math.min(at + SLICE, promptLength - 1)])
  return result
}
