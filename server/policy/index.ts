import {
  VERDICTS,
  type Concern,
  type Confidence,
  type Evidence,
  type Finding,
  type Form,
  type Intake,
  type RuleResult,
  type ScopeResult,
  type Verdict,
} from '../types.ts'
import type { Whisper } from '../care-types.ts'
import { amount } from './amount.ts'
import { asksBack } from './asks-back.ts'
import { asksForPerson } from './asks-for-person.ts'
import { care } from './care.ts'
import { confidence } from './confidence-rule.ts'
import { doubt } from './doubt.ts'
import { contradiction } from './contradiction.ts'
import { expired } from './expired.ts'
import { language } from './language.ts'
import { notInDocuments } from './not-in-documents.ts'
import { quarantined } from './quarantined.ts'
import { scope } from './scope.ts'
import { suspended } from './suspended.ts'
import { urgent } from './urgent.ts'
import { whispered } from './whispered.ts'

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

const RULES: Rule[] = [
  urgent,
  asksForPerson,
  scope,
  amount,
  language,
  notInDocuments,
  quarantined,
  contradiction,
  expired,
  suspended,
  confidence,
  doubt,
  care,
  asksBack,
  whispered,
]

/** Names and order of the rules: part of what a decision was made by. */
export const RULE_NAMES = RULES.map((r) => r.name)

/** Every rule that has something to say, and the most cautious verdict among them. */
export function judge(input: RuleInput): { verdict: Verdict; rules: RuleResult[] } {
  const rules = RULES.flatMap((rule) => {
    const said = rule.judge(input)
    return said ? [{ rule: rule.name, ...said }] : []
  })
  return { verdict: mostCautious(rules.map((r) => r.verdict)), rules }
}

/** Without any verdict nothing is known to be right, so a person looks. */
export function mostCautious(verdicts: Verdict[]): Verdict {
  if (verdicts.length === 0) return 'hold'
  return VERDICTS[Math.max(...verdicts.map((v) => VERDICTS.indexOf(v)))] ?? 'hold'
}
