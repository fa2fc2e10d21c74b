import { z } from 'zod'
import { Console } from '../../views/console/frame.tsx'
import { ThresholdCell } from '../../views/console/threshold-cell.tsx'
import { Preview, type PreviewProps } from '../../views/console/threshold-preview.tsx'
import type { CellProof } from '../../views/console/threshold-proof.tsx'
import { columnWords } from '../../views/console/thresholds.tsx'
import { thresholdWords } from '../../views/console/words.ts'
import { notFound } from '../errors.ts'
import { applyThreshold, type ThresholdChange } from '../proof/appliers.ts'
import { ALPHAS } from '../proof/certify.ts'
import { CHANGED_WORDS } from '../proof/guard.ts'
import type { Context } from '../context.ts'
import type { Flip, History } from '../proof/preview.ts'
import type { Cell } from '../store/certificate-types.ts'
import { CHANNELS, FORMS, type Trace } from '../types.ts'
import { readFields } from './body.ts'
import { actorOf, asked, frameOf, goOn, mendable, namesOf, saidOf, show, showPart, type StaffVisit } from './console-reply.ts'
import { askingAgainOf } from './console-rounds.ts'
import { cellIn } from './console-thresholds.ts'
import { topicsKnown, topicTitles } from './console-topics.ts'
import type { Route } from './route.ts'

const ADMINS = ['admin'] as const
const NEVER = 2
/** Of the answers that change sides, so many are named. */
const NAMED = 20

export const thresholdCellRoutes: Route[] = [
  { method: 'get', path: '/console/thresholds/cell', access: ADMINS, handle: (visit) => showCell(visit, askedCell(visit), {}) },
  { method: 'post', path: '/console/thresholds/cell', access: ADMINS, handle: change },
  { method: 'get', path: '/console/thresholds/preview', access: ADMINS, handle: preview },
  { method: 'post', path: '/console/thresholds/certify', access: ADMINS, handle: certify },
  { method: 'post', path: '/console/thresholds/plan', access: ADMINS, handle: plan },
  { method: 'post', path: '/console/thresholds/resume', access: ADMINS, handle: resume },
]

const cellFields = z.object({
  form: z.enum(FORMS),
  topic: z.string().min(1).max(100),
  channel: z.enum(['*', ...CHANNELS]),
  tier: z.string().min(1).max(100),
})

function askedCell({ req }: StaffVisit): Cell {
  const given = Object.fromEntries(['form', 'topic', 'channel', 'tier'].map((name) => [name, asked(req, name)]))
  return readFields(cellFields, given)
}

function showCell(visit: StaffVisit, cell: Cell, problems: { change?: string; proof?: string }): void {
  const { req, res, context } = visit
  const topicTitle = titleOf(visit, cell)
  const here = cellIn(context, cell.form, cell.topic, cell)
  const history = context.proof.history(cell)
  const page = ThresholdCell({
    cell,
    topicTitle,
    here,
    setBy: namesOf(context)(here.threshold.setBy),
    proof: here.own ? proofOf(visit, cell, problems.proof ?? null) : null,
    history: {
      ...previewOf(visit, cell, history),
      answers: history.answers,
      judged: history.judged,
      curve: history.curve,
      alpha: context.proof.readiness(cell).plan.alpha,
    },
    alone: context.proposals.alone('threshold', visit.who),
    problem: problems.change ?? null,
    general: cell.topic === '*' && cell.channel === '*' && cell.tier === '*',
    said: saidOf(req),
    now: context.clock(),
  })
  const status = problems.change || problems.proof ? 422 : 200
  show(res, Console({ frame: frameOf(visit), place: 'thresholds', title: `Threshold: ${topicTitle}`, children: page }), status)
}

function titleOf({ context }: StaffVisit, { topic }: Cell): string {
  if (topic !== '*' && !topicsKnown(context).some((t) => t.id === topic)) throw notFound('topic')
  return topic === '*' ? 'Every topic' : topicTitles(context)(topic)
}

function proofOf({ context, who }: StaffVisit, cell: Cell, problem: string | null): CellProof {
  const { proof, store } = context
  const { threshold } = cellIn(context, cell.form, cell.topic, cell)
  const { state, certificate, changed, suspension } = proof.standing(threshold)
  const { plan: planned, sample, number, spend, labels, missing, least } = proof.readiness(cell)
  return {
    cell,
    state,
    certificate,
    changed: changed.map((c) => CHANGED_WORDS[c]),
    suspension,
    watch: proof.watch(threshold),
    newest: store.certificates.attempts(cell)[0] ?? null,
    ready: {
      alpha: planned.alpha,
      planned: planned.labels,
      fixed: planned.fixed,
      have: sample.rows.length,
      labels,
      missing,
      waiting: sample.waiting,
      behind: sample.behind,
      number,
      spend,
      least,
    },
    again: askingAgainOf(context, cell.form, state, sample),
    alphas: ALPHAS,
    alone: context.proposals.alone('resume', who),
    problem,
    now: context.clock(),
  }
}

