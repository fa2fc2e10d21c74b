import type { VNode } from 'preact'
import type { Message } from '../../server/conversation-types.ts'
import type { Report } from '../../server/store/report-types.ts'
import { Badge } from '../components/badge.tsx'
import { Button, LinkButton } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Field } from '../components/field.tsx'
import { EmptyState } from '../components/states.tsx'
import { Table, type Column } from '../components/table.tsx'
import { Tabs } from '../components/tabs.tsx'
import { Highlight, PlainText } from '../components/text.tsx'
import { Time } from '../components/time.tsx'
import { OpenIncident } from './open-incident.tsx'
import { Notice, PageHead } from './parts.tsx'
import { RestsOn } from './rests-on.tsx'
import { MISTAKES } from './words.ts'

export interface ListedReport {
  report: Report
  /** The sentence that was marked, or the beginning of the answer. */
  marked: string
}

export function Reports(props: {
  state: 'open' | 'answered'
  open: number
  reports: ListedReport[]
  nameOf: (actor: string) => string
  said: VNode | null
  now: number
}): VNode {
  const { state, open, reports, nameOf, said, now } = props
  const columns: Column<ListedReport>[] = [
    {
      head: 'What is said to be wrong',
      main: true,
      cell: ({ report, marked }) => (
        <a href={`/console/reports/${report.id}`} data-row class="clip">
          {marked || 'An answer that was erased'}
        </a>
      ),
    },
    { head: 'In their words', cell: ({ report }) => <span class="clip">{report.text || '–'}</span> },
    { head: 'Kind', cell: ({ report }) => kindWords(report.kind) },
    { head: 'By', cell: ({ report }) => nameOf(report.by) },
    { head: 'State', cell: ({ report }) => <ReportBadge state={report.state} /> },
    { head: 'Reported', cell: ({ report }) => <Time at={report.at} now={now} /> },
  ]
  return (
    <>
      <PageHead title="Reports" facts={['Answers that somebody says are wrong. Each is answered: whoever asked hears what came of it.']}>
        {said}
      </PageHead>
      <Tabs
        label="Which reports"
        tabs={[
          { href: '/console/reports', label: 'To answer', current: state === 'open', count: open },
          { href: '/console/reports?state=answered', label: 'Answered', current: state === 'answered' },
        ]}
      />
      <div data-rows>
        <Table
          caption="Reports"
          columns={columns}
          rows={reports}
          rowId={({ report }) => `report-${report.id}`}
          empty={
            state === 'open' ? (
              <EmptyState title="No report waits for an answer">
                Customers report a mistake under the answer; you can from any answer in a conversation.
              </EmptyState>
            ) : (
              <EmptyState title="No report was answered yet" />
            )
          }
        />
      </div>
    </>
  )
}

export function ReportBadge({ state }: { state: Report['state'] }): VNode {
  if (state === 'open')
    return (
      <Badge tone="doubt" icon="clock">
        To answer
      </Badge>
    )
  return state === 'confirmed' ? (
    <Badge tone="bad" icon="cross">
      It was wrong
    </Badge>
  ) : (
    <Badge tone="neutral" icon="check">
      It was right
    </Badge>
  )
}

const kindWords = (kind: Report['kind']): string => MISTAKES.find((m) => m.id === kind)?.name ?? 'not said'

export interface ReportProps {
  report: Report
  answer: Message
  question: string | null
  fromCustomer: boolean
  nameOf: (actor: string) => string
  reply: Message | null
  incident: string | null
  /** Words for the customer that fit most reports. */
  suggested: { confirmed: string; dismissed: string }
  /** What could not be taken, with what was typed. */
  typed: { reply: string; note: string; problem: string } | null
  seesAudit: boolean
  said: VNode | null
  now: number
}

export function ReportPage(props: ReportProps): VNode {
  const { report, answer, question, nameOf, seesAudit, said, now } = props
  const marked = report.span ? answer.text.slice(report.span.start, report.span.end).trim() : ''
  return (
    <div class="report">
      <PageHead
        title="A report"
        crumb={{ href: '/console/reports', label: 'Reports' }}
        facts={[
          <ReportBadge state={report.state} />,
          `by ${nameOf(report.by)}`,
          <Time at={report.at} now={now} />,
          <a href={`/console/conversations/${report.conversation}#message-${report.message}`}>the conversation</a>,
          seesAudit && report.turn && <a href={`/console/audit/turns/${report.turn}`}>how it was answered</a>,
        ]}
      >
        {said}
      </PageHead>
      <Card title="What was said">
        <div class="stack">
          {question && <p class="quiet">Asked: {question}</p>}
          <p class="said-text">
            <Highlight text={answer.text} spans={report.span ? [report.span] : []} />
          </p>
          <p class="quiet">{report.span ? 'The marked sentence is said to be wrong.' : 'No sentence was marked: the answer as a whole.'}</p>
          <RestsOn answer={answer} />
        </div>
      </Card>
      <Card title="What is said to be wrong with it">
        <p>
          <strong>{kindWords(report.kind)}</strong>
        </p>
        {report.text && <PlainText text={report.text} />}
      </Card>
      {report.state === 'open' ? <Answering {...props} /> : <Outcome {...props} marked={marked} />}
    </div>
  )
}

