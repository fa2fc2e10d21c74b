import type { Block, KnowledgeBase } from '../../kb/types.ts'
import type { Citation, Evidence, Quotation, ScoredBlock, Sentence } from '../types.ts'
import type { Ports } from './ports.ts'

/** A second block is quoted too when it scores nearly as high as the first. */
const NEARLY = 0.06
const MOST = 3

/** The exact words of the article that answer the question, with what they belong to: heading, table header, lead-in, condition. Null without evidence. */
export function quote(question: string, evidence: Evidence, { knowledge, texts }: Pick<Ports, 'knowledge' | 'texts'>): Quotation | null {
  const [first] = evidence.blocks
  if (!first) return null
  const chosen = choose(first, evidence.blocks)
  let text = texts.quoted(first.block.title)
  const sentences: Sentence[] = []
  for (const block of chosen) {
    text += '\n\n'
    if (block.leadIn && knowledge.revision(block.revision)) text += `${plainLeadIn(block, knowledge)} `
    const start = text.length
    text += block.text
    sentences.push({ start, end: text.length, citations: [citationOf(block, knowledge)] })
  }
  return { text, sentences, citations: sentences.flatMap((s) => s.citations) }
}

/** The best block and, of the same article, those nearly as good, in the order of the article. */
function choose(first: ScoredBlock, blocks: ScoredBlock[]): Block[] {
  return blocks
    .filter((b) => b.block.revision === first.block.revision && b.score >= first.score - NEARLY)
    .slice(0, MOST)
    .map((b) => b.block)
    .sort((a, b) => a.start - b.start)
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

function plainLeadIn(block: Block, knowledge: KnowledgeBase): string {
  return block.leadIn
    ? (knowledge.revision(block.revision)?.text.slice(block.leadIn.start, block.leadIn.end) ?? '')
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .replace(/[*_`]/g, '')
    : ''
}
