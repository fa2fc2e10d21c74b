import { isStatedBy, quantitiesOf } from '../../words/quantities.ts'
import type { Finding } from '../types.ts'
import type { Check } from './check.ts'

/** Figures, prices, dates, times, percentages, codes and links of a claim stand in the window that supports it, with the same unit. */
export const quantities: Check = {
  name: 'quantities',
  run: ({ claims, question }) => {
    const asked = quantitiesOf(question)
    return claims.flatMap((claim): Finding[] => {
      const mine = quantitiesOf(claim.text)
      if (mine.length === 0) return []
      const stated = quantitiesOf(`${claim.window.about}\n${claim.window.text}`)
      const missing = mine.filter((q) => !isStatedBy(q, stated))
      const invented = missing.filter((q) => !isStatedBy(q, asked))
      if (invented.length > 0)
        return [
          {
            check: 'quantities',
            claim: claim.index,
            result: 'failed',
            why: `The documents do not say ${list(invented.map((q) => q.text))}.`,
          },
        ]
      if (missing.length > 0)
        return [
          {
            check: 'quantities',
            claim: claim.index,
            result: 'doubtful',
            why: `${list(missing.map((q) => q.text))} comes from the question, not from the documents.`,
          },
        ]
      return [{ check: 'quantities', claim: claim.index, result: 'passed', why: 'Every figure stands in the documents.' }]
    })
  },
}

const list = (words: string[]): string => words.map((w) => `“${w}”`).join(', ')
