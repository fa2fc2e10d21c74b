import type { Form } from '../types.ts'
import type { RuleInput } from './index.ts'

/**
 * The written form when no check failed and its own confidence suffices; else the quotation when its suffices; else neither.
 * A check that could not run is a failed finding, so it rules out the written form too.
 */
export function chooseForm({ findings, confidence, threshold, abstained }: Omit<RuleInput, 'form'>): Form | null {
  const { written, quoted } = confidence
  const clean = !findings.some((f) => f.result === 'failed')
  if (written && clean && !abstained && written.value >= threshold.written) return 'written'
  if (quoted && quoted.value >= threshold.quoted) return 'quoted'
  return null
}
