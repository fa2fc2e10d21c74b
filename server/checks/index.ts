import type { Embedder, EntailmentModel, Lane, LanguageModel } from '../../models/types.ts'
import type { Citation, Claim, Finding } from '../types.ts'
import { entailment } from './entailment.ts'
import { evidence } from './evidence.ts'
import { names } from './names.ts'
import { negation } from './negation.ts'
import { onQuestion } from './on-question.ts'
import { quantities } from './quantities.ts'
import { secondOpinion } from './second-opinion.ts'
import { tone } from './tone.ts'

/** A stretch of an article that a claim may rest on, at most about 110 words, with the blocks in it that can be cited. */
export interface Window {
  text: string
  /** What it is part of: title and headings. */
  about: string
  cites: { text: string; citation: Citation }[]
}

/** A claim and the window that supports it best, with how well it does. */
export interface GroundedClaim extends Claim {
  window: Window
  support: Record<string, number>
}

export interface CheckInput {
  question: string
  answer: string
  claims: GroundedClaim[]
  windows: Window[]
  idf: (term: string) => number
  embedder: Embedder
  /** Null where there is none. */
  entailment?: EntailmentModel | null
  /** What the entailment model reads instead of the windows: a premise that came as one text. */
  premise?: string
  /** The customer sounds upset. */
  upset?: boolean
  /** The answering model, with the passages of the draft warm in its cache; null where it isn't to be asked. */
  judge: { model: LanguageModel; system: string; context: string; lane: Lane; signal?: AbortSignal } | null
}

export interface Check {
  name: string
  /** Why there is nothing to run here, if so. */
  absent?: (input: CheckInput) => string | null
  run: (input: CheckInput) => Finding[] | Promise<Finding[]>
}

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
