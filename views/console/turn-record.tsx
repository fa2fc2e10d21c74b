import type { VNode } from 'preact'
import type { LogEntry } from '../../server/audit/entry.ts'
import type { Trace } from '../../server/types.ts'
import { Card } from '../components/card.tsx'
import { Table } from '../components/table.tsx'
import { Time } from '../components/time.tsx'
import { articleHref } from './knowledge.tsx'
import { Hash } from './parts.tsx'
import { nameWords } from './words.ts'

/** What can be proven about a turn: entries of the log with their hashes, and what exactly answered and checked. */
export function Record({
  log,
  trace,
  nameOf,
  now,
}: {
  log: LogEntry[]
  trace: Trace | null
  nameOf: (actor: string) => string
  now: number
}): VNode {
  return (
    <Card title="The record">
      <div class="stack">
        {trace && <MadeOf trace={trace} />}
        <Table
          caption="Entries of the log about it"
          showCaption
          rows={log}
          rowId={(e) => `entry-${e.seq}`}
          empty={<p class="quiet">The log has no entry about it.</p>}
          columns={[
            { head: 'Entry', numeric: true, cell: (e) => e.seq },
            { head: 'What', main: true, cell: (e) => nameWords(e.type) },
            { head: 'Who', cell: (e) => nameOf(e.actor) },
            { head: 'When', cell: (e) => <Time at={e.at} now={now} /> },
            { head: 'Hash', cell: (e) => <Hash value={e.hash} /> },
            { head: 'Of the text', cell: (e) => (e.body ? <Hash value={e.body} /> : <span class="quiet">no text</span>) },
            { head: 'Data', cell: (e) => <Data entry={e} /> },
          ]}
        />
      </div>
    </Card>
  )
}

function MadeOf({ trace }: { trace: Trace }): VNode {
  const revisions = new Map(trace.hits.map((h) => [h.passage.revision, h.passage]))
  return (
    <dl class="made-of">
      <dt>Articles</dt>
      <dd>
        state <Hash value={trace.snapshot} />
        <ul>
          {[...revisions.values()].map((p) => (
            <li>
              <a href={articleHref(p.article, p.revision)}>{p.title}</a> <Hash value={p.revision} />
            </li>
          ))}
        </ul>
      </dd>
      <dt>Models</dt>
      <dd>
        <ul>
          {trace.models.map((m) => (
            <li>
              {m.id} <Hash value={m.sha256} /> <span class="quiet">{m.runtime}</span>
            </li>
          ))}
        </ul>
      </dd>
      <dt>Checks and rules</dt>
      <dd>
        <Hash value={trace.rulebook} />
        {trace.calibration && `, weights of the confidence: version ${trace.calibration}`}
      </dd>
      {trace.draft && (
        <>
          <dt>Prompt</dt>
          <dd>
            <details>
              <summary>What the model read (seed {trace.draft.seed})</summary>
              <pre tabIndex={0}>{[trace.draft.prompt.system, trace.draft.prompt.context, trace.draft.prompt.question].join('\n\n')}</pre>
            </details>
          </dd>
        </>
      )}
    </dl>
  )
}

function Data({ entry }: { entry: LogEntry }): VNode {
  return (
    <details>
      <summary>Show</summary>
      <pre tabIndex={0}>{JSON.stringify(entry.data, null, 2)}</pre>
    </details>
  )
}
