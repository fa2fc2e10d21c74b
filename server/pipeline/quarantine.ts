import type { Block, KnowledgeBase } from '../../kb/types.ts'
import type { Quarantine } from '../store/incident-types.ts'
import type { Concern, Trace } from '../types.ts'
import type { Ports } from './ports.ts'

/** So many more are searched for as may be left out. */
const SPARE = 10

/** The knowledge base without what is quarantined: no article, and no block that holds any of the words, whichever revision they stand in. */
export function withoutQuarantined(knowledge: KnowledgeBase, active: Quarantine[]): KnowledgeBase {
  const articles = new Set(active.filter((q) => q.kind === 'article').map((q) => q.what))
  const words = active.filter((q) => q.kind === 'words').map((q) => q.what)
  if (articles.size + words.length === 0) return knowledge
  return {
    revision: (id) => knowledge.revision(id),
    inForce: (article) => knowledge.inForce(article),
    idf: (term) => knowledge.idf(term),
    snapshot: () => knowledge.snapshot(),
    async search(request) {
      const hits = await knowledge.search({ ...request, limit: request.limit + SPARE })
      return hits.filter((h) => !articles.has(h.passage.article)).slice(0, request.limit)
    },
    async blocks(revision) {
      const found = knowledge.revision(revision)
      if (!found || articles.has(found.article)) return []
      const barred = words.flatMap((w) => placesOf(w, found.text))
      return (await knowledge.blocks(revision)).filter(({ block }) => !barred.some((span) => overlaps(block, span)))
    },
  }
}

/** Every place of a text where these words stand, white space aside. */
function placesOf(words: string, text: string): { start: number; end: number }[] {
  const parts = words.split(/\s+/).filter(Boolean)
  if (parts.length === 0) return []
  const pattern = new RegExp(parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('\\s+'), 'g')
  return Array.from(text.matchAll(pattern), (m) => ({ start: m.index, end: m.index + m[0].length }))
}

const overlaps = (a: Pick<Block, 'start' | 'end'>, b: { start: number; end: number }): boolean => a.start < b.end && b.start < a.end

/** What of the turn is quarantined: its topic, or a statement that either form makes. */
export async function quarantinedIn(trace: Trace, active: Quarantine[], ports: Pick<Ports, 'states'>): Promise<Concern[]> {
  const texts = [trace.draft?.text, trace.quotation?.text].flatMap((text) => text || [])
  const concerns: Concern[] = []
  for (const { kind, what, incident } of active) {
    if (kind === 'topic' && what === trace.scope.topic) concerns.push({ kind: 'quarantined', incident, what: 'topic' })
    if (kind === 'claim' && (await ports.states(what, texts)).some(Boolean)) concerns.push({ kind: 'quarantined', incident, what: 'claim' })
  }
  return concerns
}

/**
 * Why a text may not go out as it is: it states what is quarantined, or rests on words that are. Null: nothing stands against it. For held
 * answers, which were written before the quarantine.
 */
export async function whyQuarantined(
  { text, citations }: { text: string; citations: Trace['decision']['citations'] },
  active: Quarantine[],
  ports: Pick<Ports, 'states' | 'knowledge'>,
): Promise<{ quarantine: Quarantine; why: string } | null> {
  for (const quarantine of active) {
    const { kind, what } = quarantine
    const resting = citations.some((c) =>
      kind === 'article'
        ? c.article === what
        : kind === 'words' && placesOf(what, ports.knowledge.revision(c.revision)?.text ?? '').some((span) => overlaps(c, span)),
    )
    if (resting) return { quarantine, why: 'It rests on words that were found wrong and are quarantined.' }
    if (kind === 'claim' && text !== '' && (await ports.states(what, [text])).some(Boolean))
      return { quarantine, why: 'It says what was found wrong and is quarantined.' }
  }
  return null
}
