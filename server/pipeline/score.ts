import { termsOf, wordsOf } from '../../words/terms.ts'
import { confidenceOf, SHIPPED, type ConfidenceModels } from '../policy/confidence.ts'
import type { Finding, Form, Trace } from '../types.ts'

/** Two calibrated confidences: of the draft, and of the quotation alone. */
export function score(trace: Trace, models: ConfidenceModels): Trace['confidence'] {
  const { evidence, draft, quotation } = trace
  if (!evidence || !quotation) return { written: null, quoted: null }
  const written = draft && !draft.abstained ? confidenceOf('written', writtenSignals(trace), models) : null
  return { written, quoted: confidenceOf('quoted', evidence.signals, models) }
}

/** What the confidence of a form is computed from. */
export const signalsOf = (form: Form, trace: Trace, models = SHIPPED): Record<string, number> =>
  form === 'written' ? writtenSignals(trace, models) : (trace.evidence?.signals ?? {})

/**
 * All signals about the written form: of the selection, of the writing, of the findings (the worst claim counts). `quoted`, how sure the
 * quotation is, comes from the shipped weights whatever calibration is in force: a signal must mean the same from one fit to the next.
 */
export function writtenSignals({ evidence, draft, findings, intake }: Trace, models = SHIPPED): Record<string, number> {
  const said = (check: string, name: string): number[] => findings.filter((f) => f.check === check).flatMap((f) => f.signals?.[name] ?? [])
  const worst = (values: number[], otherwise: number): number => (values.length > 0 ? Math.min(...values) : otherwise)
  const count = (result: Finding['result']): number => findings.filter((f) => f.result === result && !f.advisory).length
  return {
    ...evidence?.signals,
    ...draft?.signals,
    quoted: evidence ? logOdds(confidenceOf('quoted', evidence.signals, models).value) : -LARGEST,
    claimCoverage: worst(said('evidence', 'coverage'), 0),
    claimBigram: worst(said('evidence', 'bigram'), 0),
    opinion: Math.min(SURE, worst(said('second-opinion', 'opinion'), -LARGEST)),
    entailment: worst(said('entailment', 'entailment'), -8),
    together: together(intake.question, draft?.text ?? '', evidence?.blocks.map((b) => b.block.text) ?? []),
    failed: count('failed'),
    doubtful: count('doubtful'),
  }
}

const LARGEST = 12
/** About the largest log-odds that the model gives: agreement that was not asked for counts as that, and no more. */
const SURE = 3
const logOdds = (p: number): number => Math.max(-LARGEST, Math.min(LARGEST, Math.log(p / (1 - p))))

/** Share of the answer's new words times share of the question's words, within the one block where that is most: does one place join both? */
function together(question: string, answer: string, blocks: string[]): number {
  const asked = termsOf(question)
  const fresh = termsOf(answer).filter((t) => !asked.includes(t))
  const share = (terms: string[], there: Set<string>): number =>
    terms.length > 0 ? terms.filter((t) => there.has(t)).length / terms.length : 1
  return Math.max(
    0,
    ...blocks.map((text) => {
      const there = new Set(wordsOf(text).map((w) => w.term))
      return share(fresh, there) * share(asked, there)
    }),
  )
}
