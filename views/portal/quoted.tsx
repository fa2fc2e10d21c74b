/** An answer that is a quotation: our own words before it, then the document's, marked off by a rule and quotation marks. */
import type { VNode } from 'preact'
import type { Message } from '../../server/types.ts'
import { Lines } from '../components/text.tsx'
import { Cites, paragraphs } from './answer.tsx'
import type { Piece } from './answer.tsx'
import { rowOf } from './row.ts'
import { numbersOf } from './sources.ts'
import type { Source } from './sources.ts'

export function Quoted({ message, sources }: { message: Message; sources: Source[] }): VNode {
  return (
    <div class="answer plain">
      {groups(message).map((group, i) =>
        group.quoted ? (
          <blockquote key={i} class="quoted">
            {group.pieces.map((piece, j) => (
              <QuotedPiece key={j} message={message.id} piece={piece} sources={sources} />
            ))}
          </blockquote>
        ) : (
          <p key={i} class="introduction">
            <Lines
              text={group.pieces
                .map((piece) => piece.text)
                .join('')
                .trim()}
            />
          </p>
        ),
      )}
    </div>
  )
}

interface Group {
  quoted: boolean
  pieces: Piece[]
}

/** Runs of paragraphs. In a paragraph with a cited piece every word is the document's: what leads in to a list item stands before it uncited. */
function groups(message: Message): Group[] {
  const found: Group[] = []
  for (const paragraph of paragraphs(message.text, message.sentences)) {
    const quoted = paragraph.some(isCited)
    const pieces = paragraph.filter((piece) => !/^[\s•*\-–]*$/.test(piece.text))
    const last = found.at(-1)
    if (last && last.quoted && quoted) last.pieces.push(...pieces)
    else found.push({ quoted, pieces })
  }
  return found
}

const isCited = ({ sentence }: Piece): boolean => (sentence?.citations.length ?? 0) > 0

function QuotedPiece({ message, piece, sources }: { message: string; piece: Piece; sources: Source[] }): VNode {
  const cited = piece.sentence?.citations ?? []
  const row = rowOf(piece.text, cited[0]?.quote ?? '')
  const cites = <Cites message={message} sources={numbersOf(cited, sources)} />
  if (!row)
    return (
      <p class="sentence">
        <Lines text={piece.text} />
        {cites}
      </p>
    )
  return (
    <div class="sentence quoted-row">
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
