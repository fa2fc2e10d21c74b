import type { Rule } from './rule.ts'

/** What has no question in it gets a fixed reply: words with two readings are asked back about, thanks and greetings are answered with a word. Nothing is searched or written. */
export const asksBack: Rule = {
  name: 'asks-back',
  judge: ({ intake }) => {
    const seen = intake.signals.find((s) => ['two-readings', 'settled', 'greets'].includes(s.signal))
    if (!seen) return null
    return { verdict: 'decline', why: seen.signal === 'two-readings' ? `${seen.why} Vouch asks which is meant.` : seen.why }
  },
}
