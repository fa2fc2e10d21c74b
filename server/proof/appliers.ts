/** What approving a proposal about thresholds, the watch or the weights does. */
import { conflict, invalid } from '../errors.ts'
import type { Cell } from '../store/certificate-types.ts'
import type { Store } from '../store/types.ts'
import type { Actor, Role } from '../types.ts'
import { isCell } from './cells.ts'

export interface ThresholdChange {
  cell: Cell
  /** Null: the more general value is to apply again. */
  value: number | null
  /** What was set here when it was proposed; null: nothing of its own. */
  was: number | null
}

interface ProofApplier {
  roles: readonly Role[]
  apply(payload: unknown, proposal: { reason: string; by: Actor }, by: Actor): void
}

export function proofAppliers(
  store: Pick<Store, 'thresholds' | 'certificates' | 'calibrations'>,
): Record<'threshold' | 'resume' | 'calibration', ProofApplier> {
  const roles = ['admin'] as const
  return {
    threshold: { roles, apply: (payload, { reason, by }) => applyThreshold(payload as ThresholdChange, reason, by, store) },
    resume: { roles, apply: (payload, { reason }, by) => store.certificates.resume((payload as { cell: Cell }).cell, by, reason) },
    calibration: {
      roles,
      apply(payload, _, by) {
        const { models, was } = payload as { models: object | null; was: string | null }
        if ((store.calibrations.list()[0]?.version ?? null) !== was)
          throw conflict('The weights were changed since this was proposed. Please propose it anew.')
        store.calibrations.set(models, by)
      },
    },
  }
}

/** `by` is who proposed it: the threshold is theirs, the approval stands beside it in the log. Errors: conflict when the cell was changed since. */
export function applyThreshold(
  { cell, value, was }: ThresholdChange,
  reason: string,
  by: Actor,
  { thresholds }: Pick<Store, 'thresholds'>,
): void {
  const now = thresholds.all().find(isCell(cell))?.value ?? null
  if (now !== was) throw conflict('This threshold was changed since the change was proposed. Please propose it anew.')
  if (value !== null) thresholds.set({ ...cell, value, reason }, by)
  else if (now === null) throw invalid('There is nothing here that could be removed.')
  else thresholds.clear(cell, by, reason)
}
