/** An answer made easy to compare: its figures that are the statement's are written as the statement writes them. */
import { quantitiesOf } from '../../words/quantities.ts'
import type { ClaimParts } from './claim-parts.ts'
import { sameFigure } from './likeness.ts'

/** "until four o'clock in the afternoon" beside "4pm" becomes "until 4pm": comparing figures is for rules, not for a small model. */
export function alignedTo(statement: ClaimParts, text: string): string {
  let aligned = text
  for (const quantity of quantitiesOf(text).toReversed()) {
    const own = statement.figures.find((figure) => sameFigure(figure, quantity))
    if (own) aligned = `${aligned.slice(0, quantity.start)}${own.text}${aligned.slice(quantity.end)}`
  }
  return aligned
}
