import type { Block } from '../../kb/types.ts'
import type { Window } from '../checks/check.ts'
import type { Evidence } from '../types.ts'
import { leadInOf } from './introductions.ts'
import { citationOf } from './quote.ts'
import type { Ports } from './ports.ts'

/** About 350 tokens: what the model reads is what it costs. */
const MOST_WORDS = 240

/**
 * The selected blocks with what stands around them (their paragraph, list or table), best first: what the model reads and
 * what its claims are checked against, and nothing else.
 */
export async function passagesOf(evidence: Evidence, { knowledge }: Pick<Ports, 'knowledge'>): Promise<Window[]> {
  const passages: Window[] = []
  const seen = new Set<string>()
  let words = 0
  for (const { block } of evidence.blocks) {
    const key = `${block.revision}:${block.around.start}`
    if (seen.has(key)) continue
    seen.add(key)
    const all = (await knowledge.blocks(block.revision)).map((b) => b.block)
    const stretch = all.filter((b) => b.around.start === block.around.start)
    const near = around(block, stretch)
    const text = near.map(lineOf).join(near[0]?.kind === 'sentence' ? ' ' : '\n')
    const lead = leadInOf(block, all)
    const count = text.split(/\s+/).length
    if (passages.length > 0 && words + count > MOST_WORDS) continue
    words += count
    passages.push({
      about: [block.title, ...block.headings.filter((h) => h !== block.title)].join(' – '),
      text: lead ? `${lead}\n${text}` : text,
      cites: near.map((b) => ({ text: b.text, citation: citationOf(b, knowledge) })),
    })
  }
  return passages
}

/** The whole stretch if it is short; of a long one the block and its neighbours. */
function around(block: Block, stretch: Block[]): Block[] {
  const long = stretch.reduce((sum, b) => sum + b.text.split(/\s+/).length, 0) > 110
  if (!long) return stretch
  const at = stretch.findIndex((b) => b.start === block.start)
  return stretch.slice(Math.max(0, at - 2), at + 3)
}

const lineOf = (block: Block): string => (block.kind === 'sentence' ? block.text : `- ${block.text}`)
