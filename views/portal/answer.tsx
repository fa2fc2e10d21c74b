/** An answer as the customer reads it: every sentence with the numbers of its sources, what is quoted set apart as a quotation. */
import type { ComponentChildren, VNode } from 'preact'
import type { Message, Sentence } from '../../server/types.ts'
import { Icon } from '../components/icon.tsx'
import { Lines } from '../components/text.tsx'
import { fill, texts } from '../texts/en.ts'
import { Quoted } from './quoted.tsx'
import { inOrder, numbersOf, sourcesOf } from './sources.ts'
import type { Source } from './sources.ts'

export function Answer({ message: whole }: { message: Message }): VNode {
  const message = { ...whole, text: withoutCaveat(whole.text) }
  const sources = sourcesOf(message)
  return (
    <>
      {message.form === 'quoted' ? <Quoted message={message} sources={sources} /> : <Written message={message} sources={sources} />}
      {message.verdict === 'caveat' && texts.answer.caveat && (
        <p class="caveat">
          <Icon name="info" /> <span>{texts.answer.caveat}</span>
        </p>
      )}
      {sources.length > 0 && <SourceList message={message.id} sources={sources} />}
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

export interface Piece {
  text: string
  /** Null for what stands between sentences. */
  sentence: Sentence | null
}

/** The text cut at the ends of its sentences and at blank lines between them. Nothing is lost but white space at the edges of paragraphs. */
export function paragraphs(text: string, sentences: Sentence[]): Piece[][] {
  const found: Piece[][] = [[]]
  const between = (stretch: string): void => {
    stretch.split(/\n[^\S\n]*\n\s*/).forEach((part, i) => {
      if (i > 0) found.push([])
      if (part !== '') found.at(-1)!.push({ text: part, sentence: null })
    })
  }
  let at = 0
  for (const sentence of inOrder(sentences)) {
    const start = Math.max(at, sentence.start)
    const end = Math.min(text.length, sentence.end)
    if (end <= start) continue
    between(text.slice(at, start))
    found.at(-1)!.push({ text: text.slice(start, end), sentence })
    at = end
  }
  between(text.slice(at))
  return found.filter((pieces) => pieces.some((piece) => piece.text.trim() !== ''))
}

/** The numbers behind a sentence; each opens the passage. */
export function Cites({ message, sources }: { message: string; sources: Source[] }): ComponentChildren {
  if (sources.length === 0) return null
  return (
    <span class="cites">
      {sources.map((source) => (
        <a key={source.number} class="cite" {...opens(message, source)} aria-label={label(source)}>
          {source.number}
        </a>
      ))}
    </span>
  )
}

function SourceList({ message, sources }: { message: string; sources: Source[] }): VNode {
  const byTitle = Object.values(Object.groupBy(sources, ({ citation }) => citation.revision))
  return (
    <div class="sources">
      <span class="sources-label">{sources.length === 1 ? texts.sources.one : texts.sources.many}</span>
      <ul>
        {byTitle.map((group) => {
          const first = group![0]!
          return (
            <li key={first.number}>
              <a class="source" {...opens(message, first)}>
                <Icon name="document" />
                <span>{first.citation.title}</span>
                <span class="source-numbers" aria-hidden="true">
                  {group!.map(({ number }) => number).join(', ')}
                </span>
              </a>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

const label = ({ number, citation }: Source): string => fill(texts.sources.open, { number, title: citation.title })

/** With scripts the passage opens over the conversation, without it is a page. */
function opens(message: string, { number }: Source): Record<string, string> {
  const url = `/sources/${message}/${number}`
  return { href: `${url}#evidence-cited`, 'hx-get': url, 'hx-target': '#dialog', 'hx-swap': 'innerHTML' }
}
