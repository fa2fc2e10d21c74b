import { condensed } from '../../words/premise.ts'
import type { Finding } from '../types.ts'
import type { Check, GroundedClaim, Window } from './check.ts'

/** The logit of a sentence that is copied word for word; as sure as the model ever is. */
const COPIED = 8

/**
 * The entailment model reads each sentence of the answer against what the passages say of the matter, and says how far they support every
 * part of it. Advisory: a signal of the confidence, which counts for as much as its fit gave it, and no reason to hold an answer by itself.
 */
export const entailment: Check = {
  name: 'entailment',
  absent: ({ entailment: model }) => (model ? null : 'Its weights are not installed.'),
  run: async ({ claims, windows, premise, entailment: model }) => {
    if (!model) return []
    const asked = claims.filter((claim) => !isCopied(claim))
    const logits = await model.entail(
      asked.map((claim) => ({ claim: claim.text, premise: condensed(claim.text, premise ?? premiseOf(claim, windows)) })),
    )
    return claims.map((claim): Finding => {
      if (isCopied(claim))
        return { ...common(claim), result: 'passed', why: 'Word for word in the documents.', signals: { entailment: COPIED } }
      const logit = logits[asked.indexOf(claim)] ?? 0
      return {
        ...common(claim),
        result: logit > 0 ? 'passed' : 'doubtful',
        why:
          logit > 0
            ? 'The checking model reads this as supported by the documents.'
            : 'The checking model is not sure that the documents support every part of this.',
        signals: { entailment: Math.max(-COPIED, Math.min(COPIED, logit)) },
      }
    })
  },
}

const common = (claim: GroundedClaim) => ({ check: 'entailment', claim: claim.index, advisory: true as const })

export const isCopied = (claim: GroundedClaim): boolean => claim.support.copied === 1

/** The window that supports the claim best, then the others, each below its title. */
function premiseOf({ window }: GroundedClaim, windows: Window[]): string {
  return [window, ...windows.filter((w) => w !== window)].map((w) => `${w.about}\n${w.text}`).join('\n')
}
