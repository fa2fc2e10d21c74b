/** The passage that a sentence rests on, in its document, with the words marked. Over the conversation, or a page of its own. */
import type { VNode } from 'preact'
import type { Revision } from '../../kb/types.ts'
import type { Citation } from '../../server/types.ts'
import { DialogBody } from '../components/dialog.tsx'
import { Icon } from '../components/icon.tsx'
import { PlainText } from '../components/text.tsx'
import { MarkedMarkdown } from '../components/marked-markdown.tsx'
import { texts } from '../texts/en.ts'
import { href } from './address.ts'

export interface SourceProps {
  citation: Citation
  revision: Revision
  /** The sentences of the answer that rest on it. */
  said: string[]
  /** The document has a newer version, or is no longer in force. */
  outdated: boolean
  conversation: string
}

export function SourceDialog(props: SourceProps): VNode {
  return (
    <DialogBody title={texts.sources.title}>
      <SourceBody {...props} />
    </DialogBody>
  )
}

export function SourcePage(props: SourceProps): VNode {
  return (
    <div class="reading">
      <p>
        <a class="back" href={href.conversation(props.conversation)}>
          <Icon name="back" /> {texts.sources.back}
        </a>
      </p>
      <h1>{texts.sources.title}</h1>
      <SourceBody {...props} />
    </div>
  )
}

function SourceBody({ citation, revision, said, outdated }: SourceProps): VNode {
  // Most documents begin with their own title as a heading.
  const named = revision.text.trimStart().startsWith(`# ${revision.title}`)
  const mark = { start: citation.start, end: citation.end, claims: ['cited'] }
  return (
    <div class="source-view">
      {said.length > 0 && (
        <div class="source-said">
          <h3>{texts.sources.said}</h3>
          <PlainText text={said.join('\n')} />
        </div>
      )}
      {outdated && (
        <p class="source-outdated">
          <Icon name="clock" /> <span>{texts.sources.newer}</span>
        </p>
      )}
      <p class="source-hint">
        <Icon name="document" />
        <span>
          {!named && <strong>{revision.title}. </strong>}
          {texts.sources.highlighted}
        </span>
      </p>
      <div class="source-text">
        <MarkedMarkdown source={revision.text} marks={[mark]} anchors={new Set(['cited'])} />
      </div>
    </div>
  )
}
