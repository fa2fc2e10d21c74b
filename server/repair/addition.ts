import { quantitiesOf } from '../../words/quantities.ts'
import { termsOf } from '../../words/terms.ts'

/** Of the wrong statement's words, the share that the right one must hold to be the same with something added. */
const SAME = 0.6
/** Of the added words, the share from which a text says them too, besides every figure among them. */
const ADDED = 0.6

/**
 * Where what is right is the wrong statement with something added, a condition that was left out for one: whether a text says the addition too.
 * Such a text reads like the wrong statement, and is not. Null where the right one says something else instead.
 */
export function additionOf(wrong: string, right: string): { saidIn: (text: string) => boolean } | null {
  const [before, now] = [new Set(termsOf(wrong)), new Set(termsOf(right))]
  const [figures, others] = [figuresIn(wrong), figuresIn(right)]
  const kept = [...before].filter((term) => now.has(term))
  const added = [...now].filter((term) => !before.has(term))
  const addedFigures = [...others].filter((figure) => !figures.has(figure))
  const replaced = [...figures].some((figure) => !others.has(figure))
  if (before.size === 0 || replaced || kept.length < SAME * before.size || added.length < 2) return null
  return {
    saidIn(text) {
      const [said, numbers] = [new Set(termsOf(text)), figuresIn(text)]
      return addedFigures.every((figure) => numbers.has(figure)) && added.filter((term) => said.has(term)).length >= ADDED * added.length
    },
  }
}

const figuresIn = (text: string): Set<string> => new Set(quantitiesOf(text).map((q) => q.text.toLowerCase()))
