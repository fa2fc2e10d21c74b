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
  run: (input: CheckInput) => Finding[] | Promise<Finding[]>
}

/** Every answer passes all of these. To add one: a file, its test, a line here. */
const CHECKS: Check[] = [evidence, quantities, negation, names, onQuestion, tone, entailment, secondOpinion]

/** Names and order of the checks: part of what a decision was made by. */
export const CHECK_NAMES = CHECKS.map((c) => c.name)

/** Runs every check; one that throws is a failed finding, never a silent pass. */
export async function runChecks(input: CheckInput, checks: Check[] = CHECKS): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const check of checks) {
    try {
      findings.push(...(await check.run(input)))
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
