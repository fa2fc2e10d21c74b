/** Looking for everyone whom an incident reached takes a while: it goes on in the background, and pages watch it. */
import type { Logger } from '../log.ts'
import type { Incident } from '../store/incident-types.ts'
import type { Store } from '../store/types.ts'
import type { Actor } from '../types.ts'
import { blastRadius } from './blast-radius.ts'
import type { ClaimMatcher, ReachProgress } from './types.ts'

export type ReachJob = { state: 'running'; progress: ReachProgress } | { state: 'failed'; why: string }

export interface ReachJobs {
  /** Looks once; a call while it looks changes nothing. */
  start(incident: Incident, by: Actor): void
  /** How far it is; null when it is not looking. */
  of(incident: string): ReachJob | null
  close(): Promise<void>
}

interface Needs {
  store: Pick<Store, 'reach' | 'incidents' | 'knowledge'>
  matcher: (statement: string) => Promise<ClaimMatcher>
  log: Logger
}

export function createReachJobs({ store, matcher, log }: Needs): ReachJobs {
  const jobs = new Map<string, ReachJob>()
  const running = new Set<Promise<void>>()
  const closing = new AbortController()

  async function look({ id, wrong, spans }: Incident, by: Actor): Promise<void> {
    try {
      const found = await blastRadius(
        { statement: wrong, spans, articles: [...new Set(spans.map((s) => s.article))] },
        { reach: store.reach, revision: (revision) => store.knowledge.get(revision), matcher },
        (progress) => jobs.set(id, { state: 'running', progress }),
        closing.signal,
      )
      if (store.incidents.get(id)?.wrong !== wrong)
        return void jobs.set(id, { state: 'failed', why: 'What was wrong was written anew meanwhile. Look again.' })
      store.incidents.addHits(id, found, by)
      jobs.delete(id)
    } catch (error) {
      if (closing.signal.aborted) return
      log.error({ err: error, incident: id }, 'whom an incident reached could not be found')
      jobs.set(id, { state: 'failed', why: 'Not everything could be looked at. Try again.' })
    }
  }

  return {
    start(incident, by) {
      if (jobs.get(incident.id)?.state === 'running') return
      jobs.set(incident.id, { state: 'running', progress: { looked: 0, of: store.reach.size(), found: 0 } })
      const job = look(incident, by).finally(() => running.delete(job))
      running.add(job)
    },
    of: (incident) => jobs.get(incident) ?? null,
    async close() {
      closing.abort()
      await Promise.allSettled(running)
    },
  }
}
