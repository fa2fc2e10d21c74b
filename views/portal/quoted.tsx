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

/** Runs of the document's words and of ours. White space and list marks between two quoted pieces belong to neither. */
function groups(message: Message): Group[] {
  const found: Group[] = []
  for (const piece of paragraphs(message.text, message.sentences).flat()) {
    const quoted = (piece.sentence?.citations.length ?? 0) > 0
    if (!quoted && /^[\s•*\-–“”"]*$/.test(piece.text)) continue
    const last = found.at(-1)
    if (last && last.quoted === quoted) last.pieces.push(piece)
    else found.push({ quoted, pieces: [piece] })
  }
  return found
}

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