function Answering({ report, fromCustomer, suggested, typed }: ReportProps): VNode {
  const address = `/console/reports/${report.id}`
  return (
    <Card title="What came of it">
      <form class="stack" method="post" action={address} data-ctrl-enter>
        <fieldset class="choices">
          <legend>Was the answer wrong?</legend>
          <label class="choice">
            <input type="radio" name="state" value="confirmed" required data-key="y" {...suggest(suggested.confirmed)} /> Yes. It counts as
            a mistake, and an incident is opened.
          </label>
          <label class="choice">
            <input type="radio" name="state" value="dismissed" required data-key="n" {...suggest(suggested.dismissed)} /> No, it was right.
          </label>
        </fieldset>
        <fieldset class="choices">
          <legend>What kind of mistake, if it was one?</legend>
          {MISTAKES.map(({ id, name }) => (
            <label class="choice" key={id}>
              <input type="radio" name="kind" value={id} checked={id === (report.kind ?? 'factual')} /> {name}
            </label>
          ))}
        </fieldset>
        <Field
          id="reply"
          label="Tell the customer what came of it"
          hint="It appears in the conversation under your name. Your choice above puts words here; change them as you like."
          optional={!fromCustomer}
          error={typed?.problem ?? null}
        >
          <textarea rows={4} maxLength={2000} required={fromCustomer}>
            {typed?.reply ?? ''}
          </textarea>
        </Field>
        <Field id="note" label="Note for colleagues" optional>
          <input type="text" maxLength={500} value={typed?.note ?? ''} autocomplete="off" />
        </Field>
        <div class="under-text">
          <Button look="primary" keys="Ctrl ↵">
            Answer the report
          </Button>
        </div>
      </form>
    </Card>
  )
}

/** Chosen, it puts these words into the reply, unless somebody has written there (console.js). */
const suggest = (words: string) => ({ 'data-suggest': 'reply', 'data-words': words })

function Outcome({ report, reply, incident, nameOf, now, marked, typed }: ReportProps & { marked: string }): VNode {
  return (
    <Card title="What came of it">
      <div class="stack">
        {typed && (
          <Notice kind="bad">
            {nameOf(report.decidedBy ?? '')} has answered this report since you opened it. Yours was not sent
            {typed.reply === '' ? '.' : `: “${typed.reply}”`}
          </Notice>
        )}
        <p>
          <ReportBadge state={report.state} /> decided by {nameOf(report.decidedBy ?? '')}{' '}
          <Time at={report.decidedAt ?? report.at} now={now} />
        </p>
        {reply ? (
          <>
            <p class="quiet">The customer was told:</p>
            <PlainText text={reply.text} />
          </>
        ) : (
          <p class="quiet">A colleague reported it; the customer was told nothing.</p>
        )}
        {report.note && <p>Note: {report.note}</p>}
        {report.state === 'confirmed' &&
          (incident ? (
            <p>
              <LinkButton href={`/console/incidents/${incident}`}>Go on in the incident</LinkButton>
            </p>
          ) : (
            <OpenIncident
              from="report"
              id={report.id}
              known={{ message: report.message, ...(marked ? { statement: marked } : {}), ...(report.kind ? { kind: report.kind } : {}) }}
            />
          ))}
      </div>
    </Card>
  )
}

/** A colleague reports an answer. */
export function NewReportPage({ answer, problem }: { answer: Message; problem: string | null }): VNode {
  const sentences = answer.sentences.map((s) => ({ ...s, text: answer.text.slice(s.start, s.end).trim() })).filter((s) => s.text !== '')
  return (
    <>
      <PageHead title="Report a mistake" crumb={{ href: `/console/conversations/${answer.conversation}`, label: 'Conversation' }} />
      <form class="stack report" method="post" action="/console/reports" data-ctrl-enter>
        <input type="hidden" name="message" value={answer.id} />
        <fieldset class="choices">
          <legend>Which sentence is wrong?</legend>
          {sentences.map((s) => (
            <label class="choice" key={s.start}>
              <input type="radio" name="sentence" value={`${s.start}-${s.end}`} /> {s.text}
            </label>
          ))}
          <label class="choice">
            <input type="radio" name="sentence" value="" checked /> The answer as a whole
          </label>
        </fieldset>
        <fieldset class="choices">
          <legend>What is wrong with it?</legend>
          {MISTAKES.map(({ id, name }) => (
            <label class="choice" key={id}>
              <input type="radio" name="kind" value={id} required /> {name}
            </label>
          ))}
        </fieldset>
        <Field id="text" label="In a few words" error={problem} optional>
          <textarea rows={3} maxLength={1000} />
        </Field>
        <div class="under-text">
          <Button look="primary" keys="Ctrl ↵">
            Report it
          </Button>
        </div>
      </form>
    </>
  )
}
