/** One incident on one page, for whoever has to be told of it: prints well, and names its entries of the log. */
import type { VNode } from 'preact'
import { withoutMarks } from '../../words/without-marks.ts'
import type { LogEntry } from '../../server/audit/entry.ts'
import type { Correction, CorrectionCounts } from '../../server/store/correction-types.ts'
import type { Heard } from '../../server/store/heard-types.ts'
import type { Hit, Incident, Quarantine, RegressionCase, Step } from '../../server/store/incident-types.ts'
import { Table } from '../components/table.tsx'
import {
  CAUSE_WORDS,
  CHANGE_WORDS,
  FROM_WORDS,
  RESULT_WORDS,
  SEVERITY_WORDS,
  spanWords,
  STATE_WORDS,
  stepWords,
  STOP_WORDS,
} from './incident-words.ts'
import { PageHead } from './parts.tsx'
import { CHANNEL_WORDS, count, MISTAKES } from './words.ts'

export interface ReportProps {
  incident: Incident
  topicTitle: string
  hits: Hit[]
  counts: { in: number; out: number; customers: number }
  quarantines: Quarantine[]
  correction: Correction | null
  told: CorrectionCounts | null
  /** What customers said of it. */
  heard: Heard[]
  cases: RegressionCase[]
  steps: (Step & { hash: string })[]
  tail: LogEntry | null
  returns: number
  firm: string
  nameOf: (actor: string) => string
  now: number
}

export function IncidentReport(props: ReportProps): VNode {
  const { incident: i, counts, told, heard, correction, firm, now, topicTitle, returns } = props
  return (
    <article class="incident-report">
      <PageHead
        title="Incident report"
        crumb={{ href: `/console/incidents/${i.id}`, label: 'The incident' }}
        facts={[firm, i.id, `as of ${exactly(now)}`]}
      />
      <dl class="pairs">
        {pair('What was said', i.wrong)}
        {pair('What is right', i.right || 'Not written down yet')}
        {i.source &&
          pair(
            'Source',
            `“${withoutMarks(i.source.quote)}” (${i.source.title}, ${i.source.article}, revision ${i.source.revision.slice(0, 12)})`,
          )}
        {pair('Kind, severity, topic', `${MISTAKES.find((m) => m.id === i.kind)?.name}; ${SEVERITY_WORDS[i.severity].name}; ${topicTitle}`)}
        {pair('State', `${STATE_WORDS[i.state]}${returns > 0 ? `; said again ${returns} times since` : ''}`)}
        {pair(
          'Noticed',
          `${exactly(i.openedAt)}, from ${FROM_WORDS[i.origin.from]}${i.firstAt ? `, ${spanWords(i.openedAt - i.firstAt)} after it was first said` : ''}`,
        )}
        {pair(
          'Stopped',
          i.containedAt ? `${exactly(i.containedAt)}, ${spanWords(i.containedAt - i.openedAt)} after it was noticed` : 'Not yet',
        )}
        {pair('Reached', `${count(counts.in)} answers to ${count(counts.customers)} customers; ${count(counts.out)} looked at and put out`)}
        {pair(
          'Put right',
          i.correctedAt ? `${exactly(i.correctedAt)}, ${spanWords(i.correctedAt - i.openedAt)} after it was noticed` : 'Not yet',
        )}
        {told &&
          told.threads > 0 &&
          pair(
            'Told',
            `${told.sent} of ${told.threads} threads; ${told.delivered} delivered, ${told.opened} opened, ${told.called} called, ${told.undelivered} not reached by mail or webhook, ${told.gone} erased`,
          )}
        {heard.length > 0 &&
          pair(
            'Customers',
            `${heard.filter((h) => h.how === 'report').length} reported it, ${heard.filter((h) => h.how === 'contradicts').length} said that they were told otherwise`,
          )}
        {pair('Cause', i.cause ? CAUSE_WORDS[i.cause] : 'Not settled yet')}
        {pair('What was changed', i.change ? `${CHANGE_WORDS[i.change.kind]}. ${i.change.note}` : 'Nothing yet')}
      </dl>
      <Print />
      {correction && (
        <section>
          <h2>What customers were told</h2>
          <div class="letter">{correction.text}</div>
          <p class="quiet">
            Written by {props.nameOf(correction.by)}
            {correction.approvedBy && `, approved by ${props.nameOf(correction.approvedBy)}`}.
          </p>
        </section>
      )}
      <Quarantined {...props} />
      <Asked {...props} />
      <Entries {...props} />
      <Reached {...props} />
    </article>
  )
}

const pair = (name: string, value: string): VNode => (
  <>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </>
)

/** Printing is the browser's own: the page says how. */
const Print = (): VNode => <p class="quiet no-print">Print this page, or save it as a PDF, with your browser: the navigation stays away.</p>

function Quarantined({ quarantines, nameOf }: ReportProps): VNode | null {
  if (quarantines.length === 0) return null
  return (
    <section>
      <h2>What was stopped</h2>
      <ul>
        {quarantines.map((q) => (
          <li key={q.id}>
            {STOP_WORDS[q.kind].name}: {withoutMarks(q.what)} ({exactly(q.since)}, {nameOf(q.by)}
            {q.lifted ? `; lifted ${exactly(q.lifted.at)}: ${q.lifted.reason}` : '; stands'})
          </li>
        ))}
      </ul>
    </section>
  )
}

function Asked({ cases }: ReportProps): VNode | null {
  if (cases.length === 0) return null
  return (
    <section>
      <h2>Asked again at every change</h2>
      <ul>
        {cases.map((c) => (
          <li key={c.id}>
            {c.question} {c.last ? `(${RESULT_WORDS[c.last.result]}, ${exactly(c.last.at)})` : '(not asked yet)'}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Entries({ steps, nameOf, tail }: ReportProps): VNode {
  return (
    <section>
      <h2>Entries of the log</h2>
      <Table
        caption="Entries of the log"
        rows={steps}
        columns={[
          { head: 'Entry', numeric: true, cell: (s) => s.seq },
          { head: 'When (UTC)', cell: (s) => <time>{exactly(s.at)}</time> },
          { head: 'Who', cell: (s) => nameOf(s.by) },
          { head: 'What', main: true, cell: (s) => stepWords(s.note) },
          { head: 'Hash', cell: (s) => <code>{s.hash.slice(0, 16)}</code> },
        ]}
      />
      {tail && (
        <p class="quiet">
          The log ends with entry {tail.seq}, hash {tail.hash}.
        </p>
      )}
    </section>
  )
}

function Reached({ hits }: ReportProps): VNode | null {
  if (hits.length === 0) return null
  return (
    <section>
      <h2>Answers that carried it</h2>
      <Table
        caption="Answers that carried it"
        rows={hits}
        columns={[
          { head: 'Answer', main: true, cell: (h) => <code>{h.message}</code> },
          { head: 'Channel', cell: (h) => CHANNEL_WORDS[h.channel] },
          { head: 'Told (UTC)', cell: (h) => <time>{exactly(h.at)}</time> },
          { head: 'Why it is in', cell: (h) => (h.out ? `Put out: ${h.out.reason}` : h.why.join(' ')) },
        ]}
      />
    </section>
  )
}

const exactly = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ')
