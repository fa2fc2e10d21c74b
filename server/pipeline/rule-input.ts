import type { RuleInput } from '../policy/rule.ts'
import type { Trace } from '../types.ts'

/** What the rules look at, but for what people have set. */
export const ruleInputOf = (trace: Trace): Omit<RuleInput, 'form' | 'threshold' | 'barred'> => ({
  intake: trace.intake,
  scope: trace.scope,
  evidence: trace.evidence,
  abstained: trace.draft?.abstained ?? false,
  findings: trace.findings,
  concerns: trace.concerns ?? [],
  confidence: trace.confidence,
  whisper: trace.whisper ?? null,
})
