import { FORMS } from '../types.ts'
import { chooseForm } from './form.ts'
import type { Rule } from './rule.ts'

/** "83 in 100", never rounded up: what is just short of a threshold must not read as that. Near certainty keeps its decimal. */
const percent = (value: number): string =>
  `${value > 0.99 && value < 1 ? (Math.floor(value * 1000) / 10).toFixed(1) : Math.floor(value * 100 + 1e-9)} in 100`

/** A threshold as it was set, with its decimal if it has one. */
const asked = (value: number): string => `${Math.round(value * 1000) / 10} in 100`

/** What the segment's threshold says. */
export const confidence: Rule = {
  name: 'confidence',
  judge: ({ form, ...input }) => {
    const { evidence, confidence: both, threshold, findings } = input
    if (!evidence?.enough) return null
    if (form !== null) {
      const value = both[form]?.value ?? 0
      return { verdict: 'send', why: `About ${percent(value)} such answers are right; ${asked(threshold[form])} are asked for here.` }
    }
    // Held for another reason, which the rule about it says.
    if (chooseForm({ ...input, barred: { written: null, quoted: null } }) !== null) return null
    const failed = findings.find((f) => f.result === 'failed')
    if (failed && (both.written?.value ?? 0) >= threshold.written) return { verdict: 'hold', why: `A check failed: ${failed.why}` }
    if (Math.min(threshold.written, threshold.quoted) > 1)
      return { verdict: 'hold', why: 'Nothing is sent by itself in this topic; a person looks first.' }
    // Of the form that came nearest to what is asked of it: two forms, two thresholds.
    const [nearest] = FORMS.map((one) => ({ value: both[one]?.value ?? 0, least: threshold[one] }))
      .filter(({ least }) => least <= 1)
      .toSorted((a, b) => a.least - a.value - (b.least - b.value))
    if (!nearest) return null
    const why =
      nearest.value >= nearest.least
        ? 'The question asks for a price, a time or a number, and the words found give none.'
        : `Only about ${percent(nearest.value)} such answers are right; ${asked(nearest.least)} are asked for here.`
    return { verdict: 'hold', why }
  },
}
