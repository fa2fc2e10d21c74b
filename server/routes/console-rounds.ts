/** After a change the judged questions are asked again, and their judgements stay where the answer is still the same. */
import { z } from 'zod'
import { Console } from '../../views/console/frame.tsx'
import { RoundPage, RoundState, type RoundProps } from '../../views/console/round.tsx'
import type { AskingAgain } from '../../views/console/threshold-again.tsx'
import type { Context } from '../context.ts'
import { conflict, invalid, notFound } from '../errors.ts'
import { sameMaking, type Sample } from '../proof/evidence.ts'
import { FORMS, type Form, type ThresholdState } from '../types.ts'
import { readFields } from './body.ts'
import { IMPORTERS } from './console-imports.ts'
import { JUDGES } from './console-judge.ts'
import { live } from './console-live.ts'
import { actorOf, frameOf, goOn, namesOf, param, show, type StaffVisit } from './console-reply.ts'
import type { Route } from './route.ts'

export const roundRoutes: Route[] = [
  { method: 'post', path: '/console/thresholds/again', access: IMPORTERS, handle: begin },
  { method: 'get', path: '/console/judging/again/:id', access: JUDGES, handle: one },
  { method: 'get', path: '/console/judging/again/:id/live', access: JUDGES, handle: oneLive },
  { method: 'post', path: '/console/judging/again/:id/stop', access: IMPORTERS, handle: stop },
  { method: 'post', path: '/console/judging/again/:id/go-on', access: IMPORTERS, handle: resume },
]

/** What a threshold's page says of it; null where there is nothing to ask again, or no need. */
export function askingAgainOf(context: Context, form: Form, state: ThresholdState, sample: Sample): AskingAgain | null {
  const { store, proof } = context
  const newest = store.rounds.newest(form)
  const round = newest && sameMaking(newest.making, proof.fingerprint()) ? store.rounds.get(newest.id) : null
  if (round) return { form, questions: 0, round, answers: sample.again }
  if (state === 'certified' || sample.outdated === 0) return null
  const questions = proof.askable(form).length
  return questions > 0 ? { form, questions, round: null, answers: null } : null
}

function begin({ req, res, context, who }: StaffVisit): void {
  const { form } = readFields(z.object({ form: z.enum(FORMS) }), req.body)
  const { store, proof } = context
  const making = proof.fingerprint()
  const newest = store.rounds.newest(form)
  if (newest && sameMaking(newest.making, making)) return goOn(res, `/console/judging/again/${newest.id}`)
  const roots = proof.askable(form)
  if (roots.length === 0) throw invalid('There is no judged question that could be asked again. Take in past questions.')
  const round = store.rounds.begin({ form, making, roots }, actorOf(who))
  context.askingAgain.wake()
  goOn(res, `/console/judging/again/${round.id}`)
}

function one(visit: StaffVisit): void {
  const page = RoundPage(propsOf(visit))
  show(visit.res, Console({ frame: frameOf(visit), place: 'judging', title: 'Judged questions, asked again', reloadS: 5, children: page }))
}

function oneLive(visit: StaffVisit): void {
  live(visit, { render: () => RoundState(propsOf(visit)), when: () => false, everyMs: 1000 })
}

function propsOf({ req, context, who }: StaffVisit): RoundProps {
  const round = context.store.rounds.get(param(req, 'id'))
  if (!round) throw notFound('round')
  return {
    round,
    by: namesOf(context)(round.by),
    mayChange: IMPORTERS.some((role) => who.roles.includes(role)),
    overtaken: isOvertaken(context, round.id),
    now: context.clock(),
  }
}

/** Its answers are not those of today. */
function isOvertaken({ store, proof }: Context, id: string): boolean {
  const round = store.rounds.get(id)
  return !round || store.rounds.newest(round.form)?.id !== id || !sameMaking(round.making, proof.fingerprint())
}

function stop({ req, res, context, who }: StaffVisit): void {
  context.askingAgain.stop(param(req, 'id'), actorOf(who))
  goOn(res, `/console/judging/again/${param(req, 'id')}`)
}

function resume({ req, res, context, who }: StaffVisit): void {
  const id = param(req, 'id')
  if (isOvertaken(context, id)) throw conflict('What answers has changed since. Ask the questions again from the threshold.')
  context.store.rounds.goOn(id, actorOf(who))
  context.askingAgain.wake()
  goOn(res, `/console/judging/again/${id}`)
}
