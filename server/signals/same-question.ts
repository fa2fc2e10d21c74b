import { quantitiesOf } from '../../words/quantities.ts'
import { termsOf } from '../../words/terms.ts'
import type { Likeness } from './signal.ts'

/** Score from which two questions are the same one in other words; chosen with `scripts/measure-signals.ts`. */
const SAME_FROM = 0.6

/**
 * The earlier message that asks the same as this one, if there is one, with how alike they are (0..1): the cosine of the embeddings, with a
 * little for the words that they share. A word that names a different thing (a figure, a product by name) makes it another question, and
 * what has hardly a word of its own ("and for Premier?") is a question that goes on, not one that is asked again.
 */
export function sameQuestion(text: string, earlier: Likeness[]): { text: string; alike: number } | null {
  const terms = termsOf(text)
  if (terms.length < 2) return null
  const alike = earlier
    .filter((one) => !namesAnother(text, one.text))
    .map((one) => ({ text: one.text, alike: likeness(terms, one) }))
    .toSorted((a, b) => b.alike - a.alike)[0]
  return alike && alike.alike >= SAME_FROM ? alike : null
}

/** Cosine, and the share of the shorter one's words that the other has too. */
export function likeness(terms: string[], { text, cosine }: Likeness): number {
  const theirs = termsOf(text)
  if (theirs.length < 2) return 0
  const shared = terms.filter((t) => theirs.includes(t)).length / Math.min(terms.length, theirs.length)
  return 0.8 * cosine + 0.2 * shared
}

/** "Premier" instead of "Classic", £500 instead of £50. */
function namesAnother(text: string, before: string): boolean {
  const [mine, theirs] = [namedIn(text), namedIn(before)]
  return mine.some((name) => !theirs.includes(name)) && theirs.some((name) => !mine.includes(name))
}

const NAME = /(?<=[\p{L}\d,;:)] )\p{Lu}[\p{L}\d]+/gu
const namedIn = (text: string): string[] => [
  ...(text === text.toUpperCase() ? [] : Array.from(text.matchAll(NAME), (m) => m[0].toLowerCase())),
  ...quantitiesOf(text).map((q) => `${q.value} ${q.unit}`),
]
