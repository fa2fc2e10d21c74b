import type { Whisper } from '../care-types.ts'
import type { Concern, Confidence, Evidence, Finding, Form, Intake, ScopeResult, Verdict } from '../types.ts'

/** All that a rule may look at. Pure data: the same input gives the same decision, today and at a replay. */
export interface RuleInput {
  intake: Intake
  scope: ScopeResult
  /** Null when the turn was settled before anything was searched. */
  evidence: Evidence | null
  abstained: boolean
  findings: Finding[]
  concerns: Concern[]
  confidence: { written: Confidence | null; quoted: Confidence | null }
  /** That holds in this conversation: the segment's, raised by care. */
  threshold: { written: number; quoted: number }
  /** Why a form may not go out by itself here, however sure it is; null: it may. */
  barred: Record<Form, Bar | null>
  /** The segment's thresholds where care made the difference: they would have let a form go out. */
  usual?: { written: number; quoted: number } | null
  whisper?: Whisper | null
  /** The form that would be sent; null when neither form is sure enough. */
  form: Form | null
}

/** `suspended`: audits found too many wrong; `uncertified`: the firm sends by itself only what is certified. */
export type Bar = 'suspended' | 'uncertified'

export interface Rule {
  name: string
  /** What it says of this turn; null when it has nothing to say. */
  judge: (input: RuleInput) => { verdict: Verdict; why: string } | null
}
