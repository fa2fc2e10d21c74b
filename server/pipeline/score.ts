import { termsOf, wordsOf } from '../../words/terms.ts'
import { confidenceOf, type ConfidenceModels } from '../policy/confidence.ts'
import type { Finding, Form, Trace } from '../types.ts'

/** Two calibrated confidences: of the draft, and of the quotation alone. */
export function score(trace: Trace, models: ConfidenceModels): Trace['confidence'] {
  const { evidence, draft, quotation } = trace
  if (!evidence || !quotation) return { written: null, quoted: null }
  const written = draft && !draft.abstained ? confidenceOf('written', writtenSignals(trace), models) : null
  return { written, quoted: confidenceOf('quoted', evidence.signals, models) }
}

/** What the confidence of a form is computed from. */
export const signalsOf = (form: Form, trace: Trace): Record<string, number> =>
  form === 'written' ? writtenSignals(trace) : (trace.evidence?.signals ?? {})

/** All signals about the written form: of the selection, of the writing, of the findings (the worst claim counts). */
export function writtenSignals({ evidence, draft, findings, intake }: Trace): Record<string, number> {
  const said = (check: string, name: string): number[] => findings.filter((f) => f.check === check).flatMap((f) => f.signals?.[name] ?? [])
  const worst = (values: number[], otherwise: number): number => (values.length > 0 ? Math.min(...values) : otherwise)
  const count = (result: Finding['result']): number => findings.filter((f) => f.result === result && !f.advisory).length
  return {
    ...evidence?.signals,
    ...draft?.signals,
    claimCoverage: worst(said('evidence', 'coverage'), 0),
    claimBigram: worst(said('evidence', 'bigram'), 0),
    opinion: worst(said('second-opinion', 'opinion'), -12),
    entailment: worst(said('entailment', 'entailment'), -8),
    together: together(intake.question, draft?.text ?? '', evidence?.blocks.map((b) => b.block.text) ?? []),
    failed: count('failed'),
    doubtful: count('doubtful'),
  }
}

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
