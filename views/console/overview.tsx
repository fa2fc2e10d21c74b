import type { VNode } from 'preact'
import type { ModelState } from '../../models/types.ts'
import type { Notice as StaffNotice } from '../../server/store/proposal-types.ts'
import { Badge, type Tone } from '../components/badge.tsx'
import { Card, Figure } from '../components/card.tsx'
import { Tabs } from '../components/tabs.tsx'
import { Time } from '../components/time.tsx'
import { LiveRegion, Notice, PageHead } from './parts.tsx'
import { StaffNotices } from './staff-notices.tsx'
import { RANGES, VerdictChart, type Bucket, type Range } from './verdict-chart.tsx'

export interface OverviewProps {
  notices: StaffNotice[]
  range: Range
  buckets: Bucket[]
  waiting: { reviews: number; overdue: number; conversations: number; gaps: number }
  feedback: { up: number; down: number }
  model: { id: string; state: ModelState; waiting: number; restarts: number; lastError: string | null }
  log: { size: number; lastAt: number | null; latched: { since: number; why: string } | null }
  articles: { inForce: number; expired: number }
  sees: { reviews: boolean; conversations: boolean; audit: boolean }
  now: number
}

export function Overview(props: OverviewProps): VNode {
  return (
    <>
      <PageHead title="Overview" />
      <LiveRegion id="overview" url={`/console/overview/live?range=${props.range}`}>
        <OverviewBody {...props} />
      </LiveRegion>
    </>
  )
}

export function OverviewBody(props: OverviewProps): VNode {
  const { log, waiting, sees, now } = props
  return (
    <div class="stack">
      <StaffNotices notices={props.notices} now={now} />
      {log.latched && (
        <Notice kind="bad">
          The record cannot be written since <Time at={log.latched.since} now={now} />: {log.latched.why}. No answer goes out until it can.
        </Notice>
      )}
      <div class="figures">
        <Waiting
          label="Reviews waiting"
          value={waiting.reviews}
          note={waiting.overdue > 0 ? `${waiting.overdue} overdue` : 'none overdue'}
          late={waiting.overdue > 0}
          href={sees.reviews ? '/console/reviews' : null}
        />
        <Waiting
          label="Customers waiting for a person"
          value={waiting.conversations}
          href={sees.conversations ? '/console/conversations?state=waiting' : null}
        />
        <Waiting
          label="Questions the articles do not answer"
          value={waiting.gaps}
          href={sees.audit ? '/console/audit?verdict=decline' : null}
        />
        <Figure
          label="Found helpful"
          value={helpful(props.feedback)}
          note={`of ${props.feedback.up + props.feedback.down} who said so, ${RANGES[props.range].words}`}
        />
      </div>
      <Card title="What happened to the questions">
        <div class="stack">
          <Tabs
            label="Over which time"
            tabs={(Object.keys(RANGES) as Range[]).map((r) => ({
              href: `/console/overview?range=${r}`,
              label: RANGES[r].label,
              current: r === props.range,
            }))}
          />
          <VerdictChart range={props.range} buckets={props.buckets} now={now} />
        </div>
      </Card>
      <div class="pair">
        <ModelCard model={props.model} />
        <RecordCard {...props} />
      </div>
    </div>
  )
}

const helpful = ({ up, down }: OverviewProps['feedback']): string => (up + down === 0 ? '–' : `${Math.round((100 * up) / (up + down))} %`)

function Waiting({
  label,
  value,
  note,
  late,
  href,
}: {
  label: string
  value: number
  note?: string
  late?: boolean
  href: string | null
}): VNode {
  return (
    <div class={late ? 'waiting waiting-late' : 'waiting'}>
      <Figure label={label} value={value} {...(note ? { note } : {})} />
      {href && (
        <a href={href} aria-label={`${label}: show`}>
          Show
        </a>
      )}
    </div>
  )
}

const MODEL: Record<ModelState, [Tone, string]> = {
  starting: ['info', 'Starting'],
  ready: ['ok', 'Ready'],
  restarting: ['doubt', 'Starting again'],
  failed: ['bad', 'Not running'],
}

function ModelCard({ model }: Pick<OverviewProps, 'model'>): VNode {
  const [tone, word] = MODEL[model.state]
  return (
    <Card
      title="The model"
      actions={
        <Badge tone={tone} icon={tone === 'ok' ? 'check-circle' : 'triangle'}>
          {word}
        </Badge>
      }
    >
      <ul class="reasons">
        <li>
          <code>{model.id}</code>
        </li>
        <li>{model.waiting === 0 ? 'No question waits for it.' : `${model.waiting} waiting for it.`}</li>
        <li>{model.restarts === 0 ? 'Never had to be started again.' : `Was started again ${model.restarts} times.`}</li>
        {model.lastError && <li>Last trouble: {model.lastError}</li>}
        {model.state !== 'ready' && <li>Until it is ready, quotations are sent where they suffice, and the rest waits for a person.</li>}
      </ul>
    </Card>
  )
}

function RecordCard({ log, articles, sees, now }: OverviewProps): VNode {
  return (
    <Card
      title="Record and articles"
      actions={
        log.latched ? (
          <Badge tone="bad" icon="cross">
            Not writable
          </Badge>
        ) : (
          <Badge tone="ok" icon="check-circle">
            In order
          </Badge>
        )
      }
    >
      <ul class="reasons">
        <li>
          {log.size.toLocaleString('en-GB')} entries in the log
          {log.lastAt !== null && (
            <>
              , the last <Time at={log.lastAt} now={now} />
            </>
          )}
          {sees.audit && (
            <>
              . <a href="/console/audit">Check the chain</a>
            </>
          )}
        </li>
        <li>{articles.inForce.toLocaleString('en-GB')} articles in force</li>
        <li>
          {articles.expired === 0 ? (
            'None is past its review date'
          ) : (
            <a href="/console/knowledge?state=expired">{articles.expired} past their review date</a>
          )}
        </li>
      </ul>
    </Card>
  )
}
