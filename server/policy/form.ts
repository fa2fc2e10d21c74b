import type { Form } from '../types.ts'
import type { RuleInput } from './rule.ts'

/**
 * The written form when no check failed and its own confidence suffices; else the quotation when its suffices and has
 * the price, time or number that is asked for; else neither.
 * A check that could not run is a failed finding, so it rules out the written form too. A form that is barred is not chosen.
 */
export function chooseForm({ evidence, findings, confidence, threshold, abstained, barred }: Omit<RuleInput, 'form'>): Form | null {
  const { written, quoted } = confidence
  const clean = !findings.some((f) => f.result === 'failed')
  if (written && clean && !abstained && barred.written === null && written.value >= threshold.written) return 'written'
  const lacksFigure = evidence?.signals.kindFound === -1
  if (quoted && !lacksFigure && barred.quoted === null && quoted.value >= threshold.quoted) return 'quoted'
  return null
}