/** What the value in `?try=` would have meant, beside the one that holds. */
function previewOf({ req, context }: StaffVisit, cell: Cell, history: History): PreviewProps {
  const { value } = cellIn(context, cell.form, cell.topic, cell).threshold
  const given = Number(asked(req, 'try') ?? Number.NaN)
  const other = given >= 0 && given <= 100 ? given / 100 : value
  const flips = history.flips(value, other)
  return {
    cell,
    now: history.preview(value),
    tried: history.preview(other),
    flips: flips.slice(0, NAMED).map((f) => ({
      ...f,
      question: traceOf(context, f)?.intake.question ?? '',
      past: f.source !== 'live',
    })),
    flipCount: flips.length,
    clock: context.clock(),
  }
}

/** Of a customer's question, or of a past one that was taken in, or asked again since. */
const traceOf = ({ store }: Context, { turn, source }: Pick<Flip, 'turn' | 'source'>): Trace | null =>
  source === 'live' ? store.turns.trace(turn) : (store.imports.trace(turn) ?? store.rounds.trace(turn))

function preview(visit: StaffVisit): void {
  const cell = askedCell(visit)
  showPart(visit.res, Preview(previewOf(visit, cell, visit.context.proof.history(cell))))
}

const changeFields = cellFields.extend({
  how: z.enum(['from', 'certified', 'never', 'inherit'], 'Choose when it may go out by itself.'),
  value: z.string().default(''),
  reason: z.string().trim().min(3, 'Say why it is changed.').max(500),
})

/** A change is a proposal; where nobody else could approve one, it holds at once, and says so. */
function change(visit: StaffVisit): void {
  const { req, res, context, who } = visit
  const { how, value, reason, ...cell } = readFields(changeFields, req.body)
  const here = cellIn(context, cell.form, cell.topic, cell)
  const ofHundred = Number(value)
  if (how === 'from' && (value.trim() === '' || !Number.isInteger(ofHundred) || ofHundred < 0 || ofHundred > 100))
    return showCell(visit, cell, { change: 'Give a whole number from 0 to 100.' })
  const [attempt] = context.store.certificates.attempts(cell)
  const certified = attempt?.result?.threshold
  if (how === 'certified' && certified === undefined) return showCell(visit, cell, { change: 'No threshold has been certified here.' })
  const then = how === 'inherit' ? null : how === 'never' ? NEVER : how === 'certified' ? (certified ?? NEVER) : ofHundred / 100
  const payload: ThresholdChange = { cell, value: then, was: here.own ? here.threshold.value : null }
  const words = (v: number | null): string => (v === null ? 'as the more general value says' : thresholdWords(v, cell.form))
  const after = `${words(then)}${how === 'certified' ? `, certified: at most ${Math.round(100 * (attempt?.alpha ?? 1))} of 100 wrong` : ''}`
  const where = `${titleOf(visit, cell)}, ${columnWords(cell)}, ${cell.form === 'written' ? 'written answers' : 'quotations'}`
  try {
    if (context.proposals.alone('threshold', who)) {
      applyThreshold(payload, `${reason} (Nobody else could approve it.)`, actorOf(who), context.store)
      return goOn(res, '/console/thresholds', { form: cell.form, said: 'threshold' })
    }
    context.proposals.propose({ kind: 'threshold', title: `Threshold: ${where}`, payload, before: words(payload.was), after, reason }, who)
  } catch (error) {
    return showCell(visit, cell, { change: mendable(error) })
  }
  goOn(res, addressOf(cell), { said: 'proposed' })
}

function certify(visit: StaffVisit): void {
  const cell = readFields(cellFields, visit.req.body)
  try {
    visit.context.proof.certify(cell, actorOf(visit.who))
  } catch (error) {
    return showCell(visit, cell, { proof: mendable(error) })
  }
  goOn(visit.res, addressOf(cell), { said: 'certified' })
}

const planFields = cellFields.extend({ alpha: z.coerce.number(), labels: z.coerce.number() })

function plan(visit: StaffVisit): void {
  const { alpha, labels, ...cell } = readFields(planFields, visit.req.body)
  try {
    visit.context.proof.changePlan(cell, { alpha, labels }, actorOf(visit.who))
  } catch (error) {
    return showCell(visit, cell, { proof: mendable(error) })
  }
  goOn(visit.res, addressOf(cell), { said: 'planned' })
}

const resumeFields = cellFields.extend({ reason: z.string().trim().min(3, 'Say what was mended.').max(500) })

function resume(visit: StaffVisit): void {
  const { context, who, res } = visit
  const { reason, ...cell } = readFields(resumeFields, visit.req.body)
  const title = `Send again by itself: ${titleOf(visit, cell)}, ${columnWords(cell)}`
  try {
    if (context.proposals.alone('resume', who))
      context.store.certificates.resume(cell, actorOf(who), `${reason} (Nobody else could approve it.)`)
    else
      context.proposals.propose(
        { kind: 'resume', title, payload: { cell }, before: 'Switched off: everything is held', after: 'Sent by itself again', reason },
        who,
      )
  } catch (error) {
    return showCell(visit, cell, { proof: mendable(error) })
  }
  goOn(res, addressOf(cell), { said: context.proposals.alone('resume', who) ? 'threshold' : 'proposed' })
}

const addressOf = ({ form, topic, channel, tier }: Cell): string =>
  `/console/thresholds/cell?${new URLSearchParams({ form, topic, channel, tier })}`
