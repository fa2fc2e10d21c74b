/** Why an answer is taken for the wrong statement, or isn't, in words for a support lead. */
import type { ClaimParts } from './claim-parts.ts'
import type { ComparedPiece } from './compare.ts'

/** Of the statement's words, the share from which a piece says it in nearly the same words. */
const SAME_WORDS = 0.8
const SOME_WORDS = 0.4

/** `opinion`: what the answering model said of it, above 0 for the same; null where it wasn't asked. */
export function whyOf(hit: boolean, statement: ClaimParts, piece: ComparedPiece, opinion: number | null): string {
  return hit ? whyIn(statement, piece, opinion) : whyNot(statement, piece, opinion)
}

function whyIn(statement: ClaimParts, { signals, parts }: ComparedPiece, opinion: number | null): string {
  const figure = signals.figuresAgree ? `gives the same ${statement.figures.length > 1 ? 'figures' : 'figure'} (${list(statement)})` : ''
  const words = signals.coverage >= SAME_WORDS ? 'says it in nearly the same words' : 'speaks of the same in other words'
  const doubts = [
    signals.figuresMissing > 0 ? 'not every figure is in it' : '',
    signals.denialDiffers ? 'one of the two denies something' : '',
    signals.otherKind || signals.moreKinds ? 'it may be about something else' : '',
    opinion !== null && opinion < 0 ? 'asked again, the model was not sure' : '',
  ].filter(Boolean)
  return `It ${[figure, words].filter(Boolean).join(' and ')}: “${short(parts.text)}”${doubts.length > 0 ? `. Look at it: ${doubts.join(', and ')}.` : ''}`
}

function whyNot(statement: ClaimParts, { signals, parts }: ComparedPiece, opinion: number | null): string {
  const reason =
    signals.figureInstead && signals.figuresMissing > 0
      ? `gives another figure (${parts.figures.map((f) => f.text).join(', ')} instead of ${list(statement)})`
      : signals.past
        ? 'says how it was before'
        : signals.nameInstead
          ? `names something else (${[...parts.names].filter((name) => !statement.names.has(name)).join(', ')})`
          : signals.otherKind
            ? 'is about something else of the same kind'
            : signals.denialDiffers && signals.coverage >= SOME_WORDS
              ? 'denies it, or states what it denies'
              : signals.figuresMissing === 1
                ? `does not give ${list(statement)}`
                : opinion !== null && signals.coverage >= SOME_WORDS
                  ? 'speaks of the same, but the model does not read it as saying this'
                  : 'speaks of something else'
  return `It ${reason}: “${short(parts.text)}”`
}

const list = ({ figures }: ClaimParts): string => figures.map((f) => f.text).join(', ')
const short = (text: string): string => (text.length <= 160 ? text : `${text.slice(0, 157).trimEnd()} …`)
