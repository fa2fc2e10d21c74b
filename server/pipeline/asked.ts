import { LEANS, sentencesOf } from '../../words/sentences.ts'
import { termsOf, wordsOf } from '../../words/terms.ts'

/** Shorter messages are searched as they are. */
const LONG = 40
/** A question of so few words of its own is about what was said before it. */
const BARE = 3
const ASKS =
  /\?\W*$|^(?:please |could you|can you|would you|kindly|i (?:would like|want|need) to (?:know|ask)|my question|(?:what|how|when|where|which|who|why)\b)/i
const POINTS = /\b(?:it|this|that|these|those|they|them|one)\b/i

/**
 * Of a long message the sentences that ask, since a story around them drowns what is searched for. With a question that points back comes the
 * sentence before it. The message itself where it is short, or where nothing in it asks.
 */
export function asked(text: string): string {
  if (wordsOf(text).length < LONG) return text
  const sentences = sentencesOf(text).map(({ start, end }) => text.slice(start, end))
  const kept = new Set<number>()
  for (const [i, sentence] of sentences.entries()) {
    if (!ASKS.test(sentence)) continue
    if (
      i > 0 &&
      (LEANS.test(sentence) || (POINTS.test(sentence) && termsOf(sentence).length <= 2 * BARE) || termsOf(sentence).length <= BARE)
    )
      kept.add(i - 1)
    kept.add(i)
  }
  return kept.size === 0 ? text : sentences.filter((_, i) => kept.has(i)).join(' ')
}
