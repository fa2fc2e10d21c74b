/** An answer as the customer reads it: every sentence with the numbers of its sources, what is quoted set apart as a quotation. */
import type { VNode } from 'preact'
import type { Message } from '../../server/conversation-types.ts'
import { Icon } from '../components/icon.tsx'
import { Lines } from '../components/text.tsx'
import { texts } from '../texts/en.ts'
import { Cites, SourceList } from './cites.tsx'
import { paragraphs } from './paragraphs.ts'
import { Quoted } from './quoted.tsx'
import { numbersOf, sourcesOf } from './sources.ts'
import type { Source } from './sources.ts'

export function Answer({ message: whole }: { message: Message }): VNode {
  const message = { ...whole, text: withoutCaveat(whole.text) }
  const sources = sourcesOf(message)
  const Form = message.form === 'quoted' ? Quoted : Written
  return (
    <>
      <Form message={message} sources={sources} />
      {message.verdict === 'caveat' && (
        <p class="caveat">
          <Icon name="info" /> <span>{texts.answer.caveat}</span>
        </p>
      )}
      <SourceList message={message.id} sources={sources} />
    </>
  )
}

/** The caveat is the last paragraph of the text that was sent; on the page it stands apart. */
function withoutCaveat(text: string): string {
  return text.endsWith(texts.answer.caveat) ? text.slice(0, -texts.answer.caveat.length).trimEnd() : text
}

function Written({ message, sources }: { message: Message; sources: Source[] }): VNode {
  return (
    <div class="answer plain">
      {paragraphs(message.text, message.sentences).map((pieces, i) => (
        <p key={i}>
          {pieces.map((piece, j) =>
            piece.sentence ? (
              <span key={j} class="sentence">
                <Lines text={piece.text} />
                <Cites message={message.id} sources={numbersOf(piece.sentence.citations, sources)} />
              </span>
            ) : (
              <Lines key={j} text={piece.text} />
            ),
          )}
        </p>
      ))}
    </div>
  )
}
