import type { VNode } from 'preact'
import type { Review } from '../../server/conversation-types.ts'
import { Badge } from '../components/badge.tsx'
import { LinkButton } from '../components/button.tsx'
import { EmptyState } from '../components/states.tsx'
import { Table, type Column } from '../components/table.tsx'
import { Due, Time } from '../components/time.tsx'
import { Filters, LiveRegion, PageHead, Select, TopicAndChannel } from './parts.tsx'
import { CHANNEL_WORDS, OUTCOME_WORDS, ofHundred } from './words.ts'

export interface QueueFilter {
  state: 'open' | 'decided'
  topic: string | null
  channel: string | null
}

export interface QueueProps {
  topics: { id: string; title: string }[]
  channels: string[]
  said: VNode | null
  list: QueueListProps
}

export interface QueueListProps {
  reviews: Review[]
  filter: QueueFilter
  /** `?state=…` as the page was asked for; empty without filters. */
  query: string
  /** What the customer wrote in a turn; empty once it is erased. */
  questionOf: (turn: string) => string
  topicTitle: (id: string) => string
  nameOf: (staff: string) => string
  me: string
  now: number
}

export function ReviewQueue({ topics, channels, said, list }: QueueProps): VNode {
  const { filter, query } = list
  return (
    <>
      <PageHead title="Reviews">{said}</PageHead>
      <Filters action="/console/reviews" label="Which reviews">
        <Select
          id="state"
          label="Show"
          value={filter.state}
          options={[
            ['open', 'Waiting'],
            ['decided', 'Decided'],
          ]}
        />
        <TopicAndChannel topics={topics} channels={channels} topic={filter.topic ?? ''} channel={filter.channel ?? ''} />
      </Filters>
      <LiveRegion id="review-list" url={`/console/reviews/live${query}`}>
        <ReviewList {...list} />
      </LiveRegion>
    </>
  )
}

/** The page shows it, and the live stream sends it again whenever something changes. */
export function ReviewList(props: QueueListProps): VNode {
  const { reviews, filter, query } = props
  const first = reviews[0]
  if (!first) return <NothingToReview {...props} />
  return (
    <>
      {filter.state === 'open' && (
        <p class="list-head">
          <span>
            {reviews.length} {reviews.length === 1 ? 'answer waits' : 'answers wait'} for a decision, the most urgent first.
          </span>
          <LinkButton look="primary" icon="arrow" href={`/console/reviews/${first.id}${query}`}>
            Start
          </LinkButton>
        </p>
      )}
      <div data-rows>
        <Table caption="Reviews" columns={columns(props)} rows={reviews} rowId={(r) => `review-${r.id}`} />
      </div>
    </>
  )
}

function columns({ filter, query, questionOf, topicTitle, nameOf, me, now }: QueueListProps): Column<Review>[] {
  const about: Column<Review>[] = [
    {
      head: 'Question',
      main: true,
      cell: (r) => (
        <>
          <a href={`/console/reviews/${r.id}${query}`} data-row class="clip">
            {questionOf(r.turn) || 'Its words were erased'}
          </a>
          <span class="live-under">{topicTitle(r.topic)}</span>
        </>
      ),
    },
    {
      head: 'Why it was held',
      cell: (r) => (
        <>
          {r.reason}
          {r.quarantined && (
            <>
              {' '}
              <Badge tone="bad" icon="lock">
                found wrong since
              </Badge>
            </>
          )}
        </>
      ),
    },
    { head: 'Channel', cell: (r) => CHANNEL_WORDS[r.channel] },
    {
      head: 'Right of 100',
      numeric: true,
      cell: (r) => <span title="Of 100 such answers, about so many are right">{ofHundred(r.confidence)}</span>,
    },
  ]
  if (filter.state === 'decided')
    return [
      ...about,
      { head: 'Decision', cell: (r) => <Badge>{r.outcome ? OUTCOME_WORDS[r.outcome] : 'Decided'}</Badge> },
      { head: 'By', cell: (r) => (r.decidedBy ? nameOf(r.decidedBy) : '') },
      { head: 'When', cell: (r) => <Time at={r.decidedAt ?? r.at} now={now} /> },
    ]
  return [
    ...about,
    { head: 'Asked', cell: (r) => <Time at={r.at} now={now} /> },
    { head: 'Due', cell: (r) => <Due at={r.due} now={now} /> },
    {
      head: 'With',
      cell: (r) =>
        r.lockedBy && (r.lockedUntil ?? 0) > now ? (
          <Badge icon="lock" tone="info">
            {r.lockedBy === me ? 'you' : `being checked by ${nameOf(r.lockedBy)}`}
          </Badge>
        ) : (
          <span class="quiet">nobody</span>
        ),
    },
  ]
}

function NothingToReview({ filter }: QueueListProps): VNode {
  if (filter.topic || filter.channel)
    return (
      <EmptyState title="Nothing here with these filters">
        <a href={`/console/reviews?state=${filter.state}`}>Show every topic and channel</a>
      </EmptyState>
    )
  if (filter.state === 'decided')
    return <EmptyState title="Nothing decided yet">Answers that you and your colleagues decide about are listed here.</EmptyState>
  return (
    <EmptyState title="All done: nobody is waiting for an answer">
      When an answer needs a person, it appears here by itself. You can leave this page open.
    </EmptyState>
  )
}
