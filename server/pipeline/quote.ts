import type { Block, KnowledgeBase } from '../../kb/types.ts'
import type { Citation, Evidence, Quotation, ScoredBlock, Sentence } from '../types.ts'
import { introducedBy, leadInOf } from './introductions.ts'
import type { Ports } from './ports.ts'
import { rowText } from './quote-row.ts'
import { sentenceText } from './quote-sentence.ts'
import { withoutRivals } from './rivals.ts'

/** A second block of the same article is quoted too when it scores nearly as high as the first. */
const NEARLY = 0.03
const MOST = 2
/** A paragraph up to this many words is quoted whole: what bounds a sentence mostly stands beside it. */
const SHORT = 80
/** Items or rows up to which a list or table is quoted whole. */
const SHORT_LIST = 8

/**
 * The exact words of the article that answer the question, with what they belong to: the paragraph or the sentences around, the
 * lead-in of a list item, the header of a table row. Null without evidence.
 */
export async function quote(
  question: string,
  evidence: Evidence,
  { knowledge, texts }: Pick<Ports, 'knowledge' | 'texts'>,
): Promise<Quotation | null> {
  const [first] = evidence.blocks
  if (!first) return null
  const all = (await knowledge.blocks(first.block.revision)).map((b) => b.block)
  const chosen = new Set(choose(first, evidence.blocks).flatMap((best) => withSurroundings(best, all, evidence.blocks)))
  const sentences: Sentence[] = []
  let text = texts.quoted(first.block.title)
  let before: Block | null = null
  for (const block of all.filter((b) => chosen.has(b))) {
    const goesOn: boolean = before?.around.start === block.around.start
    text += goesOn && block.kind === 'sentence' ? ' ' : '\n\n'
    const lead = goesOn || (before && introducedBy(before, [block]).length > 0) ? null : leadInOf(block, all)
    if (lead) text += `${lead}\n`
    const start = text.length
    text += sentenceText(block.kind === 'row' ? rowText(block, question) : block.text, question)
    sentences.push({ start, end: text.length, citations: [citationOf(block, knowledge)] })
    before = block
  }
  return { text, sentences, citations: sentences.flatMap((s) => s.citations) }
}

/** The best block and, of the same article, those nearly as good. */
function choose(first: ScoredBlock, blocks: ScoredBlock[]): ScoredBlock[] {
  return blocks.filter((b) => b.block.revision === first.block.revision && b.score >= first.score - NEARLY).slice(0, MOST)
}

/**
 * A sentence that introduces a short list or table with all of it; another one with its short paragraph (and the list that this ends in),
 * or with the sentences beside it; an item or a row stands by itself, with its lead-in or header.
 */
function withSurroundings(best: ScoredBlock, all: Block[], scored: ScoredBlock[]): Block[] {
  const { block } = best
  const at = all.findIndex((b) => b.start === block.start)
  if (block.kind !== 'sentence') return all.slice(at, at + 1)
  const introduced = shortListOf(block, all)
  if (introduced.length > 0) return [...all.slice(at, at + 1), ...introduced]
  const paragraph = all.filter((b) => b.around.start === block.around.start)
  if (paragraph.reduce((sum, b) => sum + b.text.split(/\s+/).length, 0) > SHORT)
    return all.slice(Math.max(0, at - 1), at + 2).filter((b) => b.around.start === block.around.start)
  return withoutRivals(paragraph, best, scored).flatMap((b) => (b.text.endsWith(':') ? [b, ...shortListOf(b, all)] : [b]))
}

function shortListOf(block: Block, all: Block[]): Block[] {
  const introduced = introducedBy(block, all)
  return introduced.length <= SHORT_LIST ? introduced : []
}

export function citationOf(block: Block, knowledge: KnowledgeBase): Citation {
  const text = knowledge.revision(block.revision)?.text ?? ''
  return {
    article: block.article,
    revision: block.revision,
    title: block.title,
    start: block.start,
    end: block.end,
    quote: text.slice(block.start, block.end),
  }
}
