import type { Finding } from '../types.ts'
import type { Check, CheckInput, GroundedClaim } from './check.ts'
import { entailment } from './entailment.ts'
import { evidence } from './evidence.ts'
import { names } from './names.ts'
import { negation } from './negation.ts'
import { onQuestion } from './on-question.ts'
import { quantities } from './quantities.ts'
import { secondOpinion } from './second-opinion.ts'
import { tone } from './tone.ts'

/** Every answer passes all of these. To add one: a file, its test, a line here. */
const CHECKS: Check[] = [evidence, quantities, negation, names, onQuestion, tone, entailment, secondOpinion]

/** Names and order of the checks: part of what a decision was made by. */
export const CHECK_NAMES = CHECKS.map((c) => c.name)

/** Those that ask the language model: they come last, and are spared where nothing hangs on them. */
const DEAR = new Set<Check>([secondOpinion])

/** What goes on around the checks of a turn; nothing for a pair that is checked by itself. */
export interface Around {
  /** Why the dear checks need not run, with what is then said in their place. */
  spare: (claims: GroundedClaim[], soFar: Finding[]) => { why: string; finding?: Finding } | null
  skip: (check: string, why: string) => void
  measure: <T>(check: string, run: () => T | Promise<T>) => Promise<T>
}

const ALONE: Around = { spare: () => null, skip: () => {}, measure: async (_, run) => run() }

/** Runs every check; one that throws is a failed finding, never a silent pass. */
export async function runChecks(input: CheckInput, checks: Check[] = CHECKS, around: Around = ALONE): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const check of checks) {
    const absent = check.absent?.(input)
    if (absent) {
      around.skip(check.name, absent)
      continue
    }
    const spared = DEAR.has(check) ? around.spare(input.claims, findings) : null
    if (spared) {
      around.skip(check.name, spared.why)
      if (spared.finding) findings.push(spared.finding)
      continue
    }
    try {
      findings.push(...(await around.measure(check.name, () => check.run(input))))
    } catch (error) {
      if (input.judge?.signal?.aborted) throw error
      findings.push({
        check: check.name,
        claim: null,
        result: 'failed',
        why: 'This check could not run, so the answer counts as unchecked.',
        broken: true,
      })
    }
  }
  return findings
}
