import type { VNode } from 'preact'
import { Console } from '../../views/console/frame.tsx'
import { ImportResult, type ProvenCell } from '../../views/console/import-result.tsx'
import { ImportPage, ImportState, type ImportProps } from '../../views/console/import-state.tsx'
import { JudgingHome } from '../../views/console/judging-home.tsx'
import { Reviewers } from '../../views/console/reviewers.tsx'
import type { PastImport } from '../store/import-types.ts'
import { notFound } from '../errors.ts'
import { MAX_MIB } from '../imports/read.ts'
import { agreementOfAll, judgesOf } from '../judging/reviewers.ts'
import { ACCEPTED, IMPORTERS } from './console-imports.ts'
import { JUDGES } from './console-judge.ts'
import { live } from './console-live.ts'
import { actorOf, frameOf, goOn, namesOf, param, saidOf, show, type StaffVisit } from './console-reply.ts'
import { topicTitles } from './console-topics.ts'
import type { Route } from './route.ts'

export const judgingRoutes: Route[] = [
  { method: 'get', path: '/console/judging', access: JUDGES, handle: home },
  { method: 'get', path: '/console/judging/reviewers', access: JUDGES, handle: reviewers },
  { method: 'get', path: '/console/judging/past/:id', access: JUDGES, handle: one },
  { method: 'get', path: '/console/judging/past/:id/live', access: JUDGES, handle: oneLive },
  { method: 'post', path: '/console/judging/past/:id/stop', access: IMPORTERS, handle: stop },
  { method: 'post', path: '/console/judging/past/:id/go-on', access: IMPORTERS, handle: resume },
]

function home(visit: StaffVisit): void {
  const { req, res, context, who } = visit
  const page = JudgingHome({
    left: context.desk.left(actorOf(who)),
    audits: context.store.audits.waiting().open,
    imports: context.store.imports.list(),
    rounds: context.store.rounds.list(),
    upload: mayImport(visit) ? { accept: ACCEPTED, maxMiB: MAX_MIB } : null,
    said: saidOf(req),
    now: context.clock(),
  })
  show(res, Console({ frame: frameOf(visit), place: 'judging', title: 'Judging', children: page }))
}

const mayImport = ({ who }: StaffVisit): boolean => IMPORTERS.some((role) => who.roles.includes(role))

function one(visit: StaffVisit): void {
  const props = propsOf(visit)
  show(visit.res, Console({ frame: frameOf(visit), place: 'judging', title: 'Past questions', reloadS: 5, children: ImportPage(props) }))
}

function oneLive(visit: StaffVisit): void {
  live(visit, { render: () => ImportState(propsOf(visit)), when: () => false, everyMs: 1000 })
}

function propsOf(visit: StaffVisit): ImportProps {
  const { req, context } = visit
  const past = context.store.imports.get(param(req, 'id'))
  if (!past) throw notFound('import')
  return {
    past,
    by: namesOf(context)(past.by),
    mayChange: mayImport(visit),
    result: resultOf(visit, past),
    said: saidOf(req),
    now: context.clock(),
  }
}

/** For each cell of the thresholds that its answers fall under. */
function resultOf(visit: StaffVisit, past: PastImport): VNode | null {
  const { context } = visit
  const { store } = context
  const proof = context.proof.all()
  if (past.counts.judged === 0) return null
  const thresholds = new Map(
    store.imports.segments(past.id).map((segment) => {
      const threshold = store.thresholds.for(segment, past.form)
      return [JSON.stringify([threshold.topic, threshold.channel, threshold.tier]), threshold] as const
    }),
  )
  const titles = topicTitles(context)
  const cells = [...thresholds.values()].map((threshold): ProvenCell => {
    const { topic, channel, tier, form } = threshold
    const cell = { topic, channel, tier, form }
    const { plan, sample, labels, missing } = proof.readiness(cell)
    return {
      cell,
      topicTitle: topic === '*' ? 'Every topic' : titles(topic),
      state: proof.standing(threshold).state,
      alpha: plan.alpha,
      have: sample.rows.length,
      labels,
      missing,
      newest: store.certificates.attempts(cell)[0] ?? null,
      outdated: sample.rows.length + sample.waiting + sample.behind === 0,
    }
  })
  return ImportResult({ cells, channel: past.channel, tier: past.tier, mayCertify: mayImport(visit) })
}

function stop({ req, res, context, who }: StaffVisit): void {
  context.answering.stop(param(req, 'id'), actorOf(who))
  goOn(res, `/console/judging/past/${param(req, 'id')}`)
}

function resume({ req, res, context, who }: StaffVisit): void {
  context.store.imports.goOn(param(req, 'id'), actorOf(who))
  context.answering.wake()
  goOn(res, `/console/judging/past/${param(req, 'id')}`)
}

/** Everybody for an admin, oneself for the others. */
function reviewers(visit: StaffVisit): void {
  const { res, context, who } = visit
  const labels = context.store.labels.list({})
  const judges = judgesOf(labels, context.store.decoys.list())
  const nameOf = namesOf(context)
  const all = who.roles.includes('admin')
  const page = Reviewers({
    everybody: all ? agreementOfAll(labels) : null,
    judges: judges
      .filter((judge) => all || judge.by === actorOf(who))
      .map((judge) => ({ ...judge, name: nameOf(judge.by), you: judge.by === actorOf(who) }))
      .toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
    all,
  })
  show(res, Console({ frame: frameOf(visit), place: 'judging', title: 'Those who judge', children: page }))
}
