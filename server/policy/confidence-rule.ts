import { FORMS } from '../types.ts'
import { chooseForm } from './form.ts'
import type { Rule } from './rule.ts'

/** "83 in 100"; near certainty keeps its decimal, so that 99.9 does not read as always. */
const percent = (value: number): string =>
  `${value > 0.99 && value < 1 ? (Math.floor(value * 1000) / 10).toFixed(1) : Math.round(value * 100)} in 100`

/** What the segment's threshold says. */
export const confidence: Rule = {
  name: 'confidence',
  judge: ({ form, ...input }) => {
    const { evidence, confidence: both, threshold, findings } = input
    if (!evidence?.enough) return null
    if (form !== null) {
      const value = both[form]?.value ?? 0
      return { verdict: 'send', why: `About ${percent(value)} such answers are right; ${percent(threshold[form])} are asked for here.` }
    }
    // Held for another reason, which the rule about it says.
    if (chooseForm({ ...input, barred: { written: null, quoted: null } }) !== null) return null
    const failed = findings.find((f) => f.result === 'failed')
    if (failed && (both.written?.value ?? 0) >= threshold.written) return { verdict: 'hold', why: `A check failed: ${failed.why}` }
    if (Math.min(threshold.written, threshold.quoted) > 1)
      return { verdict: 'hold', why: 'Nothing is sent by itself in this topic; a person looks first.' }
    // Of the form that came nearest to what is asked of it: two forms, two thresholds.
    const [nearest] = FORMS.map((one) => ({ value: both[one]?.value ?? 0, asked: threshold[one] }))
      .filter(({ asked }) => asked <= 1)
      .toSorted((a, b) => a.asked - a.value - (b.asked - b.value))
    if (!nearest) return null
    const why =
      nearest.value >= nearest.asked
        ? 'The question asks for a price, a time or a number, and the words found give none.'
        : `Only about ${percent(nearest.value)} such answers are right; ${percent(nearest.asked)} are asked for here.`
    return { verdict: 'hold', why }
  },
}
