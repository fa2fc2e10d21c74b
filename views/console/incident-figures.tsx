import type { VNode } from 'preact'
import type { Incident } from '../../server/store/incident-types.ts'
import { Card, Figure } from '../components/card.tsx'
import { EmptyState } from '../components/states.tsx'
import { Table } from '../components/table.tsx'
import { incidentHref, spanWords } from './incident-words.ts'
import { PageHead } from './parts.tsx'
import { MISTAKES } from './words.ts'

export interface FiguresProps {
  incidents: Incident[]
  topicTitle: (id: string) => string
}

/** How fast it is noticed, stopped and put right; where it happens; what came back. */
export function IncidentFigures({ incidents, topicTitle }: FiguresProps): VNode {
  const back = incidents.filter((i) => i.cameBack > 0)
  return (
    <>
      <PageHead title="Figures of incidents" crumb={{ href: '/console/incidents', label: 'Incidents' }} />
      {incidents.length === 0 ? (
        <EmptyState title="No incident yet">
          When there are some, this page says how fast they were noticed, stopped and put right.
        </EmptyState>
      ) : (
        <div class="stack">
          <div class="figures">
            <Figure label="Incidents" value={incidents.length} />
            <Figure label="Time to notice" {...median(incidents.map((i) => i.firstAt !== null && i.openedAt - i.firstAt))} />
            <Figure label="Time to stop" {...median(incidents.map((i) => i.containedAt !== null && i.containedAt - i.openedAt))} />
            <Figure label="Time to put right" {...median(incidents.map((i) => i.correctedAt !== null && i.correctedAt - i.openedAt))} />
            <Figure label="Came back" value={back.length} note={back.length === 0 ? 'as it should be' : 'must be none'} />
          </div>
          {back.length > 0 && (
            <Card title="Came back">
              <ul>
                {back.map((i) => (
                  <li key={i.id}>
                    <a href={incidentHref(i.id)}>{i.wrong}</a>
                  </li>
                ))}
              </ul>
            </Card>
          )}
          <Counted title="By kind" incidents={incidents} of={(i) => [MISTAKES.find((m) => m.id === i.kind)?.name ?? i.kind]} />
          <Counted title="By topic" incidents={incidents} of={(i) => [topicTitle(i.topic)]} />
          <Counted title="By article" incidents={incidents} of={(i) => [...new Set(i.spans.map((s) => s.title))]} />
        </div>
      )}
    </>
  )
}

function Counted({ title, incidents, of }: { title: string; incidents: Incident[]; of: (incident: Incident) => string[] }): VNode | null {
  const counts = new Map<string, number>()
  for (const name of incidents.flatMap(of)) counts.set(name, (counts.get(name) ?? 0) + 1)
  const rows = [...counts].map(([name, count]) => ({ name, count })).toSorted((a, b) => b.count - a.count)
  if (rows.length === 0) return null
  return (
    <Card title={title}>
      <Table
        caption={title}
        rows={rows}
        columns={[
          { head: 'What', main: true, cell: (r) => r.name },
          { head: 'Incidents', numeric: true, cell: (r) => r.count },
        ]}
      />
    </Card>
  )
}

/** The middle one; `note` says of how many. */
function median(times: (number | false)[]): { value: string; note: string } {
  const known = times.filter((t) => t !== false).toSorted((a, b) => a - b)
  const middle = known[Math.floor((known.length - 1) / 2)]
  return middle === undefined
    ? { value: '–', note: 'none yet' }
    : { value: spanWords(middle), note: `half of ${known.length} took no longer` }
}
