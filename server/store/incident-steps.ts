import type { Actor } from '../types.ts'
import type { Noted } from './db.ts'
import type { Parts } from './parts.ts'

/** Writes the entry and the step that names it. */
export type Stepper = <T>(
  incident: string,
  type: string,
  by: Actor,
  note: string,
  data: Record<string, unknown>,
  make: (proof: Noted) => T,
) => T

export function stepper({ db }: Parts): Stepper {
  const insert = db.write(
    'INSERT INTO incident_steps (seq, incident, at, actor, type, note) VALUES (@seq, @incident, @at, @actor, @type, @note)',
  )
  return (incident, type, actor, note, data, make) =>
    db.change({ type, actor, data: { incident, ...data } }, (proof) => {
      const made = make(proof)
      insert(proof, { seq: proof.seq, incident, at: proof.at, actor, type, note })
      return made
    })
}
