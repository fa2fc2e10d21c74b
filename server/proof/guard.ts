/** Watches the audits of what was sent by itself: switches a cell off on alarm, and tells staff when a certificate has lapsed. */
import { audit, beginEProcess, type EProcess } from '../policy/e-process.ts'
import type { Cell } from '../store/certificate-types.ts'
import type { Label } from '../store/label-types.ts'
import type { Form, Threshold } from '../types.ts'
import { labelsAtOnce } from './at-once.ts'
import { answersOf, cellOf, NEVER, type ProofParts } from './cells.ts'
import { DELTA, fixPlans } from './certify.ts'
import { keyOf } from './evidence.ts'
import { standingOf, type Changed } from './standing.ts'

/** Looks at every cell: after a judgement, after a change, at the start. What it finds is recorded at once. */
export function look(given: ProofParts): void {
  const parts = labelsAtOnce(given)
  const { store } = parts
  const thresholds = store.thresholds.all()
  fixPlans(thresholds.map(cellOf), parts)
  for (const threshold of thresholds) {
    const cell = cellOf(threshold)
    const { state, certificate, changed } = standingOf(threshold, parts)
    const key = `lapsed:${addressOf(cell)}`
    if (certificate && state === 'lapsed')
      store.notices.raise({
        key,
        kind: 'warning',
        text: `The certificate for ${cellWords(cell).toLowerCase()} has lapsed: ${changed.map((c) => CHANGED_WORDS[c]).join(', ')}. The audits go on watching what is sent; the judged questions can be asked again.`,
        href: pageOf(cell),
        roles: ['admin', 'auditor'],
      })
    else store.notices.end(key)
    watch(threshold, parts)
  }
}

/** After one judgement: its cell alone can have changed, and only an error can be one too many. */
export function lookAt({ turn, form, wrong }: { turn: string; form: Form; wrong: boolean }, parts: ProofParts): void {
  const label = parts.store.labels.of(turn).find((l) => l.form === form && l.probability !== null)
  if (!label) return
  const threshold = parts.store.thresholds.for(label.segment, form)
  fixPlans([cellOf(threshold)], parts)
  if (wrong) watch(threshold, parts)
}

/** Switches the cell off when the audits show too many wrong. */
function watch(threshold: Threshold, parts: ProofParts): void {
  const cell = cellOf(threshold)
  if (threshold.value >= NEVER || standingOf(threshold, parts).state === 'suspended') return
  const { audits, errors, alarmAt, alpha } = watchOf(threshold, parts)
  if (alarmAt === null) return
  parts.store.certificates.suspend(
    { cell, audits, errors },
    {
      text: `${cellWords(cell)} no longer go out by themselves: of the ${audits} that were looked at, ${errors} were wrong. With 95 % confidence that is more than ${Math.round(100 * alpha)} of 100.`,
      href: pageOf(cell),
    },
  )
}

export type Watched = EProcess & { alpha: number; since: number }

/**
 * The bets over the audits of what went out by itself since the threshold was set or sending was switched on again. A certified threshold is held to
 * its certificate; a provisional one to its own word: of the answers that it lets out, at least so many of 100 are right.
 */
export function watchOf(threshold: Threshold, parts: ProofParts): Watched {
  const cell = cellOf(threshold)
  const since = Math.max(threshold.at, parts.store.certificates.countedSince(cell))
  const { certificate } = standingOf(threshold, parts)
  const alpha = certificate?.alpha ?? Math.min(0.5, Math.max(0.05, 1 - threshold.value))
  const sent = new Set(
    answersOf(cell, parts, { since, drawn: true }).population.flatMap((a) => (a.sent && a.drawn && a.at >= since ? [keyOf(a)] : [])),
  )
  const labels = parts.store.labels.list({ form: cell.form, since }).toReversed()
  const watched = judgedInTurn(labels.filter((l) => sent.has(keyOf(l)))).reduce(
    (state, wrong) => audit(state, wrong, alpha, DELTA),
    beginEProcess(),
  )
  return { ...watched, alpha, since }
}

/** Once an answer, when it was first judged; wrong if anybody says so, and no error when nobody can tell. */
function judgedInTurn(labels: readonly Label[]): boolean[] {
  const wrong = new Map<string, boolean>()
  for (const label of labels) {
    if (label.right === null && !wrong.has(keyOf(label))) continue
    wrong.set(keyOf(label), wrong.get(keyOf(label)) === true || label.right === false)
  }
  return [...wrong.values()]
}

const addressOf = ({ topic, channel, tier, form }: Cell): string => [topic, channel, tier, form].join(':')

/** `Quotations (every topic)`, `Written answers (cards, portal, gold)`. */
function cellWords({ topic, channel, tier, form }: Cell): string {
  const named = [topic, channel, tier].filter((part) => part !== '*')
  return `${form === 'written' ? 'Written answers' : 'Quotations'} (${named.length > 0 ? named.join(', ') : 'every topic'})`
}

export const pageOf = ({ topic, channel, tier, form }: Cell): string =>
  `/console/thresholds/cell?${new URLSearchParams({ form, topic, channel, tier })}`

export const CHANGED_WORDS: Record<Changed, string> = {
  knowledge: 'articles have changed',
  models: 'another model answers or checks',
  prompt: 'the instructions to the model have changed',
  checker: 'the checks or rules have changed',
  calibration: 'the confidence was fitted anew',
  rivals: 'the threshold of written answers has changed, so other quotations go out',
  cells: 'some of what it was about has got, or lost, a threshold of its own',
}
