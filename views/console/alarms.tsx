import type { VNode } from 'preact'
import type { TurnSummary } from '../../server/conversation-types.ts'
import type { Alarm } from '../../server/store/alarm-types.ts'
import { Badge, TurnBadge } from '../components/badge.tsx'
import { Button, LinkButton } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Field } from '../components/field.tsx'
import { EmptyState } from '../components/states.tsx'
import { Table, type Column } from '../components/table.tsx'
import { Tabs } from '../components/tabs.tsx'
import { Time } from '../components/time.tsx'
import { OpenIncident } from './open-incident.tsx'
import { PageHead } from './parts.tsx'

/** An alarm with its words. */
export interface SpokenAlarm {
  alarm: Alarm
  title: string
  /** "70 of 100, now 48 of 100" */
  figures: string
}

export interface AlarmsProps {
  state: 'open' | 'closed'
  open: number
  alarms: SpokenAlarm[]
  watch: { watched: number; lookedAt: number | null; learnsUntil: number | null }
  said: VNode | null
  now: number
}

export function Alarms({ state, open, alarms, watch, said, now }: AlarmsProps): VNode {
  const columns: Column<SpokenAlarm>[] = [
    {
      head: 'What changed',
      main: true,
      cell: ({ alarm, title }) => (
        <a href={`/console/alarms/${alarm.id}`} data-row>
          {title}
        </a>
      ),
    },
    { head: 'Usual and now', cell: ({ figures }) => figures },
    { head: 'Since', cell: ({ alarm }) => <Time at={alarm.since} now={now} /> },
    { head: 'Noticed', cell: ({ alarm }) => <Time at={alarm.at} now={now} /> },
    { head: 'State', cell: ({ alarm }) => <AlarmBadge alarm={alarm} /> },
  ]
  return (
    <>
      <PageHead title="Alarms" facts={[<Watching watch={watch} now={now} />]}>
        {said}
      </PageHead>
      <Tabs
        label="Which alarms"
        tabs={[
          { href: '/console/alarms', label: 'Open', current: state === 'open', count: open },
          { href: '/console/alarms?state=closed', label: 'Closed', current: state === 'closed' },
        ]}
      />
      <div data-rows>
        <Table
          caption="Alarms"
          columns={columns}
          rows={alarms}
          rowId={({ alarm }) => `alarm-${alarm.id}`}
          empty={
            <EmptyState title={state === 'open' ? 'Nothing behaves differently than usual' : 'No alarm was closed yet'}>
              An alarm appears when what is sent, held or declined, what is asked about, or how customers react changes more than chance
              explains.
            </EmptyState>
          }
        />
      </div>
    </>
  )
}

function Watching({ watch: { watched, lookedAt, learnsUntil }, now }: Pick<AlarmsProps, 'watch' | 'now'>): VNode {
  if (learnsUntil !== null)
    return <span>Still learning what is usual, for {Math.max(1, Math.ceil((learnsUntil - now) / 86_400_000))} more days</span>
  if (lookedAt === null) return <span>Nothing was looked at yet</span>
  return (
    <span>
      {watched.toLocaleString('en-GB')} figures watched, at most one false alarm a month over all of them; looked{' '}
      <Time at={lookedAt} now={now} />
    </span>
  )
}

function AlarmBadge({ alarm }: { alarm: Alarm }): VNode {
  if (alarm.state === 'open')
    return (
      <Badge tone="doubt" icon="triangle">
        Open
      </Badge>
    )
  return (
    <Badge tone="neutral" icon="check">
      {alarm.outcome === 'normal' ? 'The new normal' : 'Put right'}
    </Badge>
  )
}

export interface AlarmPageProps extends SpokenAlarm {
  also: string[]
  examples: { turn: TurnSummary; question: string }[]
  topicTitle: string | null
  /** The topic is held already, or this person may not hold it, or the alarm is about no topic: null. */
  hold: 'can' | 'held' | null
  articles: { id: string; title: string }[]
  closedBy: string | null
  /** What the reader may do, and see elsewhere. */
  may: { close: boolean; repair: boolean; seeAudit: boolean; seeConversations: boolean }
  problem: string | null
  said: VNode | null
  now: number
}

