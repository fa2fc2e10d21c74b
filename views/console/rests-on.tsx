import type { VNode } from 'preact'
import type { Message } from '../../server/conversation-types.ts'
import { SourceLine } from './incident-facts.tsx'

/** The words of the articles behind the answer, to compare it with. */
export function RestsOn({ answer }: { answer: Message }): VNode | null {
  const cited = new Map(answer.sentences.flatMap((s) => s.citations).map((c) => [`${c.revision}:${c.start}`, c]))
  if (cited.size === 0) return null
  return (
    <div>
      <h3>What it rests on</h3>
      <ul class="plain-list">
        {[...cited].map(([place, source]) => (
          <li key={place}>
            <SourceLine source={source} />
          </li>
        ))}
      </ul>
    </div>
  )
}
