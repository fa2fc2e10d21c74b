import { z } from 'zod'
import { Console, ROOMS } from '../../views/console/frame.tsx'
import { Measurements } from '../../views/console/measurements.tsx'
import { DELTA } from '../proof/certify.ts'
import { sameMaking } from '../proof/evidence.ts'
import { LEAST_TO_FIT, LEAST_TO_MEASURE } from '../proof/measurements.ts'
import { FORMS, type Form } from '../types.ts'
import { readFields } from './body.ts'
import { actorOf, askedOf, frameOf, goOn, mendable, namesOf, saidOf, show, type StaffVisit } from './console-reply.ts'
import type { Route } from './route.ts'

export const measurementRoutes: Route[] = [
  {
    method: 'get',
    path: '/console/measurements',
    access: ROOMS.measurements.roles,
    handle: (visit) => showMeasurements(visit, askedOf(visit.req, 'form', FORMS) ?? 'written', null),
  },
  { method: 'post', path: '/console/measurements/refit', access: ['admin'], handle: refit },
]

function showMeasurements(visit: StaffVisit, form: Form, problem: string | null): void {
  const { req, res, context, who } = visit
  const { store, proof } = context
  const weights = store.calibrations.current()
  const attempts = store.certificates.attempts().filter((a) => sameMaking(a.fingerprint, proof.fingerprint()))
  const page = Measurements({
    ...proof.measurements(form),
    least: { measure: LEAST_TO_MEASURE, fit: LEAST_TO_FIT.labels, each: LEAST_TO_FIT.each },
    weights: {
      version: weights?.version ?? context.ports.calibration().version,
      by: weights && namesOf(context)(weights.by),
      at: weights?.at ?? null,
    },
    spending: { delta: DELTA, spent: attempts.reduce((sum, a) => sum + a.spent, 0), attempts: attempts.length },
    maySet: who.roles.includes('admin'),
    problem,
    said: saidOf(req),
    clock: context.clock(),
  })
  show(res, Console({ frame: frameOf(visit), place: 'measurements', title: 'Measurements', children: page }), problem ? 422 : 200)
}

/** New weights are a proposal; where nobody else could approve them, they hold at once. */
function refit(visit: StaffVisit): void {
  const { req, res, context, who } = visit
  const { form } = readFields(z.object({ form: z.enum(FORMS) }), req.body)
  try {
    const { proposal } = context.proof.refit(form)
    if (context.proposals.alone(proposal.kind, who)) {
      context.store.calibrations.set((proposal.payload as { models: object }).models, actorOf(who))
      return goOn(res, '/console/measurements', { form, said: 'threshold' })
    }
    const { id } = context.proposals.propose(proposal, who)
    goOn(res, `/console/proposals/${id}`, { said: 'proposed' })
  } catch (error) {
    showMeasurements(visit, form, mendable(error))
  }
}
