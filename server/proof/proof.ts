/** What is known of how often answers are right: from labels to certificates, and what follows from them. */
import type { Attempt, Cell } from '../store/certificate-types.ts'
import type { Fingerprint } from '../store/label-types.ts'
import type { Root } from '../store/round-types.ts'
import type { Actor, Form, Segment, Threshold } from '../types.ts'
import { atOnce } from './at-once.ts'
import type { ProofParts } from './cells.ts'
import { askable, certifyCell, changePlan, readinessOf, type Readiness } from './certify.ts'
import { look, lookAt, watchOf, type Watched } from './guard.ts'
import { measurementsOf, refitOf, type FormMeasurements, type Refit } from './measurements.ts'
import { historyOf, type History } from './preview.ts'
import { standingOf, standingThreshold, type Standing } from './standing.ts'

export interface Proof {
  /** What an answer would be made by now. */
  fingerprint(): Fingerprint
  /** The threshold that applies to a segment, in the state that it has now. */
  threshold(segment: Segment, form: Form): Threshold
  standing(threshold: Threshold): Standing
  readiness(cell: Cell): Readiness
  /** Of many cells at one moment. */
  all(): Pick<Proof, 'standing' | 'readiness'>
  watch(threshold: Threshold): Watched
  history(cell: Cell): History
  /** The questions that can be asked again after a change. */
  askable(form: Form): Root[]
  measurements(form: Form): FormMeasurements
  /** Weights fitted to the firm's own labels, as a proposal. Errors: conflict while there are too few. */
  refit(form: Form): Refit
  /** Errors: invalid when that can't be shown with so many labels. */
  changePlan(cell: Cell, plan: { alpha: number; labels: number }, by: Actor): void
  /** Errors: conflict while too few answers are judged. */
  certify(cell: Cell, by: Actor): Attempt
  /** After a change: alarms, lapsed certificates. */
  look(): void
  /** After a judgement of a form of a turn. */
  lookAt(judged: { turn: string; form: Form; wrong: boolean }): void
}

export function createProof(parts: ProofParts): Proof {
  return {
    fingerprint: parts.fingerprint,
    threshold: (segment, form) => standingThreshold(segment, form, parts),
    standing: (threshold) => standingOf(threshold, parts),
    readiness: (cell) => readinessOf(cell, parts),
    all() {
      const now = atOnce(parts)
      return { standing: (threshold) => standingOf(threshold, now), readiness: (cell) => readinessOf(cell, now) }
    },
    watch: (threshold) => watchOf(threshold, parts),
    history: (cell) => historyOf(cell, parts),
    askable: (form) => askable(form, parts),
    measurements: (form) => measurementsOf(form, parts),
    refit: (form) => refitOf(form, parts),
    changePlan: (cell, plan, by) => changePlan(cell, plan, parts, by),
    certify: (cell, by) => certifyCell(cell, parts, by),
    look: () => look(parts),
    lookAt: (judged) => lookAt(judged, parts),
  }
}
