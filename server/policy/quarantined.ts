import type { Rule } from './rule.ts'

const WHY = {
  topic: 'Answers about this topic wait for a person while an incident is being put right.',
  claim: 'It says something that was found wrong, and must not be sent again.',
}

/** What was found wrong is not said again by itself. */
export const quarantined: Rule = {
  name: 'quarantined',
  judge: ({ concerns }) => {
    const first = concerns.find((c) => c.kind === 'quarantined')
    return first ? { verdict: 'hold', why: WHY[first.what] } : null
  },
}
