import type { Block, Hit } from '../../kb/types.ts'
import { termsOf, wordsOf } from '../../words/terms.ts'
import { dot } from '../checks/claims.ts'
import { gives, wants } from '../checks/on-question.ts'
import { confidenceOf } from '../policy/confidence.ts'
import type { Evidence, ScoredBlock } from '../types.ts'
import { introducedBy, leadInOf } from './introductions.ts'
import type { Ports } from './ports.ts'

const KEEP = 8
/** Blocks that the relevance model reads: the right one is nearly always among them, and each costs milliseconds. */
const READ = 24
/** What a block gains that has the kind of figure which is asked for: who asks for a price is not helped by a sentence about prices. */
const OF_THE_KIND = 0.3

/**
 * The blocks that answer the question, from the articles that the search found. First by words and vectors: .6 cosine + .3 share of the
 * question's IDF weight in the block + .1 the same with title and headings; the best of them are read by the relevance model and
 * ranked by both. What that is worth stands in docs/measurements.md.
 */
export async function select(
  question: string,
  hits: Hit[],
  ports: Pick<Ports, 'knowledge' | 'embedder' | 'relevance' | 'calibration'>,
): Promise<Evidence> {
  const share = shareOf(question, ports)
  const scored = await byWordsAndVectors(question, hits, share, ports)
  const read = await byRelevance(question, scored.slice(0, READ), ports)
  const blocks = read.slice(0, KEEP)
  const signals = blocks.length > 0 ? signalsOf(question, blocks, scored, hits, share) : {}
  const models = ports.calibration()
  return { blocks, signals, enough: blocks.length > 0 && confidenceOf('quoted', signals, models).value >= models.enough }
}

/** Share of the question's IDF weight whose words stand in a text, 0..1. */
function shareOf(question: string, { knowledge }: Pick<Ports, 'knowledge'>): (text: string) => number {
  const terms = termsOf(question)
  const weight = (list: string[]): number => list.reduce((sum, t) => sum + knowledge.idf(t), 0)
  const total = weight(terms) || 1
  return (text) => {
    const there = new Set(wordsOf(text).map((w) => w.term))
    return weight(terms.filter((t) => there.has(t))) / total
  }
}

async function byWordsAndVectors(
  question: string,
  hits: Hit[],
  share: (text: string) => number,
  { knowledge, embedder }: Pick<Ports, 'knowledge' | 'embedder'>,
): Promise<ScoredBlock[]> {
  const [vector] = await embedder.embed([question])
  const scored: ScoredBlock[] = []
  for (const revision of new Set(hits.map((h) => h.passage.revision))) {
    const text = knowledge.revision(revision)?.text ?? ''
    for (const { block, vector: its } of await knowledge.blocks(revision)) {
      if (isPointer(text.slice(block.start, block.end))) continue
      const cosine = dot(vector, its)
      const coverage = share(block.text)
      const words = 0.6 * cosine + 0.3 * coverage + 0.1 * share(`${block.title} ${block.headings.join(' ')} ${block.text}`)
      scored.push({ block, score: words, words, relevance: 0, cosine, coverage })
    }
  }
  return scored.sort((a, b) => b.words - a.words)
}

/** "What it costs: [fees for transfers abroad](…)" speaks of the matter in the question's own words, and says nothing about it. */
function isPointer(markdown: string): boolean {
  const links = [...markdown.matchAll(/\[([^\]]*)\]\([^)]*\)/g)]
  const plain = markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  return links.reduce((sum, l) => sum + (l[1]?.length ?? 0), 0) > 0.3 * plain.length
}

/** Ranks by a tenth of the relevance logit beside the score of words and vectors: more or less of it hardly matters (measured). */
async function byRelevance(
  question: string,
  best: ScoredBlock[],
  { knowledge, relevance }: Pick<Ports, 'knowledge' | 'relevance'>,
): Promise<ScoredBlock[]> {
  if (best.length === 0) return []
  const wanted = wants(question)
  const withLead = best.map(async ({ block }) => {
    const all = (await knowledge.blocks(block.revision)).map((b) => b.block)
    return { ...block, lead: leadOf(block, all) }
  })
  const logits = await relevance.relevance(question, await Promise.all(withLead))
  return best
    .map((b, i) => ({
      ...b,
      relevance: logits[i] ?? 0,
      score: b.words + 0.1 * (logits[i] ?? 0) + (wanted && gives(b.block.text, wanted) ? OF_THE_KIND : 0),
    }))
    .sort((a, b) => b.score - a.score)
}

/** What introduces a block: the lead-in of an item or row; the sentence before in the same paragraph. */
function leadOf(block: Block, all: Block[]): string | null {
  if (block.kind !== 'sentence') return leadInOf(block, all)
  const before = all.filter((b) => b.around.start === block.around.start && b.end <= block.start)
  return before.at(-1)?.text ?? null
}

/** What the confidence is computed from. Each is 0..1 unless said otherwise. */
function signalsOf(
  question: string,
  blocks: ScoredBlock[],
  all: ScoredBlock[],
  hits: Hit[],
  share: (text: string) => number,
): Record<string, number> {
  const first = blocks[0] as ScoredBlock
  const sameStretch = all.filter((b) => b.block.revision === first.block.revision && b.block.around.start === first.block.around.start)
  const elsewhere = blocks.find((b) => b.block.revision !== first.block.revision)
  const other = hits.find((h) => h.passage.revision !== hits[0]?.passage.revision)
  const wanted = wants(question)
  const introduced = introducedBy(
    first.block,
    all.map((b) => b.block),
  )
  const bm25 = hits.find((h) => h.passage.revision === first.block.revision)?.bm25 ?? 0
  return {
    words: first.words,
    /** Logit of the relevance model for the best block, and its lead over the best of the others. */
    relevance: first.relevance,
    relevanceMargin: first.relevance - Math.max(-12, ...blocks.slice(1).map((b) => b.relevance)),
    cosine: first.cosine,
    /** In its whole paragraph, list or table, with title and headings. */
    around: share([first.block.title, ...first.block.headings, ...sameStretch.map((b) => b.block.text)].join(' ')),
    articleMargin: first.score - (elsewhere?.score ?? 0),
    /** ln(1 + BM25 of the best passage), and its lead over the best passage of another article, as a share. */
    bm25: Math.log1p(bm25),
    bm25Margin: bm25 > 0 ? (bm25 - (other?.bm25 ?? 0)) / bm25 : 0,
    questionWords: Math.log1p(termsOf(question).length),
    /** 1: the block has the kind of figure that is asked for; -1: it hasn't; 0: no kind is asked for. */
    kindFound: wanted === null ? 0 : gives([first.block, ...introduced].map((b) => b.text).join('\n'), wanted) ? 1 : -1,
  }
}
