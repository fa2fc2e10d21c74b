import type { VNode } from 'preact'
import type { ArticleRow } from '../../server/store/types.ts'
import { Badge } from '../components/badge.tsx'
import { Button, LinkButton } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Field } from '../components/field.tsx'
import { EmptyState } from '../components/states.tsx'
import { Table, type Column } from '../components/table.tsx'
import { Tabs } from '../components/tabs.tsx'
import { dayWords, Time } from '../components/time.tsx'
import { PageHead } from './parts.tsx'

/** `draft`: not in force yet; `expired`: in force, but past the date by which somebody had to look at it again. */
export type ArticleState = 'draft' | 'in-force' | 'expired' | 'retired'

export interface KnowledgeProps {
  articles: (ArticleRow & { shown: ArticleState })[]
  /** Of drafts: also those of articles that have a revision in force. */
  counts: Record<ArticleState, number>
  /** How many articles there are. */
  all: number
  state: ArticleState | null
  topicTitle: (id: string) => string
  /** Words that titles are searched for. */
  words: string
  mayUpload: boolean
  accept: string
  maxMiB: number
  said: VNode | null
  now: number
}

export const STATE_NAMES: Record<ArticleState, string> = { draft: 'Draft', 'in-force': 'In force', expired: 'Expired', retired: 'Retired' }

export function Knowledge(props: KnowledgeProps): VNode {
  const { articles, counts, all, state, topicTitle, words, mayUpload, accept, maxMiB, said, now } = props
  const tab = (value: ArticleState | null, label: string) => ({
    href: value ? `/console/knowledge?state=${value}` : '/console/knowledge',
    label,
    current: state === value,
    count: value ? counts[value] : all,
  })
  return (
    <>
      <PageHead
        title="Knowledge"
        actions={
          <LinkButton icon="search" href="/console/knowledge/search">
            Search bench
          </LinkButton>
        }
      >
        {said}
        <p class="lede">What Vouch answers from, and nothing else.</p>
      </PageHead>
      {mayUpload && <Upload accept={accept} maxMiB={maxMiB} />}
      <Tabs
        label="State of the articles"
        tabs={[tab(null, 'All'), tab('draft', 'Drafts'), tab('in-force', 'In force'), tab('expired', 'Expired'), tab('retired', 'Retired')]}
      />
      <form class="filters" method="get" action="/console/knowledge" role="search">
        {state && <input type="hidden" name="state" value={state} />}
        <Field id="words" label="Title, topic or owner">
          <input type="search" value={words} data-key="/" />
        </Field>
        <Button icon="search">Find</Button>
      </form>
      <div data-rows>
        <Table
          caption="Articles"
          columns={columns(topicTitle, now)}
          rows={articles}
          rowId={(a) => `article-${a.article}`}
          empty={<Nothing state={state} words={words} />}
        />
      </div>
    </>
  )
}

export const articleHref = (article: string, revision?: string): string =>
  `/console/knowledge/article?${new URLSearchParams({ id: article, ...(revision ? { revision } : {}) })}`

function columns(topicTitle: (id: string) => string, now: number): Column<ArticleRow & { shown: ArticleState }>[] {
  return [
    {
      head: 'Article',
      main: true,
      cell: (a) => (
        <>
          <a href={articleHref(a.article)} data-row>
            {a.title}
          </a>
          {a.draft !== null && a.state !== 'draft' && (
            <>
              {' '}
              <a class="quiet" href={articleHref(a.article, a.draft)}>
                a draft waits
              </a>
            </>
          )}
        </>
      ),
    },
    { head: 'State', cell: (a) => <ArticleBadge state={a.shown} /> },
    { head: 'Topic', cell: (a) => (a.topic ? topicTitle(a.topic) : <span class="quiet">none</span>) },
    { head: 'For', cell: (a) => (a.tier === 'all' ? 'everybody' : a.tier) },
    { head: 'Owner', cell: (a) => a.owner ?? <span class="quiet">nobody</span> },
    { head: 'Look at it by', cell: (a) => (a.review ? dayWords(a.review) : <span class="quiet">no date</span>) },
    { head: 'Words', numeric: true, cell: (a) => a.words.toLocaleString('en-GB') },
    { head: 'Since', cell: (a) => <Time at={a.at} now={now} /> },
  ]
}

export function ArticleBadge({ state }: { state: ArticleState }): VNode {
  if (state === 'draft')
    return (
      <Badge tone="info" icon="document">
        Draft
      </Badge>
    )
  if (state === 'in-force')
    return (
      <Badge tone="ok" icon="check-circle">
        In force
      </Badge>
    )
  if (state === 'expired')
    return (
      <Badge tone="doubt" icon="clock">
        Expired
      </Badge>
    )
  return <Badge icon="bar">Retired</Badge>
}

function Nothing({ state, words }: { state: ArticleState | null; words: string }): VNode {
  if (words) return <EmptyState title={`No article matches “${words}”`}>Try fewer words.</EmptyState>
  if (state === 'expired') return <EmptyState title="No article is past its date">Every article was looked at in time.</EmptyState>
  if (state === 'draft')
    return (
      <EmptyState title="No draft waits">Upload an article as a draft to have it read by somebody before it is answered from.</EmptyState>
    )
  if (state) return <EmptyState title={`No article is ${STATE_NAMES[state].toLowerCase()}`} />
  return (
    <EmptyState title="No article yet">Upload the documents that answers should come from. Until then Vouch answers nothing.</EmptyState>
  )
}

function Upload({ accept, maxMiB }: { accept: string; maxMiB: number }): VNode {
  return (
    <Card class="upload">
      <form method="post" action="/console/knowledge/upload" encType="multipart/form-data" class="upload-form" data-upload>
        <Field
          id="files"
          label="Add or replace articles"
          hint={`Markdown, HTML, text, PDF or Word, up to ${maxMiB} MB a file. A file of the same name replaces its article; what customers were told stays in the record.`}
        >
          <input type="file" multiple required accept={accept} />
        </Field>
        <label class="choice">
          <input type="checkbox" name="draft" value="yes" />
          <span>
            Keep as drafts <span class="quiet">Nothing is answered from them until an editor puts them in force.</span>
          </span>
        </label>
        <Button icon="plus">Upload</Button>
      </form>
    </Card>
  )
}
