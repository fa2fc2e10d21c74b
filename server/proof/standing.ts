/** Where a cell stands: provisional, certified, lapsed, suspended, and why. */
import type { Attempt, Cell, Suspension } from '../store/certificate-types.ts'
import type { Fingerprint } from '../store/label-types.ts'
import type { Form, Segment, Threshold, ThresholdState } from '../types.ts'
import { cellOf, certificateOf, isCell, rivalsOf, type ProofParts } from './cells.ts'
import { changedParts } from './evidence.ts'

export interface Standing {
  state: ThresholdState
  /** The attempt that certified the threshold as it is set, whether it still holds or has lapsed. */
  certificate: Attempt | null
  /** What changed since; empty while it holds. */
  changed: Changed[]
  suspension: Suspension | null
}

export type Changed = keyof Fingerprint | 'rivals' | 'cells'

/** The threshold that applies, with the state that it has today. */
export function standingThreshold(segment: Segment, form: Form, parts: ProofParts): Threshold {
  const threshold = parts.store.thresholds.for(segment, form)
  return { ...threshold, state: standingOf(threshold, parts).state }
}

export function standingOf(threshold: Threshold, parts: ProofParts): Standing {
  const cell = cellOf(threshold)
  const { certificates } = parts.store
  const suspension = certificates.suspensions().find((s) => isCell(s.cell)(threshold)) ?? null
  const certificate = certificateOf(threshold, parts)
  const changed = certificate ? changedSince(certificate, cell, parts) : []
  const proven: ThresholdState = certificate === null ? 'provisional' : changed.length > 0 ? 'lapsed' : 'certified'
  return { state: suspension ? 'suspended' : proven, certificate, changed, suspension }
}

export function changedSince(attempt: Attempt, cell: Cell, parts: ProofParts): Changed[] {
  const rivals = attempt.rivals !== rivalsOf(cell, parts)
  // It bounds the average over what it was about: of a part of that it says nothing.
  const cells = parts.store.thresholds.shaped(cell).within > attempt.at
  return [
    ...changedParts(attempt.fingerprint, parts.fingerprint()),
    ...(rivals ? (['rivals'] as const) : []),
    ...(cells ? (['cells'] as const) : []),
  ]
}
