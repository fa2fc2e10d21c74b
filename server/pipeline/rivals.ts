import type { Block } from '../../kb/types.ts'
import { quantitiesOf, type QuantityKind } from '../../words/quantities.ts'
import { LEANS } from '../../words/sentences.ts'
import type { ScoredBlock } from '../types.ts'

/** Logits by which a sentence must be less of an answer than the best before its figure counts as another matter's (measured). */
const FAR = 6
const COMPARED = new Set<QuantityKind>(['money', 'percent', 'measure', 'time'])
/** What bounds or turns the sentence beside it. */
const BOUNDS = /\b(?:if|unless|only|except|provided|however|but|not|no|cannot|never|at least|at most|the most|the least|up to|also)\b/i
/**
 * A quoted paragraph without the sentences that give a figure of the same kind for another matter: the code's ten minutes beside the
 * thirty of a locked account. Such a sentence must be far less of an answer than the best one, neither bound it nor lean on it, nor be
 * leaned on.
 */
export function withoutRivals(paragraph: Block[], best: ScoredBlock, scored: ScoredBlock[]): Block[] {
  const kinds = kindsOf(best.block)
  const at = paragraph.findIndex((b) => b.start === best.block.start)
  const leansOnNeighbour = (i: number): boolean =>
    (i === at - 1 && LEANS.test(best.block.text)) || (i === at + 1 && LEANS.test(textAt(paragraph, i)))
  return paragraph.filter((block, i) => {
    if (i === at || BOUNDS.test(block.text) || leansOnNeighbour(i)) return true
    const its = scored.find((b) => b.block.revision === block.revision && b.block.start === block.start)?.relevance ?? -Infinity
    return its >= best.relevance - FAR || !kindsOf(block).some((kind) => kinds.includes(kind))
  })
}

const textAt = (blocks: Block[], i: number): string => blocks[i]?.text ?? ''
const kindsOf = (block: Block): QuantityKind[] => quantitiesOf(block.text).flatMap((q) => (COMPARED.has(q.kind) ? [q.kind] : []))
