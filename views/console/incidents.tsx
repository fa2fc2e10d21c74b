import type { VNode } from 'preact'
import type { Incident, IncidentState } from '../../server/store/incident-types.ts'
import { Badge, type Tone } from '../components/badge.tsx'
import { LinkButton } from '../components/button.tsx'
import type { IconName } from '../components/icon.tsx'
import { EmptyState } from '../components/states.tsx'
import { Table, type Column } from '../components/table.tsx'
import { Time } from '../components/time.tsx'
import { incidentHref, SEVERITY_WORDS, STATE_WORDS } from './incident-words.ts'
import { Filters, PageHead, Select } from './parts.tsx'
import { count, MISTAKES } from './words.ts'

export interface IncidentsProps {
  incidents: Incident[]
  filter: { state: string | null; kind: string | null; severity: string | null; topic: string | null }
  topics: { id: string; title: string }[]
  topicTitle: (id: string) => string
  /** How many answers each reached, and how many of them are not put out. */
  reached: (id: string) => number
  said: VNode | null
  now: number
}

export function Incidents(props: IncidentsProps): VNode {
  const { incidents, filter, topics, said } = props
  return (
    <>
      <PageHead
        title="Incidents"
        actions={
          <LinkButton small href="/console/incidents/figures">
            Figures
          </LinkButton>
        }
      >
        {said}
      </PageHead>
      <Filters action="/console/incidents" label="Which incidents">
        <Select
          id="state"
          label="Show"
          value={filter.state ?? 'unfinished'}
          options={[
            ['unfinished', 'Not closed'],
            ...Object.entries(STATE_WORDS).map(([value, words]): [string, string] => [value, words]),
            ['all', 'All'],
          ]}
        />
        <Select
          id="kind"
          label="Kind"
          value={filter.kind ?? ''}
          options={[['', 'Every kind'], ...MISTAKES.map((m): [string, string] => [m.id, m.name])]}
        />
        <Select
          id="severity"
          label="Severity"
          value={filter.severity ?? ''}
          options={[['', 'Every severity'], ...Object.entries(SEVERITY_WORDS).map(([value, { name }]): [string, string] => [value, name])]}
        />
        <Select
          id="topic"
          label="Topic"
          value={filter.topic ?? ''}
          options={[['', 'Every topic'], ...topics.map((t): [string, string] => [t.id, t.title])]}
        />
      </Filters>
      <div data-rows>
        <Table caption="Incidents" columns={columns(props)} rows={incidents} rowId={(i) => i.id} empty={<None {...props} />} />
      </div>
    </>
  )
}

const columns = ({ topicTitle, reached, now }: IncidentsProps): Column<Incident>[] => [
  {
    head: 'What was wrong',
    main: true,
    cell: (i) => (
      <a href={incidentHref(i.id)} data-row>
        {i.wrong || 'Not written down yet'}
      </a>
    ),
  },
  { head: 'State', cell: (i) => <IncidentBadge incident={i} /> },
  { head: 'Severity', cell: (i) => SEVERITY_WORDS[i.severity].name },
  { head: 'Topic', cell: (i) => topicTitle(i.topic) },
  { head: 'Answers', numeric: true, cell: (i) => count(reached(i.id)) },
  { head: 'Opened', cell: (i) => <Time at={i.openedAt} now={now} /> },
]

const LOOK: Record<IncidentState, [Tone, IconName]> = {
  open: ['bad', 'triangle'],
  contained: ['doubt', 'pause'],
  correcting: ['info', 'send'],
  corrected: ['ok', 'check'],
  closed: ['neutral', 'check-circle'],
}

export function IncidentBadge({ incident: { state, cameBack } }: { incident: Pick<Incident, 'state' | 'cameBack'> }): VNode {
  const [tone, icon] = LOOK[state]
  if (cameBack > 0)
    return (
      <Badge tone="bad" icon="cross">
        Came back
      </Badge>
    )
  return (
    <Badge tone={tone} icon={icon}>
      {STATE_WORDS[state]}
    </Badge>
  )
}

function None({ filter }: IncidentsProps): VNode {
  if (filter.kind || filter.severity || filter.topic || filter.state)
    return (
      <EmptyState title="No incident with these filters">
        <a href="/console/incidents?state=all">Show all incidents</a>
      </EmptyState>
    )
  return (
    <EmptyState title="Nothing is being put right at the moment">
      <p>
        When you find something wrong, press “Open an incident” where you see it: beside an answer, a review, an article or an alarm. All
        that is known there comes along.
      </p>
    </EmptyState>
  )
}
