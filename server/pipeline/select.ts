import type { Block, Hit } from '../../kb/types.ts'
import { quantitiesOf } from '../../words/quantities.ts'
import { termsOf, wordsOf } from '../../words/terms.ts'
import { dot } from '../checks/claims.ts'
import { wants } from '../checks/on-question.ts'
import { confidenceOf, SHIPPED } from '../policy/confidence.ts'
import type { Evidence, ScoredBlock } from '../types.ts'
import type { Ports } from './ports.ts'

const KEEP = 8

/**
 * The blocks that answer the question, from the articles that the search found: .6 cosine + .3 share of the question's
 * IDF weight in the block + .1 the same with title and headings. What the score is worth stands in docs/measurements.md.
 */
export async function select(question: string, hits: Hit[], ports: Pick<Ports, 'knowledge' | 'embedder'>): Promise<Evidence> {
  const revisions = [...new Set(hits.map((h) => h.passage.revision))]
  const [vector] = await ports.embedder.embed([question])
  const terms = termsOf(question)
  const weight = (list: string[]): number => list.reduce((sum, t) => sum + ports.knowledge.idf(t), 0)
  const total = weight(terms) || 1
  const share = (text: string): number => {
    const there = new Set(wordsOf(text).map((w) => w.term))
    return weight(terms.filter((t) => there.has(t))) / total
  }
  const scored: ScoredBlock[] = []
  for (const revision of revisions) {
    for (const { block, vector: its } of await ports.knowledge.blocks(revision)) {
      const cosine = dot(vector, its)
      const coverage = share(block.text)
      const score = 0.6 * cosine + 0.3 * coverage + 0.1 * share(`${block.title} ${block.headings.join(' ')} ${block.text}`)
      scored.push({ block, score, cosine, coverage })
    }
  }
  scored.sort((a, b) => b.score - a.score)
  const blocks = scored.slice(0, KEEP)
  const signals = blocks.length > 0 ? signalsOf(question, blocks, scored, hits, share) : {}
  return { blocks, signals, enough: blocks.length > 0 && confidenceOf('quoted', signals).value >= SHIPPED.enough }
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
  const elsewhere = all.find((b) => b.block.revision !== first.block.revision)
  const other = hits.find((h) => h.passage.revision !== hits[0]?.passage.revision)
  const wanted = wants(question)
  const bm25 = hits.find((h) => h.passage.revision === first.block.revision)?.bm25 ?? 0
  return {
    score: first.score,
    cosine: first.cosine,
    coverage: first.coverage,
    /** In its whole paragraph, list or table, with title and headings. */
    around: share([first.block.title, ...first.block.headings, ...sameStretch.map((b) => b.block.text)].join(' ')),
    /** In the best eight blocks together: a word that stands nowhere is asked about in vain. */
    found: share(blocks.map((b) => `${b.block.title} ${b.block.text}`).join(' ')),
    margin: first.score - (blocks[1]?.score ?? 0),
    articleMargin: first.score - (elsewhere?.score ?? 0),
    /** ln(1 + BM25 of the best passage), and its lead over the best passage of another article, as a share. */
    bm25: Math.log1p(bm25),
    bm25Margin: bm25 > 0 ? (bm25 - (other?.bm25 ?? 0)) / bm25 : 0,
    searchAgrees: hits[0]?.passage.revision === first.block.revision ? 1 : 0,
    questionWords: Math.log1p(termsOf(question).length),
    /** 1: the block has the kind of figure that is asked for; -1: it hasn't; 0: no kind is asked for. */
    kindFound: wanted === null ? 0 : quantitiesOf(textOf(first.block)).some(wanted.kinds) ? 1 : -1,
    isRow: first.block.kind === 'row' ? 1 : 0,
    isItem: first.block.kind === 'item' ? 1 : 0,
  }
}

const textOf = (block: Block): string => block.text
