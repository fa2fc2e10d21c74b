import { invalid } from '../errors.ts'
import type { Incident, Quarantine } from '../store/incident-types.ts'
import type { Store } from '../store/types.ts'
import type { Actor, Citation } from '../types.ts'

/** What is stopped at once, of all that the incident is about. */
export type Stop = Quarantine['kind']

/** Why this answer may not go out as it is, or null. */
export type Barred = (answer: { text: string; citations: Citation[] }) => Promise<{ quarantine: Quarantine; why: string } | null>

/**
 * Nothing is answered any more from what was chosen; turns under way begin again, and what is held and uses it is marked. Errors: invalid where
 * the incident has nothing of what was chosen, or it would count as stopped without being so.
 */
export async function contain(
  incident: Incident,
  stops: Stop[],
  { store, barred }: { store: Pick<Store, 'atomic' | 'incidents' | 'quarantines' | 'reviews' | 'turns'>; barred: Barred },
  by: Actor,
): Promise<void> {
  const chosen = stops.flatMap((kind) => whatOf(incident, kind).map((what) => ({ kind, what })))
  if (chosen.length === 0) throw invalid('The incident says nothing of that yet. Say first what was wrong, or quarantine something else.')
  store.atomic(() => {
    for (const one of chosen) store.quarantines.set(incident.id, one, by)
    if (incident.state === 'open') store.incidents.setState(incident.id, 'contained', 'It is not said any more.', by)
  })
  await markHeld(store, barred)
}

export function whatOf({ spans, wrong, topic }: Incident, kind: Stop): string[] {
  switch (kind) {
    case 'words':
      return [...new Set(spans.map((s) => s.quote))]
    case 'article':
      return [...new Set(spans.map((s) => s.article))]
    case 'claim':
      return wrong.trim() === '' ? [] : [wrong]
    case 'topic':
      return [topic]
    default:
      return kind satisfies never
  }
}

/** Held answers that use what is quarantined come back to the queue, and say so. */
async function markHeld({ reviews, turns, quarantines }: Pick<Store, 'quarantines' | 'reviews' | 'turns'>, barred: Barred): Promise<void> {
  const found = new Map<string, string[]>()
  for (const review of reviews.list({ state: 'open', limit: 10_000 })) {
    const trace = turns.trace(review.turn)
    if (!trace) continue
    const forms = [
      { text: trace.draft?.text ?? '', citations: trace.claims.flatMap((c) => c.evidence) },
      { text: trace.quotation?.text ?? '', citations: trace.quotation?.citations ?? [] },
    ]
    for (const form of forms) {
      const why = await barred(form)
      if (why) found.set(why.quarantine.id, [...(found.get(why.quarantine.id) ?? []), review.id])
    }
  }
  for (const [quarantine, marked] of found) quarantines.mark(quarantine, [...new Set(marked)])
}
