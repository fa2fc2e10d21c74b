import { isCopied } from '../checks/entailment.ts'
import type { GroundedClaim } from '../checks/check.ts'
import { confidenceOf, type ConfidenceModels } from '../policy/confidence.ts'
import type { Finding, Trace } from '../types.ts'
import { writtenSignals } from './score.ts'

/** Below this confidence no firm sends a written answer, so what could not lift it so far need not be asked. */
const HOPELESS = 0.5

/**
 * Why the model need not be asked for a second opinion of this draft, if so: it is certain or hopeless already. Never a matter of a
 * segment's threshold: the confidence has to be the same whatever is sent from it on, or no certificate would hold (docs/decisions/0009).
 */
export function spareOf(
  trace: Trace,
  claims: GroundedClaim[],
  findings: Finding[],
  models: ConfidenceModels,
): { why: string; finding?: Finding } | null {
  const failed = findings.find((f) => f.result === 'failed')
  if (failed) return { why: 'Another check has failed already, so the draft does not go out by itself whatever the model says.' }
  if (!trace.evidence) return null

  const quoted = confidenceOf('quoted', trace.evidence.signals, models).value
  if (claims.length > 0 && claims.every(isCopied) && quoted >= models.thresholds.quoted) {
    const why = 'Not asked: every sentence is a copy, word for word, of what would be quoted without a doubt.'
    return { why, finding: { check: 'second-opinion', claim: null, result: 'passed', why, signals: { opinion: AGREED }, advisory: true } }
  }

  const best = { ...writtenSignals({ ...trace, findings }), opinion: AGREED }
  if (confidenceOf('written', best, models).value < HOPELESS)
    return { why: 'Even if the model agreed, the draft would be no more likely right than wrong.' }
  return null
}

/** Log-odds beyond any that the model gives; the confidence cuts them to the largest it has seen. */
const AGREED = 12
