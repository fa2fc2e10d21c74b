import type { Block } from '../../kb/types.ts'

/**
 * The sentence that introduces an item or a row, as plain text; null without one. What follows a question is its answer ("Smell of gas? Do not
 * call us here.") and says something false without it. `all`: the blocks of its revision.
 */
export function leadInOf({ leadIn }: Block, all: Block[]): string | null {
  const at = leadIn === null ? -1 : all.findIndex((b) => b.kind === 'sentence' && b.start <= leadIn.start && b.end >= leadIn.end)
  const [lead, before] = [all[at], all[at - 1]]
  if (!lead) return null
  return before?.text.endsWith('?') && before.around.start === lead.around.start ? null : lead.text
}

/** The items or rows that a sentence introduces. */
export function introducedBy(block: Block, all: Block[]): Block[] {
  if (block.kind !== 'sentence') return []
  return all.filter((b) => b.revision === block.revision && b.leadIn !== null && b.leadIn.start >= block.start && b.leadIn.end <= block.end)
}
