import { forPerson } from './has-answer.ts'
import type { Rule } from './rule.ts'

/** What the firm allows a machine to answer. */
export const scope: Rule = {
  name: 'scope',
  judge: (input) => {
    const found = input.scope
    if (found.rule === 'never') return { verdict: 'escalate', why: `${found.why} A machine must not answer this; a person takes over.` }
    if (found.outOfScope) return { verdict: 'decline', why: 'The question is about nothing that the firm’s documents or topics cover.' }
    if (found.rule === 'approval') return forPerson(input, `${found.why} Answers about this need a person’s approval.`)
    return null
  },
}
