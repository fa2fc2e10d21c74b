/** How good the checker is on the firm's own judged answers, and the weights of the confidence fitted to them. */
import { conflict } from '../errors.ts'
import { confidenceOf, SHIPPED, type ConfidenceModels } from '../policy/confidence.ts'
import { binsOf, measure, type Bin, type Judged, type Measures } from '../policy/measures.ts'
import { refit, type FitRow } from '../policy/recalibrate.ts'
import type { ScoredAnswer } from '../store/label-types.ts'
import type { NewProposal } from '../store/proposal-types.ts'
import type { Form } from '../types.ts'
import type { ProofParts } from './cells.ts'
import { keyOf, verdicts } from './evidence.ts'

/** Below this nothing is measured: the intervals would say nothing. */
export const LEAST_TO_MEASURE = 50
/** Below these nothing is fitted. */
export const LEAST_TO_FIT = { labels: 200, each: 20 }
const FOLDS = 5
const MONTH = 'YYYY-MM'.length

export interface FormMeasurements {
  form: Form
  /** Judged answers that chance chose. */
  judged: number
  /** Of them, those of which nobody could tell. */
  unclear: number
  /** Null while there are too few. */
  now: Measures | null
  bins: Bin[]
  /** By the month of the answer, oldest first; `measures` null where there are too few. */
  months: { month: string; judged: number; right: number; said: number; measures: Measures | null }[]
  /** Enough, and of both kinds, to fit the weights to. */
  fits: boolean
}

export interface Refit {
  proposal: NewProposal
  before: Measures
  after: Measures
}

interface Row extends Judged, FitRow {
  conversation: string
  at: number
}

/** Scored as the present weights score them, so that what is measured is what answers now. */
function rowsOf(form: Form, parts: ProofParts): { rows: Row[]; unclear: number } {
  const said = verdicts(parts.store.labels.list({ form }))
  const chosen = parts.store.labels.scored({ form, drawn: true }).filter((a) => said.has(keyOf(a)))
  const models = parts.calibration()
  const hash = parts.fingerprint().calibration
  const rows = chosen.flatMap((a) => {
    const right = said.get(keyOf(a))
    if (right === null || right === undefined) return []
    return [{ conversation: a.conversation, at: a.at, signals: a.signals, right, confidence: scoreNow(a, models, hash) }]
  })
  return { rows, unclear: chosen.length - rows.length }
}

/** What the present weights give an answer; those of another time are computed again from its signals. */
export const scoreNow = (a: ScoredAnswer, models: ConfidenceModels, hash: string): number =>
  a.fingerprint.calibration === hash ? a.confidence : confidenceOf(a.form, a.signals, models).value

export function measurementsOf(form: Form, parts: ProofParts): FormMeasurements {
  const { rows, unclear } = rowsOf(form, parts)
  const enough = (some: Row[]): Measures | null => (some.length >= LEAST_TO_MEASURE ? measure(some) : null)
  const byMonth = Map.groupBy(rows, ({ at }) => new Date(at).toISOString().slice(0, MONTH))
  return {
    form,
    judged: rows.length + unclear,
    unclear,
    now: enough(rows),
    bins: binsOf(rows),
    months: [...byMonth].map(([month, some]) => ({
      month,
      judged: some.length,
      right: some.filter((r) => r.right).length,
      said: some.reduce((sum, r) => sum + r.confidence, 0) / some.length,
      measures: enough(some),
    })),
    fits: fits(rows),
  }
}

function fits(rows: Row[]): boolean {
  const right = rows.filter((r) => r.right).length
  return rows.length >= LEAST_TO_FIT.labels && right >= LEAST_TO_FIT.each && rows.length - right >= LEAST_TO_FIT.each
}

/**
 * New weights for one form as a proposal. What they would have said is measured on answers that they were not fitted to: five parts, whole
 * conversations, each scored by weights from the other four. Errors: conflict while there are too few labels, or where it would be no better.
 */
export function refitOf(form: Form, parts: ProofParts): Refit {
  const { rows } = rowsOf(form, parts)
  if (!fits(rows))
    throw conflict(
      `Fitting needs ${LEAST_TO_FIT.labels} judged answers that chance chose, at least ${LEAST_TO_FIT.each} right and ${LEAST_TO_FIT.each} wrong.`,
    )
  const current = parts.calibration()
  const withWeights = (some: readonly Row[]): ConfidenceModels => ({
    ...current,
    forms: { ...current.forms, [form]: refit(SHIPPED.forms[form], some) },
  })
  const conversations = [...new Set(rows.map((r) => r.conversation))]
  const foldOf = new Map(conversations.map((c, i) => [c, i % FOLDS]))
  const folds = Array.from({ length: FOLDS }, (_, fold) => withWeights(rows.filter((r) => foldOf.get(r.conversation) !== fold)))
  const held = rows.map((r) => ({
    right: r.right,
    confidence: confidenceOf(form, r.signals, folds[foldOf.get(r.conversation) ?? 0] as ConfidenceModels).value,
  }))
  const [before, after] = [measure(rows) as Measures, measure(held) as Measures]
  if (after.brier.value >= before.brier.value)
    throw conflict(
      `Weights fitted to these answers would be no better than those that hold (Brier ${after.brier.value.toFixed(3)} instead of ${before.brier.value.toFixed(3)}, on answers that they were not fitted to). Nothing is proposed.`,
    )
  const { version: _, ...models } = withWeights(rows)
  const newest = parts.store.calibrations.list()[0]?.version ?? null
  return {
    before,
    after,
    proposal: {
      kind: 'calibration',
      title: `Confidence of ${form === 'written' ? 'written answers' : 'quotations'}, fitted to ${rows.length} judged answers`,
      payload: { models, was: newest, pictures: { before: binsOf(rows), after: binsOf(held) } },
      before: words(before),
      after: `${words(after)}\nMeasured on answers that the weights were not fitted to.`,
      reason: `${rows.length} answers that chance chose are judged.`,
    },
  }
}

function words({ brier, ece, auroc, n, right }: Measures): string {
  const figure = ({ value, low, high }: { value: number; low: number; high: number }): string =>
    `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`
  return [
    `${right} of ${n} judged answers right`,
    `Promise and truth differ by ${figure(ece)} on average (ECE)`,
    `Squared distance ${figure(brier)} (Brier)`,
    auroc ? `Right above wrong in ${figure(auroc)} of all pairs (AUROC)` : 'All of one kind',
  ].join('\n')
}
