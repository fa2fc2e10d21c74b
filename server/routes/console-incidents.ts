/** Incidents: the list, one as one continuous piece of work, and what was wrong and what is right. */
import { z } from 'zod'
import { Console } from '../../views/console/frame.tsx'
import { Incidents } from '../../views/console/incidents.tsx'
import type { Incident, IncidentFacts } from '../store/incident-types.ts'
import { MISTAKE_KINDS as MISTAKES, ORIGINS, SEVERITIES, STATES } from '../../views/console/incident-words.ts'
import { masked } from '../repair/correction-text.ts'
import { candidatesOf, openIncident } from '../repair/open-incident.ts'
import { ROLES } from '../types.ts'
import { readFields } from './body.ts'
import { closeRoutes, incidentFigureRoutes } from './console-incident-close.ts'
import { correctionRoutes } from './console-incident-correct.ts'
import { incidentOf, needsOf, REPAIRERS } from './console-incident-parts.ts'
import { incidentWorkRoutes, showIncident } from './console-incident.ts'
import { actorOf, asked, askedOf, frameOf, goOn, mendable, saidOf, show, type StaffVisit } from './console-reply.ts'
import { topicsKnown, topicTitles } from './console-topics.ts'
import type { Route } from './route.ts'

export const incidentRoutes: Route[] = [
  { method: 'get', path: '/console/incidents', access: ROLES, handle: list },
  { method: 'post', path: '/console/incidents', access: REPAIRERS, handle: open },
  ...incidentFigureRoutes,
  { method: 'get', path: '/console/incidents/:id', access: ROLES, handle: (visit) => showIncident(visit, null) },
  { method: 'post', path: '/console/incidents/:id/describe', access: REPAIRERS, handle: describe },
  { method: 'post', path: '/console/incidents/:id/pick', access: REPAIRERS, handle: pick },
  { method: 'post', path: '/console/incidents/:id/source', access: REPAIRERS, handle: chooseSource },
  ...incidentWorkRoutes,
  ...correctionRoutes,
  ...closeRoutes,
]

function list(visit: StaffVisit): void {
  const { req, res, context } = visit
  const state = askedOf(req, 'state', ['unfinished', 'all', ...STATES] as const)
  const kind = askedOf(req, 'kind', MISTAKES)
  const severity = askedOf(req, 'severity', SEVERITIES)
  const topic = asked(req, 'topic')
  const { incidents } = context.store
  const page = Incidents({
    incidents: incidents.list({
      ...(state === 'all' ? {} : { state: state ?? 'unfinished' }),
      ...(kind ? { kind } : {}),
      ...(severity ? { severity } : {}),
      ...(topic ? { topic } : {}),
    }),
    filter: { state, kind, severity, topic },
    topics: topicsKnown(context),
    topicTitle: topicTitles(context),
    reached: (id) => incidents.counts(id).in,
    said: saidOf(req),
    now: context.clock(),
  })
  show(res, Console({ frame: frameOf(visit), place: 'incidents', title: 'Incidents', children: page }))
}

const short = z.string().trim().min(1).max(500).optional()

const openFields = z.object({
  from: z.enum(ORIGINS),
  id: z.string().trim().min(1).max(500),
  message: short,
  turn: short,
  article: short,
  statement: z.string().trim().min(1).max(2000).optional(),
  kind: z.enum(MISTAKES).optional(),
})

/** From wherever something wrong was seen; all that is known there comes along. */
async function open(visit: StaffVisit): Promise<void> {
  const { req, res, context, who } = visit
  const { id } = await openIncident(readFields(openFields, req.body), needsOf(context), actorOf(who))
  goOn(res, `/console/incidents/${id}`)
}

const version = z.coerce.number().int()

const describeFields = z.object({
  version,
  wrong: z.string().trim().max(1000),
  right: z.string().trim().max(1000).default(''),
  kind: z.enum(MISTAKES),
  severity: z.enum(SEVERITIES),
  topic: z.string().trim().min(1).max(100),
})

function describe(visit: StaffVisit): Promise<void> | void {
  const { req, res, context, who } = visit
  const { version: read, ...given } = readFields(describeFields, req.body)
  const incident = incidentOf(visit)
  try {
    const { source, spans } = incident
    const facts = { ...given, wrong: masked(given.wrong), right: masked(given.right), source, spans }
    context.store.incidents.describe(incident.id, facts, read, actorOf(who))
  } catch (error) {
    return showIncident(visit, { wrong: given.wrong, right: given.right, problem: mendable(error) })
  }
  goOn(res, `/console/incidents/${incident.id}`, { said: 'saved' })
}

const pickFields = z.object({ version, candidate: z.coerce.number().int().min(0) })

/** This sentence is the wrong one; the words that it rests on come along. */
async function pick(visit: StaffVisit): Promise<void> {
  const { req, context } = visit
  const { version: read, candidate } = readFields(pickFields, req.body)
  const incident = incidentOf(visit)
  const chosen = (await candidatesOf(incident, needsOf(context)))[candidate]
  change(visit, incident, read, chosen ? { wrong: chosen.text, spans: chosen.spans } : {}, 'wrong')
}

const sourceFields = z.object({ version, source: z.string().regex(/^[0-9a-f]{64}:\d+-\d+$/) })

/** These words say what is right; where nobody has written that down, they are it. */
async function chooseSource(visit: StaffVisit): Promise<void> {
  const { req, context } = visit
  const { version: read, source } = readFields(sourceFields, req.body)
  const incident = incidentOf(visit)
  const [revision = '', place = ''] = source.split(':')
  const [start = 0, end = 0] = place.split('-').map(Number)
  const found = context.knowledge.revision(revision)
  const block = (await context.knowledge.blocks(revision)).find((b) => b.block.start === start && b.block.end === end)?.block
  if (!found || !block) return change(visit, incident, read, {}, 'source')
  const { article, title } = found
  const quote = found.text.slice(start, end)
  change(visit, incident, read, { source: { article, revision, title, start, end, quote }, right: incident.right || block.text }, 'source')
}

function change(visit: StaffVisit, incident: Incident, read: number, facts: Partial<IncidentFacts>, place: string): void {
  const { res, context, who } = visit
  const { wrong, right, source, spans, kind, severity, topic } = incident
  try {
    context.store.incidents.describe(incident.id, { wrong, right, source, spans, kind, severity, topic, ...facts }, read, actorOf(who))
  } catch (error) {
    return void showIncident(visit, { wrong, right, problem: mendable(error) })
  }
  goOn(res, `/console/incidents/${incident.id}`, { said: 'saved', at: place })
}
