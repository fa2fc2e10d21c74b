import type { Rule } from './rule.ts'

/** Two articles in force give different figures for what was asked: whichever is told may be the wrong one. */
export const contradiction: Rule = {
  name: 'contradiction',
  judge: ({ concerns }) => {
    const found = concerns.find((c) => c.kind === 'contradiction')
    if (!found) return null
    const [one, other] = found.says
    return {
      verdict: 'hold',
      why: `Two articles disagree: “${one.title}” says ${one.figure}, “${other.title}” says ${other.figure}. If both mean the same thing, one of them should be put right.`,
    }
  },
}
