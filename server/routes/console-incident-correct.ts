/** A correction: written and checked, approved by a second person, sent, and followed until it is read. */
import { z } from 'zod'
import { texts } from '../../views/texts/en.ts'
import { conflict } from '../errors.ts'
import { digestOf, type CorrectionProposal } from '../repair/approve-correction.ts'
import { checkFields, letterOf, masked } from '../repair/correction-text.ts'
import type { Correction } from '../store/correction-types.ts'
import type { Incident } from '../store/incident-types.ts'
import { readFields } from './body.ts'
import { incidentOf, remindable, REPAIRERS } from './console-incident-parts.ts'
import { showIncident } from './console-incident.ts'
import { actorOf, goOn, mendable, type StaffVisit } from './console-reply.ts'
import type { Route } from './route.ts'

const APPROVERS = ['reviewer', 'admin'] as const

export const correctionRoutes: Route[] = [
  { method: 'post', path: '/console/incidents/:id/correction', access: REPAIRERS, handle: write },
  { method: 'post', path: '/console/incidents/:id/correction/propose', access: REPAIRERS, handle: propose },
  { method: 'post', path: '/console/incidents/:id/correction/approve', access: APPROVERS, handle: approve },
  { method: 'post', path: '/console/incidents/:id/correction/reject', access: APPROVERS, handle: reject },
  { method: 'post', path: '/console/incidents/:id/correction/send', access: APPROVERS, handle: send },
  { method: 'post', path: '/console/incidents/:id/correction/remind', access: APPROVERS, handle: remind },
  { method: 'post', path: '/console/incidents/:id/correction/called', access: REPAIRERS, handle: called },
]

/** ms: a check that is through by then shows its result at once; a longer one is watched on the page. */
const SOON_MS = 1500

const writeFields = z.object({ why: z.string().trim().max(600).default(''), toDo: z.string().trim().max(600).default('') })

async function write(visit: StaffVisit): Promise<void> {
  const { req, res, context, who } = visit
  const { why, toDo } = readFields(writeFields, req.body)
  const incident = incidentOf(visit)
  const { store, repair } = context
  try {
    const fields = { wrong: incident.wrong, right: incident.right, why, toDo }
    checkFields(fields)
    const { closing, ...words } = texts.correction
    const contact = store.scope.get().contact
    const text = letterOf(fields, { ...words, closing: closing.replace('{contact}', contact).trim() })
    const kept = repair.letters.write(incident, { ...fields, text }, actorOf(who))
    // What fails later is told where it is watched.
    kept.catch(() => undefined)
    await Promise.race([kept, new Promise((resolve) => setTimeout(resolve, SOON_MS))])
  } catch (error) {
    return showIncident(visit, null, mendable(error), { why, toDo })
  }
  goOn(res, `/console/incidents/${incident.id}`, { said: repair.letters.of(incident.id) ? null : 'correction-written', at: 'correct' })
}

const whichFields = z.object({ correction: z.string().min(1) })

/** The correction that was in sight; another one meanwhile is a conflict. */
function inSight(visit: StaffVisit): { incident: Incident; correction: Correction } {
  const incident = incidentOf(visit)
  const { correction: id } = readFields(whichFields, visit.req.body)
  const correction = visit.context.store.corrections.of(incident.id)
  if (correction?.id !== id) throw conflict('A colleague has written another correction since you opened this page. Read that one first.')
  return { incident, correction }
}

/** Does it, or shows the page as it is now with what stood against it. */
async function attempt(visit: StaffVisit, said: string, act: (seen: ReturnType<typeof inSight>) => void): Promise<void> {
  try {
    act(inSight(visit))
  } catch (error) {
    return showIncident(visit, null, mendable(error))
  }
  goOn(visit.res, `/console/incidents/${incidentOf(visit).id}`, { said, at: 'correct' })
}

function propose(visit: StaffVisit): Promise<void> {
  const { context, who } = visit
  return attempt(visit, 'correction-proposed', ({ incident, correction }) => {
    const payload: CorrectionProposal = { correction: correction.id, digest: digestOf(correction.text) }
    const reason = `It puts right: ${incident.wrong}`
    const letter = {
      kind: 'correction',
      title: 'A correction to customers',
      payload,
      before: incident.wrong,
      after: correction.text,
      reason,
    }
    context.store.atomic(() => {
      const { id } = context.proposals.propose(letter, who)
      context.store.corrections.propose(correction.id, id, actorOf(who))
    })
  })
}

function approve(visit: StaffVisit): Promise<void> {
  const { context, who } = visit
  return attempt(visit, 'correction-approved', ({ correction }) => {
    if (!correction.proposal) throw conflict('Nobody has asked for approval of it yet.')
    context.proposals.approve(correction.proposal, who)
  })
}

const rejectFields = z.object({ reason: z.string().trim().min(3, 'Say what has to be changed.').max(500) })

function reject(visit: StaffVisit): Promise<void> {
  const { req, context, who } = visit
  return attempt(visit, 'correction-rejected', ({ correction }) => {
    const { reason } = readFields(rejectFields, req.body)
    if (!correction.proposal) throw conflict('Nobody has asked for approval of it yet.')
    context.proposals.reject(correction.proposal, reason, who)
  })
}

function send(visit: StaffVisit): Promise<void> {
  const { context, who } = visit
  return attempt(visit, 'correction-begun', ({ correction }) => {
    context.store.corrections.begin(correction.id, actorOf(who))
    context.repair.sender.run()
  })
}

function remind(visit: StaffVisit): Promise<void> {
  const { context, who } = visit
  const { corrections } = context.store
  return attempt(visit, 'correction-reminded', ({ correction }) => {
    for (const { conversation } of remindable(context, corrections.recipients(correction.id)))
      corrections.remind(correction.id, conversation, context.repair.waysOf(conversation), actorOf(who))
  })
}

const calledFields = z.object({ conversation: z.string().min(1), note: z.string().trim().min(2, 'Say what came of it.').max(500) })

function called(visit: StaffVisit): Promise<void> {
  const { req, context, who } = visit
  return attempt(visit, 'saved', ({ correction }) => {
    const { conversation, note } = readFields(calledFields, req.body)
    context.store.corrections.called(correction.id, conversation, masked(note), actorOf(who))
  })
}
