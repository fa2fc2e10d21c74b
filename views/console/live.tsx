import type { VNode } from 'preact'
import type { LiveRow } from '../../server/store/care-types.ts'
import type { Stage } from '../../server/types.ts'
import { Badge, ConversationBadge, TurnBadge } from '../components/badge.tsx'
import { Button, LinkButton } from '../components/button.tsx'
import { EmptyState } from '../components/states.tsx'
import { Table, type Column } from '../components/table.tsx'
import { Due, Time } from '../components/time.tsx'
import { CareMeter } from './care.tsx'
import { LiveRegion, PageHead } from './parts.tsx'
import { CHANNEL_WORDS, ofHundred } from './words.ts'

export interface WatchedRow extends LiveRow {
  stage: Stage | null
  care: { value: number; words: string }
  /** Something was noticed a moment ago. */
  raised: boolean
}

export interface LiveProps {
  /** Most urgent first. */
  rows: WatchedRow[]
  nameOf: (staff: string) => string
  now: number
}

export function Live(props: LiveProps): VNode {
  return (
    <>
      <PageHead title="Live" facts={['What is asked and answered now, in every channel; what needs a person most comes first']} />
      <LiveRegion id="live" url="/console/live/stream">
        <LiveList {...props} />
      </LiveRegion>
    </>
  )
}

export const STAGE_WORDS: Record<Stage, string> = { reading: 'Reads', searching: 'Searches', writing: 'Writes', checking: 'Checks' }

export function LiveList({ rows, nameOf, now }: LiveProps): VNode {
  const columns: Column<WatchedRow>[] = [
    {
      head: 'Asked',
      main: true,
      cell: (r) => (
        <>
          <a href={`/console/conversations/${r.conversation.id}`} data-row class="clip">
            {r.asked?.text || 'No message yet'}
          </a>
          <span class="live-under">
            {CHANNEL_WORDS[r.conversation.channel]}, {r.conversation.tier} {r.asked && <Time at={r.asked.at} now={now} />}
          </span>
        </>
      ),
    },
    { head: 'Now', cell: (r) => <Now row={r} nameOf={nameOf} /> },
    { head: 'Right of 100', numeric: true, cell: (r) => confidenceOf(r) },
    { head: 'Care', cell: (r) => <CareMeter care={r.care} /> },
    { head: 'Waiting', cell: (r) => <Waiting row={r} now={now} /> },
    { head: 'Step in', cell: (r) => <StepIn row={r} /> },
  ]
  return (
    <div data-rows data-moves>
      <Table
        caption="Conversations, the most urgent first"
        columns={columns}
        rows={rows}
        rowId={(r) => `live-${r.conversation.id}`}
        rowClass={(r) => (r.raised ? 'raised' : undefined)}
        empty={<EmptyState title="Nothing is asked at the moment">The next question in any channel appears here by itself.</EmptyState>}
      />
    </div>
  )
}

function Now({ row, nameOf }: { row: WatchedRow; nameOf: (staff: string) => string }): VNode {
  const { stage, conversation, turn } = row
  if (stage)
    return (
      <Badge tone="info" icon="dot">
        {STAGE_WORDS[stage]}
      </Badge>
    )
  if (conversation.state === 'person' && conversation.assignee) return <>With {nameOf(conversation.assignee)}</>
  if (conversation.state === 'waiting') return <ConversationBadge state="waiting" />
  return turn ? <TurnBadge turn={turn} /> : <span class="quiet">–</span>
}

function confidenceOf({ turn, stage }: WatchedRow): string {
  return stage || turn?.confidence === null || turn?.confidence === undefined || turn.confidence === 0
    ? '–'
    : String(ofHundred(turn.confidence))
}

function Waiting({ row: { review, waitingSince }, now }: { row: WatchedRow; now: number }): VNode {
  if (review) return <Due at={review.due} now={now} say />
  return waitingSince === null ? <span class="quiet">no</span> : <Time at={waitingSince} now={now} />
}

function StepIn({ row: { conversation, review, stage } }: { row: WatchedRow }): VNode {
  const address = `/console/conversations/${conversation.id}`
  return (
    <div class="live-moves">
      {review && (
        <LinkButton small href={`/console/reviews/${review.id}`}>
          Review
        </LinkButton>
      )}
      {stage && (
        <LinkButton small href={`${address}#whisper`}>
          Whisper
        </LinkButton>
      )}
      {conversation.state !== 'person' && (
        <form method="post" action={`${address}/take-over`}>
          <Button small icon="person">
            Take over
          </Button>
        </form>
      )}
    </div>
  )
}
