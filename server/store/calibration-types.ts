/** Weights of the confidence that were fitted from a firm's own labels. Types only. */
import type { Actor } from '../types.ts'

export interface Calibration {
  /** `1`, `2`, …; the shipped weights have the version that they came with. */
  version: string
  /** The weights, as the policy reads them (server/policy/confidence.ts). */
  models: unknown
  by: Actor
  at: number
}

export interface CalibrationStore {
  /** Null while the shipped weights hold. */
  current(): Calibration | null
  /** Any version that ever held, for a replay. */
  get(version: string): Calibration | null
  /** Newest first. */
  list(): Calibration[]
  /** `null`: back to the shipped weights. Returns the new version. */
  set(models: object | null, by: Actor): string
}
