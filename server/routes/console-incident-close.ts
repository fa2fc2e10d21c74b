/** The cause is closed: a question that is asked at every change, what was changed, and the report of it all. */
import { z } from 'zod'
import { Console } from '../../views/console/frame.tsx'
import { IncidentFigures } from '../../views/console/incident-figures.tsx'
import { IncidentReport } from '../../views/console/incident-report.tsx'
import { CAUSES, CHANGES } from '../../views/console/incident-words.ts'
import { invalid } from '../errors.ts'
import { closeIncident } from '../repair/close-incident.ts'
import { masked } from '../repair/correction-text.ts'
import { ROLES } from '../types.ts'
import { readFields } from './body.ts'
import { incidentOf, REPAIRERS } from './console-incident-parts.ts'
import { showIncident } from './console-incident.ts'
import { actorOf, frameOf, goOn, mendable, namesOf, show, type StaffVisit } from './console-reply.ts'
import { topicTitles } from './console-topics.ts'
import type { Route } from './route.ts'

export const incidentFigureRoutes: Route[] = [{ method: 'get', path: '/console/incidents/figures', access: ROLES, handle: figures }]

export const closeRoutes: Route[] = [
  { method: 'post', path: '/console/incidents/:id/cases', access: REPAIRERS, handle: addCase },
  { method: 'post', path: '/console/incidents/:id/cases/run', access: REPAIRERS, handle: runCases },
  { method: 'post', path: '/console/incidents/:id/close', access: REPAIRERS, handle: close },
  { method: 'get', path: '/console/incidents/:id/report', access: ROLES, handle: report },
]

const lines = z
  .string()
  .max(2000)
  .default('')
  .transform((text) =>
    text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter(Boolean),
  )

const caseFields = z.object({ question: z.string().trim().max(500), mustSay: lines, mustNotSay: lines })

async function addCase(visit: StaffVisit): Promise<void> {
  const { req, res, context, who } = visit
  const { question, mustSay, mustNotSay } = readFields(caseFields, req.body)
  const incident = incidentOf(visit)
  try {
    const given = { question: masked(question), mustSay, mustNotSay, tier: 'standard', channel: 'portal' } as const
    const made = context.store.cases.add(incident.id, given, actorOf(who))
    void context.repair.regression.run([made])
  } catch (error) {
    return showIncident(visit, null, mendable(error))
  }
  goOn(res, `/console/incidents/${incident.id}`, { said: 'case-added', at: 'close' })
}

function runCases(visit: StaffVisit): void {
  const { res, context } = visit
  const { id } = incidentOf(visit)
  void context.repair.regression.run(context.store.cases.of(id).filter((c) => c.active))
  goOn(res, `/console/incidents/${id}`, { said: 'case-run', at: 'close' })
}

const closeFields = z.looseObject({
  version: z.coerce.number().int(),
  cause: z.enum(CAUSES, 'Choose the cause.'),
  change: z.enum(CHANGES, 'Choose what was changed.'),
  note: z.string().trim().min(3, 'Say in a few words what was changed.').max(600),
})

async function close(visit: StaffVisit): Promise<void> {
  const { req, res, context, who } = visit
  const incident = incidentOf(visit)
  try {
    const { version, cause, change, note, ...choices } = readFields(closeFields, req.body)
    const standing = context.store.quarantines.of(incident.id).filter((q) => q.lifted === null)
    if (standing.some((q) => !['lift', 'keep'].includes(String(choices[`q-${q.id}`]))))
      throw invalid('Say of each quarantine whether it ends or stays.')
    const lift = standing.filter((q) => choices[`q-${q.id}`] === 'lift').map((q) => q.id)
    closeIncident(incident, { cause, change: { kind: change, note: masked(note) }, lift, version }, context.store, actorOf(who))
  } catch (error) {
    return showIncident(visit, null, mendable(error))
  }
  goOn(res, `/console/incidents/${incident.id}`, { said: 'incident-closed', at: 'close' })
}

function report(visit: StaffVisit): void {
  const { res, context } = visit
  const { store, config } = context
  const incident = incidentOf(visit)
  const { id } = incident
  const correction = store.corrections.of(id)
  const page = IncidentReport({
    incident,
    topicTitle: topicTitles(context)(incident.topic),
    hits: store.incidents.hits(id),
    counts: store.incidents.counts(id),
    quarantines: store.quarantines.of(id),
    correction,
    told: correction ? store.corrections.counts(correction.id) : null,
    heard: store.heard.of(id),
    cases: store.cases.of(id),
    steps: store.incidents.steps(id).map((step) => ({ ...step, hash: store.log.entries(step.seq, 1)[0]?.hash ?? '' })),
    tail: store.log.tail(),
    returns: incident.cameBack,
    firm: config.FIRM_NAME,
    nameOf: namesOf(context),
    now: context.clock(),
  })
  show(res, Console({ frame: frameOf(visit), place: 'incidents', title: 'Incident report', children: page }))
}

function figures(visit: StaffVisit): void {
  const { res, context } = visit
  const page = IncidentFigures({ incidents: context.store.incidents.list({ limit: 5000 }), topicTitle: topicTitles(context) })
  show(res, Console({ frame: frameOf(visit), place: 'incidents', title: 'Figures of incidents', children: page }))
}
