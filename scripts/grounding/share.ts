/** How much can go out by itself at a given share of wrong answers, for each form, from traces of an evaluation. */
import { upperBound } from '../../server/policy/binomial.ts'
import shipped from '../../server/policy/confidence.json' with { type: 'json' }
import { confidenceOf, SHIPPED } from '../../server/policy/confidence.ts'
import { FORMS, type Form } from '../../server/types.ts'
import { isAnswerable } from '../evaluate-summary.ts'
import { calibrationError } from '../logistic.ts'
import { rowsOf, type Example } from '../traces.ts'
import { withInterval, type Scored } from './figures.ts'
import { areaOf, short } from './measure.ts'

/** Wrong among what is sent, at most. */
export const WRONG = [0.01, 0.02, 0.03, 0.05]

export interface Sent {
  set: string
  form: Form
  answerable: number
  scored: Scored[]
  /** At the shipped threshold. */
  shipped: { sent: number; wrong: number }
}

export function sentOf(examples: Example[]): Sent[] {
  return [...Map.groupBy(examples, (e) => e.set)].flatMap(([set, mine]) =>
    FORMS.flatMap((form) => {
      // The confidence that ships now, whatever the trace was scored with.
      const scored = rowsOf(mine, form).map(({ signals, right, group }) => ({
        score: confidenceOf(form, signals, SHIPPED).value,
        right,
        group,
      }))
      if (scored.length === 0) return []
      const sent = scored.filter((s) => s.score >= SHIPPED.thresholds[form])
      const answerable = mine.filter((e) => isAnswerable(e.question) && e.question.type !== 'contradicted').length
      return [{ set, form, answerable, scored, shipped: { sent: sent.length, wrong: sent.filter((s) => !s.right).length } }]
    }),
  )
}

/**
 * The largest number that can be sent, most confident first, with at most this share of them wrong. Chosen after the fact, so it flatters:
 * on other questions the same threshold does worse. Equal scores go together.
 */
export function mostSent(scored: Scored[], wrong: number): number {
  const order = scored.toSorted((a, b) => b.score - a.score)
  let mistakes = 0
  let most = 0
  for (const [i, { right, score }] of order.entries()) {
    if (!right) mistakes++
    if (order[i + 1]?.score !== score && mistakes <= wrong * (i + 1)) most = i + 1
  }
  return most
}

export function shareTable(all: Sent[]): string {
  const rows = all.map(({ set, form, answerable, scored, shipped }) => {
    const shares = WRONG.map((wrong) => percent(mostSent(scored, wrong), answerable))
    const error = calibrationError(
      scored.map((s) => s.score),
      scored.map((s) => s.right),
    )
    const atShipped = `${percent(shipped.sent, answerable)} sent, ${shipped.wrong} of ${shipped.sent} wrong (≤ ${(100 * upperBound(shipped.wrong, shipped.sent)).toFixed(0)} %)`
    const { value, low, high } = withInterval(scored, areaOf)
    return `| ${named(set, form)} | ${form} | ${scored.length} | ${shares.join(' | ')} | ${atShipped} | ${short(value)} (${short(low)} to ${short(high)}) | ${short(error)} |`
  })
  return [
    `| set | form | answers | ${WRONG.map((w) => `${100 * w} % wrong`).join(' | ')} | at the shipped threshold | AUROC | ECE |`,
    `|---|---|---|${WRONG.map(() => '---|').join('')}---|---|---|`,
    ...rows,
  ].join('\n')
}

/** The same for somebody who has no use for the other figures. */
export function plainTable(all: Sent[]): string {
  const rows = all.map(({ set, form, answerable, shipped }) => {
    const most = shipped.sent > 0 ? `${(100 * upperBound(shipped.wrong, shipped.sent)).toFixed(0)} of 100` : 'nothing was sent'
    return `| ${named(set, form)} | ${form} | ${percent(shipped.sent, answerable)} | ${shipped.wrong} of ${shipped.sent} | ${most} |`
  })
  return ['| questions of | form | sent by itself | of these wrong | with 95 % certainty at most |', '|---|---|---|---|---|', ...rows].join(
    '\n',
  )
}

/** `energy, drafts` is a part of `energy`. */
const named = (set: string, form: Form): string =>
  shipped.data.fittedOn[form].includes(set.split(',')[0] ?? '') ? `${set} (fitted on it)` : set

const percent = (some: number, of: number): string => `${((100 * some) / of).toFixed(0)} %`
