import type { Check } from './check.ts'

/**
 * The answering model's own second opinion: the question and the claim as one statement over the same passages, read as
 * log P(Yes) − log P(No). Passages stand before the question, so they are still warm from writing. What was measured about it
 * is in docs/measurements.md; wrong figures and names pass it, which is why the other checks exist.
 */
export const secondOpinion: Check = {
  name: 'second-opinion',
  run: async ({ claims, question, judge }) => {
    if (!judge) return []
    const findings = []
    for (const claim of claims) {
      const { logprobs } = await judge.model.choose({
        prompt: { system: judge.system, context: judge.context, question: statementQuestion(question, claim.text) },
        options: ['Yes', 'No'],
        lane: judge.lane,
        ...(judge.signal ? { signal: judge.signal } : {}),
      })
      const opinion = (logprobs[0] ?? Number.NEGATIVE_INFINITY) - (logprobs[1] ?? 0)
      const result = opinion > 0 ? 'passed' : opinion > -2 ? 'doubtful' : 'failed'
      const why = {
        passed: 'Asked again, the model finds this in the documents.',
        doubtful: 'Asked again, the model is not sure that the documents say this.',
        failed: 'Asked again, the model does not find this in the documents.',
      }[result]
      findings.push({ check: 'second-opinion', claim: claim.index, result, why, signals: { opinion: clamp(opinion) } } as const)
    }
    return findings
  },
}

function statementQuestion(question: string, claim: string): string {
  const statement = question ? `To the question “${question}”, the answer is: ${claim}` : claim
  return `Statement: ${statement}\nIs every fact in the statement stated in or directly implied by the passages? Answer Yes or No.`
}

const clamp = (x: number): number => Math.max(-12, Math.min(12, Number.isFinite(x) ? x : -12))
