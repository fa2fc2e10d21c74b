import type { VNode } from 'preact'
import type { Cost, Trace } from '../../server/types.ts'
import { Card } from '../components/card.tsx'
import { Table } from '../components/table.tsx'
import { msWords, nameWords } from './words.ts'

/** What writing and each check cost, and what was spared because nothing hung on it. */
export function Costs({ trace }: { trace: Pick<Trace, 'costs'> }): VNode | null {
  const costs = trace.costs ?? []
  if (costs.length === 0) return null
  const checks = costs.filter((c) => c.step !== 'writing')
  const sum = (list: Cost[], figure: (cost: Cost) => number): number => list.reduce((total, cost) => total + figure(cost), 0)
  return (
    <Card title="What it cost">
      <details class="score">
        <summary>
          Writing {msWords(sum(costs, (c) => c.ms) - sum(checks, (c) => c.ms))}, checks {msWords(sum(checks, (c) => c.ms))};{' '}
          {sum(costs, (c) => c.read).toLocaleString('en-GB')} tokens read, {sum(costs, (c) => c.written).toLocaleString('en-GB')} written
          {checks.some((c) => c.skipped) && '; not every check was needed'}
        </summary>
        <Table
          caption="Time and tokens of writing and checking"
          rows={costs}
          columns={[
            { head: 'Step', main: true, cell: (c) => nameWords(c.step) },
            { head: 'Time', numeric: true, cell: (c) => (c.skipped ? <span class="quiet">not run</span> : msWords(c.ms)) },
            { head: 'Read', numeric: true, cell: (c) => tokens(c, c.read) },
            { head: 'From memory', numeric: true, cell: (c) => tokens(c, c.cached) },
            { head: 'Written', numeric: true, cell: (c) => tokens(c, c.written) },
            { head: 'Why not', cell: (c) => c.skipped ?? '' },
          ]}
        />
        <p class="quiet">
          Read, from memory and written are tokens of the language model, about four letters each. What it has in memory need not be read
          again. Steps without tokens do not ask it.
        </p>
      </details>
    </Card>
  )
}

const tokens = (cost: Cost, count: number): string => (cost.read + cost.cached + cost.written === 0 ? '–' : count.toLocaleString('en-GB'))

/** What was left out of the draft, and why. */
export function CutNotice({ draft }: { draft: Trace['draft'] }): VNode | null {
  if (!draft?.cut) return null
  return (
    <div class="stack">
      <p>One sentence was left out, and what remains was checked again.</p>
      <blockquote>
        <del>{draft.cut.sentence}</del>
      </blockquote>
      <p class="quiet">Why: {draft.cut.why}</p>
      <details>
        <summary>The draft before that</summary>
        <p>{draft.cut.whole}</p>
      </details>
    </div>
  )
}
