import { foundNothing } from './has-answer.ts'
import type { Rule } from './rule.ts'

/** "Not in the documents" is an answer of its own, and a gap for the editors. */
export const notInDocuments: Rule = {
  name: 'not-in-documents',
  judge: (input) => {
    const { evidence, scope } = input
    if (scope.outOfScope || !evidence) return null
    if (!evidence.enough) return { verdict: 'decline', why: 'Nothing in the documents answers this question well enough.' }
    if (foundNothing(input)) return { verdict: 'decline', why: 'The passages found speak of the matter but do not answer this question.' }
    return null
  },
}
