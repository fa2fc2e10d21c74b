/** The cheap look before the close one: does an answer share anything with the wrong statement? */
import { quantitiesOf } from '../../words/quantities.ts'
import { contentOf, type ClaimParts } from './claim-parts.ts'
import { compareFigures, share } from './likeness.ts'

/** 0..1: the share of the statement's content words that stand anywhere in the answer; where it has figures, half of it is theirs. */
export function likelyBeside(wrong: ClaimParts): (answer: string) => number {
  const figures = wrong.figures.length
  return (answer) => {
    const words = share(wrong.terms, contentOf(answer))
    return figures === 0 ? words : (words + compareFigures(wrong.figures, quantitiesOf(answer)).matched / figures) / 2
  }
}
