import type { Rule } from './index.ts'

/** What has no question in it gets a fixed reply: words with two readings are asked back about, thanks are answered with a word. Nothing is searched or written. */
export const asksBack: Rule = {
  name: 'asks-back',
  judge: ({ intake }) => {
    const seen = intake.signals.find((s) => s.signal === 'two-readings' || s.signal === 'settled')
    if (!seen) return null
    return { verdict: 'decline', why: seen.signal === 'settled' ? seen.why : `${seen.why} Vouch asks which is meant.` }
  },
}
