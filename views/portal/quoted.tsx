/** An answer that is a quotation: our own words before it, then the document's, marked off by a rule and quotation marks. */
import type { VNode } from 'preact'
import type { Message } from '../../server/conversation-types.ts'
import type { Citation } from '../../server/types.ts'
import { Lines } from '../components/text.tsx'
import { texts } from '../texts/en.ts'
import { Cites } from './cites.tsx'
import { paragraphs } from './paragraphs.ts'
import type { Piece } from './paragraphs.ts'
import { rowOf } from './row.ts'
import type { Cell } from './row.ts'
import { numbersOf } from './sources.ts'
import type { Source } from './sources.ts'

export function Quoted({ message, sources }: { message: Message; sources: Source[] }): VNode {
  return (
    <div class="answer plain">
      {groups(message).map((group, i) =>
        group.quoted ? (
          <blockquote key={i} class="quoted">
            {runs(group.paragraphs).map((run, j) =>
              'rows' in run ? (
                <QuotedRows key={j} message={message.id} {...run} sources={sources} />
              ) : (
                <p key={j} class="sentence">
                  <q>
                    <Lines text={textOf(run.words)} />
                  </q>
                  <Cites message={message.id} sources={numbersOf(citationsOf(run.words), sources)} />
                </p>
              ),
            )}
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

const citationsOf = (pieces: Piece[]): Citation[] => pieces.flatMap(({ sentence }) => sentence?.citations ?? [])

interface Row {
  cells: Cell[]
  citations: Citation[]
}

/** Rows of one table with what leads in to it. */
interface Rows {
  leadIn: string
  rows: Row[]
}

/** Words as they are, and rows that follow one another under the same heads as one table. */
function runs(paragraphs: Piece[][]): (Rows | { words: Piece[] })[] {
  const found: (Rows | { words: Piece[] })[] = []
  for (const pieces of paragraphs) {
    const row = rowIn(pieces)
    const last = found.at(-1)
    if (!row) found.push({ words: pieces })
    else if (last && 'rows' in last && row.leadIn === '' && sameHeads(last.rows[0], row.rows[0])) last.rows.push(...row.rows)
    else found.push(row)
  }
  return found
}

/** A paragraph with more than the one row in it is shown as it is: no quoted word may go missing. */
function rowIn(pieces: Piece[]): Rows | null {
  const cited = pieces.filter(isCited)
  const [only] = cited
  const cells = only && cited.length === 1 && rowOf(only.text, only.sentence?.citations[0]?.quote ?? '')
  if (!cells) return null
  return { leadIn: textOf(pieces.slice(0, pieces.indexOf(only))), rows: [{ cells, citations: citationsOf(pieces) }] }
}

const headsOf = (row: Row | undefined): string => JSON.stringify(row?.cells.map(({ head }) => head))
const sameHeads = (a: Row | undefined, b: Row | undefined): boolean => headsOf(a) === headsOf(b)

function QuotedRows({ message, leadIn, rows, sources }: Rows & { message: string; sources: Source[] }): VNode {
  const only = rows.length === 1 && rows[0]
  return (
    <div class="quoted-rows">
      {leadIn !== '' && (
        <p>
          <q>
            <Lines text={leadIn} />
          </q>
        </p>
      )}
      {only ? (
        <QuotedRow message={message} row={only} sources={sources} />
      ) : (
        <QuotedTable message={message} rows={rows} sources={sources} />
      )}
    </div>
  )
}

function QuotedRow({ message, row, sources }: { message: string; row: Row; sources: Source[] }): VNode {
  return (
    <div class="sentence quoted-row">
      <dl>
        {row.cells.map(({ head, cell }, i) => (
          <div key={i}>
            {head !== '' && <dt>{head}</dt>}
            <dd>{cell}</dd>
          </div>
        ))}
      </dl>
      <Cites message={message} sources={numbersOf(row.citations, sources)} />
    </div>
  )
}

/** The roles keep it a table where a narrow screen lays its rows out as cards. */
function QuotedTable({ message, rows, sources }: { message: string; rows: Row[]; sources: Source[] }): VNode {
  return (
    <table class="quoted-table" role="table">
      <thead role="rowgroup">
        <tr role="row">
          {rows[0]?.cells.map(({ head }, i) => (
            <th key={i} role="columnheader" scope="col">
              {head}
            </th>
          ))}
          <th role="columnheader" scope="col">
            <span class="sr-only">{texts.sources.one}</span>
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row, i) => (
          <tr key={i} role="row" class="sentence">
            {row.cells.map(({ head, cell }, j) => (
              <td key={j} role="cell" data-head={head}>
                {cell}
              </td>
            ))}
            <td role="cell">
              <Cites message={message} sources={numbersOf(row.citations, sources)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
