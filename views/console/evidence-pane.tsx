import type { VNode } from 'preact'
import type { EvidencePassage } from './evidence.ts'
import { articleHref } from './knowledge.tsx'
import { MarkedMarkdown } from '../components/marked-markdown.tsx'

/** The passages beside an answer. `#evidence-ID` is the first word that supports the claim `ID`. */
export function EvidencePane({ cited, others }: { cited: EvidencePassage[]; others: EvidencePassage[] }): VNode {
  const anchors = new Set(cited.flatMap((p) => p.marks.flatMap((m) => m.claims)))
  if (cited.length === 0 && others.length === 0) return <p class="quiet">The search found nothing in the articles for this question.</p>
  return (
    <>
      {cited.map((passage) => (
        <Passage passage={passage} anchors={anchors} />
      ))}
      {cited.length === 0 && <p class="quiet">No sentence of the answer is tied to these passages.</p>}
      {others.length > 0 && (
        <details class="other-passages">
          <summary>
            {others.length} more {others.length === 1 ? 'passage' : 'passages'} found
          </summary>
          {others.map((passage) => (
            <Passage passage={passage} anchors={anchors} />
          ))}
        </details>
      )}
    </>
  )
}

function Passage({ passage, anchors }: { passage: EvidencePassage; anchors: Set<string> }): VNode {
  const path = passage.headings.filter((h) => h !== passage.title)
  return (
    <article class="passage">
      <h3 class="passage-title">
        <a href={articleHref(passage.article, passage.revision)}>{passage.title}</a>
      </h3>
      {path.length > 0 && <p class="passage-path">{path.join(' › ')}</p>}
      <MarkedMarkdown source={passage.text} marks={passage.marks} anchors={anchors} />
    </article>
  )
}
