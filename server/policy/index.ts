import { VERDICTS, type RuleResult, type Verdict } from '../types.ts'
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
import type { Rule, RuleInput } from './rule.ts'
import { scope } from './scope.ts'
import { suspended } from './suspended.ts'
import { urgent } from './urgent.ts'
import { whispered } from './whispered.ts'

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
