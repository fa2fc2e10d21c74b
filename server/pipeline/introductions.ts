import type { Block } from '../../kb/types.ts'

/** The sentence that introduces an item or a row, as plain text; null without one. `all`: the blocks of its revision. */
export function leadInOf({ leadIn }: Block, all: Block[]): string | null {
  return leadIn && (all.find((b) => b.kind === 'sentence' && b.start <= leadIn.start && b.end >= leadIn.end)?.text ?? null)
}

/** The items or rows that a sentence introduces. */
export function introducedBy(block: Block, all: Block[]): Block[] {
  if (block.kind !== 'sentence') return []
  return all.filter((b) => b.revision === block.revision && b.leadIn !== null && b.leadIn.start >= block.start && b.leadIn.end <= block.end)
}
