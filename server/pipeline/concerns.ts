import type { Concern, Trace } from '../types.ts'
import { contradictionsOf } from './contradictions.ts'
import type { Ports } from './ports.ts'

type Needs = Pick<Ports, 'clock' | 'knowledge' | 'embedder' | 'sendsExpired'>

/** What stands against sending an answer by itself, whatever its confidence. For the rules in policy/, and for the record. */
export async function concernsOf(trace: Trace, ports: Needs): Promise<Concern[]> {
  if (!trace.evidence?.enough) return []
  return [...(await contradictionsOf(trace.evidence, ports)), ...(ports.sendsExpired ? [] : expiredOf(trace, ports))]
}

/** Articles past their date among those that either form rests on. */
function expiredOf({ quotation, claims }: Trace, { clock, knowledge }: Pick<Ports, 'clock' | 'knowledge'>): Concern[] {
  const cited = [...(quotation?.citations ?? []), ...claims.flatMap((c) => c.evidence)]
  const revisions = new Map(cited.map((c) => [c.revision, knowledge.revision(c.revision)]))
  return [...revisions.values()].flatMap((revision) =>
    revision !== null && isExpired(revision.review, clock())
      ? [{ kind: 'expired', article: revision.article, title: revision.title, review: revision.review ?? '' } as const]
      : [],
  )
}

/** Whether somebody should have looked at the article again by now; the day itself is still in time (UTC). */
export function isExpired(review: string | null, now: number): boolean {
  return review !== null && review < new Date(now).toISOString().slice(0, 10)
}
