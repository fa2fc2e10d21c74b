import { quantitiesOf } from '../../words/quantities.ts'
import { invalid } from '../errors.ts'
import type { Cause, ChangeKind, Incident } from '../store/incident-types.ts'
import type { Store } from '../store/types.ts'
import type { Actor } from '../types.ts'

export interface Closing {
  cause: Cause
  change: { kind: ChangeKind; note: string }
  /** Quarantines that end now; the others stay. */
  lift: string[]
  version: number
}

type Needs = Pick<Store, 'atomic' | 'incidents' | 'quarantines' | 'cases' | 'knowledge' | 'thresholds' | 'proposals'>

/**
 * Only with a cause, a change that answers it, and a question that is asked again from now on and was asked since articles last changed. Errors:
 * invalid, in words, for what is missing; conflict when a colleague has changed it, and then no quarantine ends either.
 */
export function closeIncident(incident: Incident, { cause, change, lift, version }: Closing, store: Needs, by: Actor): void {
  if (incident.right === '' && cause !== 'scope' && cause !== 'tone') throw invalid('Say first what is right.')
  const cases = store.cases.of(incident.id).filter((c) => c.active)
  if (cases.length === 0) throw invalid('Add a question that is asked again at every change.')
  const wrongStill = cases.find((c) => c.last?.result === 'wrong')
  if (wrongStill)
    throw invalid(
      `“${wrongStill.question}” was answered wrong when it was last asked. Change what it rests on, ask it again, and close then.`,
    )
  const stays = store.quarantines.of(incident.id).filter((q) => q.lifted === null && !lift.includes(q.id))
  if (change.kind === 'article' && changedArticles(incident, store).length === 0)
    throw invalid(
      'No article has been changed since this incident was opened. Change it under Knowledge first, or choose what else was changed.',
    )
  if (change.kind === 'threshold' && !thresholdChanged(incident, store))
    throw invalid('No threshold has been changed or proposed since this incident was opened.')
  if (change.kind === 'phrase' && !stays.some((q) => q.kind === 'claim'))
    throw invalid('To keep the statement from being said for good, quarantine it and let that stand.')
  const changed = Math.max(incident.openedAt, ...articlesSince(incident, store).map((a) => a.at))
  const unasked = cases.find((c) => !c.last || c.last.result === 'failed' || c.last.at < changed)
  if (unasked)
    throw invalid(
      `Nobody knows yet how “${unasked.question}” is answered now: ${unasked.last?.result === 'failed' ? 'it could not be asked. Ask it again' : 'it is still to be asked. Wait for the result'}, and close then.`,
    )
  store.atomic(() => {
    for (const id of lift) store.quarantines.lift(id, `The incident is closed: ${change.note}`, by)
    store.incidents.close(incident.id, { cause, change }, version, by)
  })
}

/** Titles of articles that came into force, or were retired, since the incident was opened. */
export const changedArticles = (incident: Incident, store: Pick<Store, 'knowledge'>): string[] =>
  articlesSince(incident, store).map((a) => a.title)

const articlesSince = ({ openedAt }: Incident, { knowledge }: Pick<Store, 'knowledge'>) =>
  knowledge.articles().filter((a) => a.state !== 'draft' && a.at >= openedAt)

const thresholdChanged = ({ openedAt }: Incident, { thresholds, proposals }: Pick<Store, 'thresholds' | 'proposals'>): boolean =>
  thresholds.all().some((t) => t.at >= openedAt) || proposals.list({}).some((p) => p.at >= openedAt && p.kind !== 'correction')

/** What the question of the incident must and must not say, as far as the incident tells. */
export function suggestedCase({ question, wrong, right }: Incident): { question: string; mustSay: string[]; mustNotSay: string[] } {
  const before = new Set(quantitiesOf(wrong).map((q) => q.text))
  const figures = quantitiesOf(right).map((q) => q.text)
  return { question, mustSay: [...new Set(figures.filter((f) => !before.has(f)))], mustNotSay: wrong === '' ? [] : [wrong] }
}
