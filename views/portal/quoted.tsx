/** An answer that is a quotation: our own words before it, then the document's, marked off by a rule and quotation marks. */
import type { VNode } from 'preact'
import type { Message } from '../../server/conversation-types.ts'
import { Lines } from '../components/text.tsx'
import { Cites } from './cites.tsx'
import { paragraphs } from './paragraphs.ts'
import type { Piece } from './paragraphs.ts'
import { rowOf } from './row.ts'
import { numbersOf } from './sources.ts'
import type { Source } from './sources.ts'

export function Quoted({ message, sources }: { message: Message; sources: Source[] }): VNode {
  return (
    <div class="answer plain">
      {groups(message).map((group, i) =>
        group.quoted ? (
          <blockquote key={i} class="quoted">
            {group.paragraphs.map((pieces, j) => (
              <QuotedParagraph key={j} message={message.id} pieces={pieces} sources={sources} />
            ))}
          </blockquote>
        ) : (
          group.paragraphs.map((pieces, j) => (
            <p key={`${i}-${j}`} class="introduction">
              <Lines text={textOf(pieces)} />
            </p>
          ))
        ),
      )}
    </div>
  )
}

interface Group {
  quoted: boolean
  paragraphs: Piece[][]
}

/** Runs of paragraphs. In a paragraph with a cited piece every word is the document's: what leads in to a list item stands before it uncited. */
function groups(message: Message): Group[] {
  const found: Group[] = []
  for (const paragraph of paragraphs(message.text, message.sentences)) {
    const quoted = paragraph.some(isCited)
    const last = found.at(-1)
    if (last && last.quoted === quoted) last.paragraphs.push(paragraph)
    else found.push({ quoted, paragraphs: [paragraph] })
  }
  return found
}

const isCited = ({ sentence }: Piece): boolean => (sentence?.citations.length ?? 0) > 0
const textOf = (pieces: Piece[]): string =>
  pieces
    .map(({ text }) => text)
    .join('')
    .trim()

/** Words in quotation marks; a row of a table as its labelled cells, under what leads in to the table. */
function QuotedParagraph({ message, pieces, sources }: { message: string; pieces: Piece[]; sources: Source[] }): VNode {
  const cited = pieces.find(isCited)
  const citations = pieces.flatMap(({ sentence }) => sentence?.citations ?? [])
  const cites = <Cites message={message} sources={numbersOf(citations, sources)} />
  // With more than the one row in it the paragraph is shown as it is: no quoted word may go missing.
  const row = cited && pieces.filter(isCited).length === 1 && rowOf(cited.text, cited.sentence?.citations[0]?.quote ?? '')
  if (!row)
    return (
      <p class="sentence">
        <q>
          <Lines text={textOf(pieces)} />
        </q>
        {cites}
      </p>
    )
  const leadIn = textOf(pieces.slice(0, pieces.indexOf(cited)))
  return (
    <div class="sentence quoted-row">
      {leadIn !== '' && (
        <p>
          <q>
            <Lines text={leadIn} />
          </q>
        </p>
      )}
      <dl>
        {row.map(({ head, cell }, i) => (
          <div key={i}>
            {head !== '' && <dt>{head}</dt>}
            <dd>{cell}</dd>
          </div>
        ))}
      </dl>
      {cites}
    </div>
  )
}
