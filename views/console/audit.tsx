import type { VNode } from 'preact'
import type { TurnSummary } from '../../server/conversation-types.ts'
import type { Verdict } from '../../server/types.ts'
import { TurnBadge } from '../components/badge.tsx'
import { Button } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Field } from '../components/field.tsx'
import { EmptyState } from '../components/states.tsx'
import { Table, type Column } from '../components/table.tsx'
import { Time } from '../components/time.tsx'
import { Filters, Hash, Notice, PageHead, Pages, Select, TopicAndChannel } from './parts.tsx'
import { CHANNEL_WORDS, VERDICT_WORDS, msWords, ofHundred } from './words.ts'

export interface AuditFilter {
  verdict: Verdict | 'failed' | null
  topic: string | null
  channel: string | null
  /** ISO date from which on. */
  since: string | null
  text: string
}

export interface AuditProps {
  turns: TurnSummary[]
  /** What the customer wrote; empty once it is erased. */
  questionOf: (turn: string) => string
  filter: AuditFilter
  query: string
  topics: { id: string; title: string }[]
  channels: string[]
  newer: string | null
  older: string | null
  chain: ChainProps
  now: number
}

export function Audit(props: AuditProps): VNode {
  const { turns, filter, topics, channels, newer, older, chain } = props
  return (
    <>
      <PageHead title="Audit">
        <p class="lede">Every question, what was done about it, and why. The record cannot be changed unnoticed.</p>
      </PageHead>
      <Chain {...chain} />
      <Filters action="/console/audit" label="Which questions">
        <Field id="text" label="Words in question or answer">
          <input type="search" value={filter.text} data-key="/" />
        </Field>
        <Select
          id="verdict"
          label="What was done"
          value={filter.verdict ?? ''}
          options={[
            ['', 'Anything'],
            ...(Object.keys(VERDICT_WORDS) as Verdict[]).map((v): [string, string] => [v, VERDICT_WORDS[v].name]),
            ['failed', 'Failed'],
          ]}
        />
        <TopicAndChannel topics={topics} channels={channels} topic={filter.topic ?? ''} channel={filter.channel ?? ''} />
        <Field id="since" label="From">
          <input type="date" value={filter.since ?? ''} />
        </Field>
      </Filters>
      <div data-rows>
        <Table
          caption="Questions, newest first"
          columns={columns(props)}
          rows={turns}
          rowId={(t) => `turn-${t.id}`}
          empty={<Nothing filter={filter} />}
        />
      </div>
      <Pages newer={newer} older={older} />
    </>
  )
}

function columns({ query, topics, questionOf, now }: AuditProps): Column<TurnSummary>[] {
  return [
    {
      head: 'Question',
      main: true,
      cell: (t) => (
        <a href={`/console/audit/turns/${t.id}${query}`} data-row class="clip">
          {questionOf(t.id) || 'Its words were erased'}
        </a>
      ),
    },
    { head: 'Asked', cell: (t) => <Time at={t.at} now={now} /> },
    { head: 'What was done', cell: (t) => <TurnBadge turn={t} /> },
    { head: 'Topic', cell: (t) => topics.find((x) => x.id === t.topic)?.title ?? (t.topic || '–') },
    { head: 'Form', cell: (t) => (t.form === 'written' ? 'written' : t.form === 'quoted' ? 'quotation' : '–') },
    { head: 'Channel', cell: (t) => CHANNEL_WORDS[t.channel] },
    { head: 'Customer', cell: (t) => t.tier },
    { head: 'Right of 100', numeric: true, cell: (t) => (t.confidence === null ? '–' : ofHundred(t.confidence)) },
    { head: 'Took', numeric: true, cell: (t) => (t.took === null ? '–' : msWords(t.took)) },
  ]
}

function Nothing({ filter }: { filter: AuditFilter }): VNode {
  const any = filter.verdict || filter.topic || filter.channel || filter.since || filter.text
  if (any)
    return (
      <EmptyState title="No question fits these filters">
        <a href="/console/audit">Show all</a>
      </EmptyState>
    )
  return <EmptyState title="Nothing was asked yet">The first question appears here with everything that was done about it.</EmptyState>
}

export interface ChainProps {
  size: number
  tail: { seq: number; at: number; hash: string } | null
  /** Result of checking every entry just now. */
  checked: { at: number; damage: { seq: number; damage: string } | null; took: number } | null
  latched: { since: number; why: string } | null
  now: number
}

/** State of the log's chain, with the button that checks every entry. The answer to that button is this part again. */
export function Chain({ size, tail, checked, latched, now }: ChainProps): VNode {
  return (
    <Card id="chain" class="chain">
      <div class="chain-line">
        <p>
          <strong class="numeric">{size.toLocaleString('en-GB')}</strong> entries in the log
          {tail && (
            <>
              , the last <Time at={tail.at} now={now} /> with hash <Hash value={tail.hash} />
            </>
          )}
        </p>
        <form method="post" action="/console/audit/verify" hx-post="/console/audit/verify" hx-target="#chain" hx-swap="outerHTML">
          <Button icon="lock">Check every entry</Button>
        </form>
      </div>
      {latched && (
        <Notice kind="bad">
          The record cannot be written since <Time at={latched.since} now={now} />: {latched.why}. No answer goes out until it can.
        </Notice>
      )}
      {checked && !checked.damage && (
        <Notice kind="ok">
          Whole: every entry fits the one before it, and nothing was changed. Checked {size.toLocaleString('en-GB')} entries in{' '}
          {msWords(checked.took)}.
        </Notice>
      )}
      {checked?.damage && (
        <Notice kind="bad">
          Damaged from entry {checked.damage.seq} on: {checked.damage.damage}. Please keep a copy of the data folder and tell whoever is
          responsible for the record.
        </Notice>
      )}
    </Card>
  )
}
