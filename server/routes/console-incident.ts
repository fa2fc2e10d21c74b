/** The page of one incident, and what stops it and shows whom it reached. */
import { z } from 'zod'
import { Console, sees } from '../../views/console/frame.tsx'
import { IncidentPage } from '../../views/console/incident.tsx'
import type { CorrectProps } from '../../views/console/incident-correct.tsx'
import type { FactsProps } from '../../views/console/incident-facts.tsx'
import { notFound } from '../errors.ts'
import { whyQuarantined } from '../pipeline/quarantine.ts'
import { contain } from '../repair/contain.ts'
import { masked } from '../repair/correction-text.ts'
import { sourcesFor } from '../repair/candidates.ts'
import { candidatesOf } from '../repair/open-incident.ts'
import { STOPS } from '../../views/console/incident-words.ts'
import { ROLES } from '../types.ts'
import { readFields } from './body.ts'
import { closeOf, correctOf, incidentOf, needsOf, reachOf, REPAIRERS } from './console-incident-parts.ts'
import { incidentLive } from './console-incident-live.tsx'
import { actorOf, asked, frameOf, goOn, mendable, namesOf, param, problemNotice, saidOf, show, type StaffVisit } from './console-reply.ts'
import { topicsKnown, topicTitles } from './console-topics.ts'
import type { Route } from './route.ts'

export const incidentWorkRoutes: Route[] = [
  { method: 'post', path: '/console/incidents/:id/stop', access: REPAIRERS, handle: stop },
  { method: 'post', path: '/console/incidents/:id/lift', access: REPAIRERS, handle: lift },
  { method: 'post', path: '/console/incidents/:id/reach', access: REPAIRERS, handle: reach },
  { method: 'get', path: '/console/incidents/:id/live', access: ROLES, handle: incidentLive },
  { method: 'post', path: '/console/incidents/:id/hits/:message', access: REPAIRERS, handle: putOut },
  { method: 'post', path: '/console/incidents/:id/reopen', access: REPAIRERS, handle: reopen },
]

/** `typed`: what could not be saved, shown beside what is saved. */
export async function showIncident(
  visit: StaffVisit,
  typed: FactsProps['typed'],
  problem: string | null = null,
  letter: CorrectProps['typed'] = null,
): Promise<void> {
  const { req, res, context, who } = visit
  const { store } = context
  const incident = incidentOf(visit)
  const find = asked(req, 'find')
  const page = IncidentPage({
    incident,
    facts: {
      candidates: (await candidatesOf(incident, needsOf(context)).catch(() => [])).map((c) => c.text),
      find,
      sources: find ? await sourcesFor(find.slice(0, 500), context.knowledge) : [],
      topics: topicsKnown(context),
      heard: store.heard.of(incident.id),
      seesConversations: sees(who.roles, 'conversations'),
      now: context.clock(),
      typed,
    },
    quarantines: store.quarantines.of(incident.id),
    held: store.reviews.list({ state: 'open', limit: 10_000 }).filter((r) => r.quarantined === incident.id).length,
    reach: reachOf(visit, incident),
    correct: { ...correctOf(visit, incident), typed: letter },
    close: closeOf(visit, incident),
    steps: store.incidents.steps(incident.id),
    returns: store.incidents.returns(incident.id),
    topicTitle: topicTitles(context)(incident.topic),
    mayChange: REPAIRERS.some((role) => who.roles.includes(role)),
    nameOf: namesOf(context),
    said: problem ? problemNotice(problem) : saidOf(req),
    now: context.clock(),
  })
  const failed = typed !== null || problem !== null
  show(res, Console({ frame: frameOf(visit), place: 'incidents', title: 'Incident', children: page }), failed ? 409 : 200)
}

const stopFields = z.object({ what: z.union([z.enum(STOPS), z.array(z.enum(STOPS))], 'Choose what is quarantined.') })

async function stop(visit: StaffVisit): Promise<void> {
  const { req, res, context, who } = visit
  const incident = incidentOf(visit)
  const { what } = readFields(stopFields, req.body)
  const { store, ports } = context
  const barred: Parameters<typeof contain>[2]['barred'] = (answer) => whyQuarantined(answer, store.quarantines.active(), ports)
  try {
    await contain(incident, [what].flat(), { store, barred }, actorOf(who))
  } catch (error) {
    return showIncident(visit, null, mendable(error))
  }
  context.turns.publish({ type: 'review', conversation: '', review: '' })
  goOn(res, `/console/incidents/${incident.id}`, { said: 'stopped', at: 'stop' })
}

const liftFields = z.object({
  quarantine: z.string().min(1),
  reason: z.string().trim().min(3, 'Say why it may be answered from again.').max(500),
})

function lift(visit: StaffVisit): Promise<void> | void {
  const { req, res, context, who } = visit
  const { quarantine, reason } = readFields(liftFields, req.body)
  const { id } = incidentOf(visit)
  if (!context.store.quarantines.of(id).some((q) => q.id === quarantine)) throw notFound('quarantine of this incident')
  context.store.quarantines.lift(quarantine, masked(reason), actorOf(who))
  goOn(res, `/console/incidents/${id}`, { said: 'lifted', at: 'stop' })
}

function reach(visit: StaffVisit): Promise<void> | void {
  const { res, context, who } = visit
  const incident = incidentOf(visit)
  if (incident.wrong === '') return showIncident(visit, null, 'Say first which sentence is wrong.')
  context.repair.reach.start(incident, actorOf(who))
  goOn(res, `/console/incidents/${incident.id}`, { at: 'reach' })
}

const outFields = z.object({ reason: z.string().trim().max(500).default(''), back: z.literal('yes').optional() })

function putOut(visit: StaffVisit): Promise<void> | void {
  const { req, res, context, who } = visit
  const { reason, back } = readFields(outFields, req.body)
  if (!back && reason.length < 3) return showIncident(visit, null, 'Say why this answer is not one of them.')
  context.store.incidents.putOut(incidentOf(visit).id, param(req, 'message'), back ? null : masked(reason), actorOf(who))
  goOn(res, `/console/incidents/${incidentOf(visit).id}`, { at: 'reach' })
}

function reopen(visit: StaffVisit): void {
  const { res, context, who } = visit
  const { id } = incidentOf(visit)
  context.store.incidents.setState(id, 'open', 'Opened again.', actorOf(who))
  goOn(res, `/console/incidents/${id}`, { said: 'reopened' })
}
