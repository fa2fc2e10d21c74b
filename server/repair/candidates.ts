import type { Block, KnowledgeBase } from '../../kb/types.ts'
import { termsOf } from '../../words/terms.ts'
import { maskPersonalData } from '../../words/personal-data.ts'
import type { Message } from '../conversation-types.ts'
import type { Source } from '../store/incident-types.ts'
import type { Citation, Trace } from '../types.ts'

/** One sentence that may be the wrong one, with the words of the articles that it rests on. */
export interface Candidate {
  text: string
  spans: Source[]
}

/** The sentences of an answer; of one that cites nothing, the whole of it. */
export function candidatesOfMessage({ text, sentences }: Message): Candidate[] {
  const said = sentences
    .filter(({ citations }) => citations.length > 0)
    .map(({ start, end, citations }) => candidate(text.slice(start, end), citations))
  return said.length > 0 ? said : [candidate(text, [])]
}

/** The sentences of a draft that was held; without one, those of its quotation. */
export function candidatesOfTrace({ draft, claims, quotation }: Trace): Candidate[] {
  if (draft && draft.text !== '') return claims.map((claim) => candidate(claim.text, claim.evidence))
  return (quotation?.sentences ?? []).map(({ start, end, citations }) => candidate(quotation?.text.slice(start, end) ?? '', citations))
}

/** Each sentence, item and row of a revision. */
export async function candidatesOfArticle(revision: string, knowledge: Pick<KnowledgeBase, 'blocks' | 'revision'>): Promise<Candidate[]> {
  const text = knowledge.revision(revision)?.text ?? ''
  return (await knowledge.blocks(revision)).map(({ block }) => candidate(block.text, [sourceOf(block, text)]))
}

export const sourceOf = ({ article, revision, title, start, end }: Block, text: string): Source => ({
  article,
  revision,
  title,
  start,
  end,
  quote: text.slice(start, end),
})

const FOUND = 8

/** Words of the articles in force that may say what is right; those with most of the searched words, the rarer the better, first. */
export async function sourcesFor(question: string, knowledge: KnowledgeBase): Promise<Source[]> {
  const hits = await knowledge.search({ question, tier: 'all', limit: FOUND })
  const wanted = new Set(termsOf(question))
  const found: { source: Source; shared: number }[] = []
  for (const { passage } of hits) {
    const text = knowledge.revision(passage.revision)?.text ?? ''
    for (const { block } of await knowledge.blocks(passage.revision)) {
      if (block.start >= passage.end || block.end <= passage.start) continue
      const terms = [...new Set(termsOf(block.text))].filter((term) => wanted.has(term))
      found.push({ source: sourceOf(block, text), shared: terms.reduce((sum, term) => sum + knowledge.idf(term), 0) })
    }
  }
  return found
    .toSorted((a, b) => b.shared - a.shared)
    .slice(0, 2 * FOUND)
    .map(({ source }) => source)
}

function candidate(text: string, citations: Citation[]): Candidate {
  return { text: maskPersonalData(text.trim()).text, spans: citations.map((c) => ({ ...c })) }
}
