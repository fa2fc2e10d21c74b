/**
 * A letter is checked before anybody may approve it. With the model busy that takes a while: it goes on in the background, pages watch it, and what was
 * not through when the process ended is checked after the next start.
 */
import type { Logger } from '../log.ts'
import { conflict, VouchError } from '../errors.ts'
import type { Letter, LetterCheck } from '../store/correction-types.ts'
import type { Incident } from '../store/incident-types.ts'
import type { Store } from '../store/types.ts'
import type { Actor, Finding } from '../types.ts'
import { checkCorrection } from './check-correction.ts'

export interface LetterChecks {
  /** Errors, at once: conflict while another letter of this incident is being checked, or one is approved. What fails later is told by `of`. */
  write(incident: Incident, letter: Letter, by: Actor): Promise<void>
  /** Checks what was not through when the process ended. */
  resume(): void
  /** Null when none is being checked, and the last one was kept. */
  of(incident: string): LetterCheck | null
  close(): Promise<void>
}

interface Needs {
  store: Pick<Store, 'corrections' | 'incidents'>
  check: (incident: Incident, letter: Letter) => Promise<Finding[]>
  log: Logger
}

type Models = Omit<Parameters<typeof checkCorrection>[1], 'inForce'>

/** The checks of a letter against the articles that are in force when it is written. */
export const correctionChecks =
  ({ store, ...models }: Models & { store: Pick<Store, 'knowledge'> }): Needs['check'] =>
  (incident, { wrong, right, toDo }) =>
    checkCorrection({ ...incident, wrong, right, toDo }, { ...models, inForce: (id) => store.knowledge.inForce().some((r) => r.id === id) })

export function createLetterChecks({ store, check, log }: Needs): LetterChecks {
  const jobs = new Map<string, LetterCheck>()
  const running = new Set<Promise<void>>()
  let closed = false

  async function checked(incident: Incident, letter: Letter, by: Actor): Promise<void> {
    try {
      const findings = await check(incident, letter)
      if (closed) return
      store.corrections.write(incident.id, { ...letter, findings }, by)
      jobs.delete(incident.id)
    } catch (error) {
      if (closed) return
      const known = error instanceof VouchError && error.status < 500
      if (known) store.corrections.drop(incident.id)
      else log.error({ err: error, incident: incident.id }, 'a correction could not be checked')
      jobs.set(incident.id, { state: 'failed', letter, by, why: known ? error.message : 'It could not be checked. Try again.' })
    }
  }

  function begin(incident: Incident, letter: Letter, by: Actor): Promise<void> {
    jobs.set(incident.id, { state: 'running', letter, by })
    const job = checked(incident, letter, by).finally(() => running.delete(job))
    running.add(job)
    return job
  }

  return {
    async write(incident, letter, by) {
      if (jobs.get(incident.id)?.state === 'running')
        throw conflict('A correction for this incident is being checked already. Wait until it is there, and read it first.')
      store.corrections.keep(incident.id, letter, by)
      await begin(incident, letter, by)
    },
    resume() {
      for (const { incident: id, letter, by } of store.corrections.unchecked()) {
        const incident = store.incidents.get(id)
        if (incident) void begin(incident, letter, by)
      }
    },
    of: (incident) => jobs.get(incident) ?? null,
    async close() {
      closed = true
      await Promise.allSettled(running)
    },
  }
}
