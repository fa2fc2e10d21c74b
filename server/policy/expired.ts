import type { Rule } from './rule.ts'

/** An answer from an article that nobody looked at in time may be out of date: a person looks first, unless the firm has set otherwise. */
export const expired: Rule = {
  name: 'expired',
  judge: ({ concerns }) => {
    const past = concerns.filter((c) => c.kind === 'expired')
    if (past.length === 0) return null
    const named = past.map(({ title, review }) => `“${title}” (by ${review})`).join(' and ')
    return { verdict: 'hold', why: `It rests on what should have been looked at again and was not: ${named}.` }
  },
}
