/** The ways from an answer to what it rests on: a number behind each sentence, and the documents in a line below. */
import type { VNode } from 'preact'
import { Icon } from '../components/icon.tsx'
import { fill, texts } from '../texts/en.ts'
import type { Source } from './sources.ts'

/** The numbers behind a sentence; each opens the passage. */
export function Cites({ message, sources }: { message: string; sources: Source[] }): VNode | null {
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

/** Each document once, with the numbers of the passages in it. */
export function SourceList({ message, sources }: { message: string; sources: Source[] }): VNode | null {
  if (sources.length === 0) return null
  const firsts = sources.filter((source, i) => sources.findIndex((other) => sameDocument(other, source)) === i)
  return (
    <div class="sources">
      <span class="sources-label">{firsts.length === 1 ? texts.sources.one : texts.sources.many}</span>
      <ul>
        {firsts.map((first) => (
          <li key={first.number}>
            <a class="source" {...opens(message, first)}>
              <Icon name="document" />
              <span>{first.citation.title}</span>
              <span class="source-numbers" aria-hidden="true">
                {sources
                  .filter((source) => sameDocument(source, first))
                  .map(({ number }) => number)
                  .join(', ')}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

const sameDocument = (a: Source, b: Source): boolean => a.citation.revision === b.citation.revision

const label = ({ number, citation }: Source): string => fill(texts.sources.open, { number, title: citation.title })

/** With scripts the passage opens over the conversation, without it is a page. */
function opens(message: string, { number }: Source): Record<string, string> {
  const url = `/sources/${message}/${number}`
  return { href: `${url}#evidence-cited`, 'hx-get': url, 'hx-target': '#dialog', 'hx-swap': 'innerHTML' }
}
