import type { VNode } from 'preact'
import type { Hit } from '../../kb/types.ts'
import type { Evidence, ScoredBlock } from '../../server/types.ts'
import { Badge } from '../components/badge.tsx'
import { Button } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Field } from '../components/field.tsx'
import { EmptyState } from '../components/states.tsx'
import { Table } from '../components/table.tsx'
import { articleHref } from './knowledge.tsx'
import { MarkedMarkdown } from '../components/marked-markdown.tsx'
import { Notice, PageHead, Select } from './parts.tsx'

export interface BenchProps {
  question: string
  tier: string
  tiers: string[]
  found: { hits: Hit[]; evidence: Evidence; took: number } | null
  problem: string | null
}

export function SearchBench({ question, tier, tiers, found, problem }: BenchProps): VNode {
  return (
    <>
      <PageHead title="Search bench" crumb={{ href: '/console/knowledge', label: 'Knowledge' }}>
        <p class="lede">
          Ask as a customer would. It shows which words of the articles an answer would be made from, and why. No customer sees it.
        </p>
        {problem && <Notice kind="bad">{problem}</Notice>}
      </PageHead>
      <form class="filters" method="get" action="/console/knowledge/search" role="search">
        <Field id="q" label="Question">
          <input type="search" value={question} maxLength={1000} required autofocus={!found} data-key="/" />
        </Field>
        <Select id="tier" label="Asked by a customer of tier" value={tier} options={tiers.map((t): [string, string] => [t, t])} />
        <Button look="primary" icon="search">
          Search
        </Button>
      </form>
      {found && <Found {...found} />}
    </>
  )
}

function Found({ hits, evidence, took }: NonNullable<BenchProps['found']>): VNode {
  if (hits.length === 0)
    return (
      <EmptyState title="Nothing in the articles fits this question">
        A customer would be told so, and the question would be kept as a gap.
      </EmptyState>
    )
  return (
    <div class="stack">
      <p class="list-head">
        <span>
          {evidence.enough ? (
            <Badge tone="ok" icon="check-circle">
              enough for an answer
            </Badge>
          ) : (
            <Badge tone="doubt" icon="triangle">
              too little for an answer
            </Badge>
          )}{' '}
          <span class="quiet">found in {took} ms</span>
        </span>
      </p>
      <Card title="Words that an answer would rest on">
        <ol class="blocks">
          {evidence.blocks.map((b) => (
            <BlockItem scored={b} />
          ))}
        </ol>
      </Card>
      <Card title="Passages that the search found">
        <Table
          caption="Passages, best first"
          rows={hits}
          rowId={(h) => `hit-${h.passage.id}`}
          columns={[
            {
              head: 'Passage',
              main: true,
              cell: (h) => (
                <>
                  <a href={articleHref(h.passage.article)}>{h.passage.title}</a>
                  <MarkedMarkdown source={h.passage.text} marks={[]} />
                </>
              ),
            },
            { head: 'By meaning', numeric: true, cell: (h) => figure(h.cosine) },
            { head: 'By words', numeric: true, cell: (h) => figure(h.bm25) },
            { head: 'Together', numeric: true, cell: (h) => figure(h.score) },
          ]}
        />
      </Card>
    </div>
  )
}

const figure = (n: number | null): string => (n === null ? '–' : n.toFixed(2))

function BlockItem({ scored }: { scored: ScoredBlock }): VNode {
  const { block } = scored
  return (
    <li>
      <p>{block.text}</p>
      <p class="quiet">
        <a href={articleHref(block.article)}>{block.title}</a>
        {block.headings.filter((h) => h !== block.title).map((h) => ` › ${h}`)} · {KINDS[block.kind]} · score {scored.score.toFixed(2)} (by
        meaning {scored.cosine.toFixed(2)}, by words {Math.round(scored.coverage * 100)} of 100)
      </p>
    </li>
  )
}

const KINDS = { sentence: 'sentence', item: 'list item', row: 'table row' } as const