export function AlarmPage(props: AlarmPageProps): VNode {
  const { alarm, title, figures, also, examples, articles, may, said, now } = props
  const columns: Column<AlarmPageProps['examples'][number]>[] = [
    {
      head: 'Question',
      main: true,
      cell: ({ turn, question }) => {
        const words = question || 'erased'
        const href = may.seeAudit ? `/console/audit/turns/${turn.id}` : `/console/conversations/${turn.conversation}`
        if (!may.seeAudit && !may.seeConversations) return words
        return (
          <a href={href} data-row class="clip">
            {words}
          </a>
        )
      },
    },
    {
      head: 'What happened',
      cell: ({ turn }) => <TurnBadge turn={turn} />,
    },
    { head: 'Asked', cell: ({ turn }) => <Time at={turn.at} now={now} /> },
  ]
  return (
    <div class="report">
      <PageHead
        title={title}
        crumb={{ href: '/console/alarms', label: 'Alarms' }}
        facts={[
          <AlarmBadge alarm={alarm} />,
          figures,
          <>
            since about <Time at={alarm.since} now={now} />
          </>,
          <>
            noticed <Time at={alarm.at} now={now} />
          </>,
        ]}
      >
        {said}
      </PageHead>
      {also.length > 0 && (
        <Card title="Changed at the same time">
          <ul class="reasons">
            {also.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </Card>
      )}
      <Card title="Examples">
        <div data-rows>
          <Table
            caption="Examples"
            columns={columns}
            rows={examples}
            empty={<EmptyState title="No single question shows it">It is seen in how many there are.</EmptyState>}
          />
        </div>
      </Card>
      {alarm.state === 'open' ? <Act {...props} /> : <Closed {...props} />}
      {articles.length > 0 && (
        <Card title="The articles of this part">
          <ul class="reasons">
            {articles.map((a) => (
              <li key={a.id}>
                <a href={`/console/knowledge/article?id=${encodeURIComponent(a.id)}`}>{a.title}</a>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </div>
  )
}

function Act({ alarm, topicTitle, hold, may, problem }: AlarmPageProps): VNode {
  const first = alarm.examples[0]
  const known = {
    ...(first && alarm.article === null ? { turn: first } : {}),
    ...(alarm.article === null ? {} : { article: alarm.article }),
  }
  return (
    <>
      {(hold !== null || may.repair || (may.seeAudit && alarm.topic !== null)) && (
        <Card title="What you can do">
          <div class="stack">
            {hold === 'can' && (
              <form method="post" action={`/console/alarms/${alarm.id}/hold`} class="stack">
                <p>Nothing about “{topicTitle}” is sent by itself until you allow it again under Thresholds; a person looks first.</p>
                <div>
                  <Button look="primary" icon="pause" keys="H" data-key="h">
                    Hold this topic
                  </Button>
                </div>
              </form>
            )}
            {hold === 'held' && <p>Nothing about “{topicTitle}” is sent by itself: a person looks first.</p>}
            <div class="under-text">
              {may.seeAudit && alarm.topic !== null && (
                <LinkButton small href={`/console/audit?topic=${encodeURIComponent(alarm.topic)}`}>
                  See the answers
                </LinkButton>
              )}
              {may.repair && <OpenIncident from="alarm" id={alarm.id} known={known} />}
            </div>
          </div>
        </Card>
      )}
      {may.close && (
        <Card title="Close it">
          <form method="post" action={`/console/alarms/${alarm.id}/close`} class="stack">
            <fieldset class="choices">
              <legend>What was it?</legend>
              <label class="choice">
                <input type="radio" name="outcome" value="normal" required /> This is how things are now. It is learned anew from then on.
              </label>
              <label class="choice">
                <input type="radio" name="outcome" value="mended" required /> It was put right, or passed. What happened meanwhile is left
                out.
              </label>
            </fieldset>
            <Field id="reason" label="In a few words, for the record" error={problem}>
              <input type="text" maxLength={500} required autocomplete="off" />
            </Field>
            <div class="under-text">
              <Button>Close the alarm</Button>
            </div>
          </form>
        </Card>
      )}
    </>
  )
}

function Closed({ alarm, closedBy, now }: AlarmPageProps): VNode {
  return (
    <Card title="Closed">
      <p>
        {alarm.outcome === 'normal' ? 'This is how things are now' : 'It was put right, or passed'}: {alarm.reason} ({closedBy},{' '}
        <Time at={alarm.closedAt ?? alarm.at} now={now} />)
      </p>
    </Card>
  )
}
