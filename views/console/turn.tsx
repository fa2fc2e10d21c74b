import type { VNode } from 'preact'
import type { LogEntry } from '../../server/audit/entry.ts'
import type { Message, Review, TurnSummary } from '../../server/conversation-types.ts'
import type { Confidence, Form, Trace } from '../../server/types.ts'
import { Badge, FindingBadge, TurnBadge, VerdictBadge } from '../components/badge.tsx'
import { LinkButton } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { EmptyState } from '../components/states.tsx'
import { Table } from '../components/table.tsx'
import { PlainText } from '../components/text.tsx'
import { Time } from '../components/time.tsx'
import { evidenceOf } from './evidence.ts'
import { EvidencePane } from './evidence-pane.tsx'
import { Legend, MarkedText, Whys, draftOf, draftSentences, quotedSentences } from './marked-text.tsx'
import { OpenIncident } from './open-incident.tsx'
import { PageHead } from './parts.tsx'
import { Question } from './review-answers.tsx'
import { Costs, CutNotice } from './turn-costs.tsx'
import { Record } from './turn-record.tsx'
import { TurnStrip } from './turn-strip.tsx'
import { signalWords } from './signal-words.ts'
import { CHANNEL_WORDS, FORM_WORDS, OUTCOME_WORDS, confidenceWords, nameWords, thresholdWords } from './words.ts'

export interface TurnProps {
  turn: TurnSummary
  /** Null when the turn did not get far enough to have one, or its text was erased. */
  trace: Trace | null
  messages: Message[]
  review: Review | null
  log: LogEntry[]
  newer: string | null
  older: string | null
  query: string
  topicTitle: string
  /** Whether the reader may open incidents. */
  mayRepair: boolean
  seesConversations: boolean
  nameOf: (actor: string) => string
  now: number
}

/** One turn, in the order in which it happened. */
export function Turn(props: TurnProps): VNode {
  const { turn, trace, topicTitle, query, newer, older, mayRepair, seesConversations, now } = props
  return (
    <div class="turn">
      <PageHead
        title={topicTitle || 'A question'}
        crumb={{ href: `/console/audit${query}`, label: 'Audit' }}
        facts={[
          <TurnBadge turn={turn} />,
          CHANNEL_WORDS[turn.channel],
          `${turn.tier} customer`,
          <Time at={turn.at} now={now} />,
          seesConversations && <a href={`/console/conversations/${turn.conversation}`}>the conversation</a>,
        ]}
        actions={
          <>
            {mayRepair && <OpenIncident from="answer" id={turn.id} />}
            {newer && (
              <LinkButton look="quiet" small href={newer} keys="K" data-key="k">
                Newer
              </LinkButton>
            )}
            {older && (
              <LinkButton look="quiet" small href={older} keys="J" data-key="j">
                Older
              </LinkButton>
            )}
          </>
        }
      />
      {trace ? (
        <Trail {...props} trace={trace} />
      ) : (
        <EmptyState title="There is no more of this question than its entries in the log">
          It failed or was given up before anything was decided, or its text was erased.
        </EmptyState>
      )}
      <Record log={props.log} trace={trace} nameOf={props.nameOf} now={now} />
    </div>
  )
}

function Trail({ trace, messages, review, nameOf, now }: TurnProps & { trace: Trace }): VNode {
  const { cited, others } = evidenceOf(trace)
  return (
    <>
      <TurnStrip timings={trace.timings} />
      <div class="panes">
        <section class="pane" aria-label="What happened">
          <Question text={trace.question} />
          <Delivered trace={trace} messages={messages} review={review} nameOf={nameOf} now={now} />
          <Understood trace={trace} />
          <Formed trace={trace} form="written" />
          <Formed trace={trace} form="quoted" />
          <Findings trace={trace} />
          <Rules trace={trace} />
          <Costs trace={trace} />
        </section>
        <section class="pane pane-evidence" aria-labelledby="evidence-title" tabIndex={-1}>
          <h2 id="evidence-title">What the search found</h2>
          <EvidencePane cited={cited} others={others} />
        </section>
      </div>
    </>
  )
}

function Delivered({
  trace,
  messages,
  review,
  nameOf,
  now,
}: Pick<TurnProps, 'messages' | 'review' | 'nameOf' | 'now'> & { trace: Trace }): VNode {
  const told = messages.filter((m) => m.turn === trace.turn && m.author !== 'customer')
  return (
    <Card title="What the customer was told">
      {told.map((m) => (
        <div class="told">
          <p class="quiet">
            {m.author === 'vouch' ? 'Vouch' : (m.by ?? 'A colleague')} <Time at={m.at} now={now} />
          </p>
          <PlainText text={m.text} />
        </div>
      ))}
      {told.length === 0 && <PlainText text={trace.decision.text} />}
      {review && (
        <p class="quiet">
          {review.state === 'open'
            ? 'A review of it is still open.'
            : `${OUTCOME_WORDS[review.outcome ?? 'approved']} by ${nameOf(`staff:${review.decidedBy ?? ''}`)}.`}
        </p>
      )}
    </Card>
  )
}

function Understood({ trace }: { trace: Trace }): VNode {
  const { intake, scope } = trace
  return (
    <Card title="How it was understood">
      <ul class="reasons">
        <li>{scope.why}</li>
        {scope.amount !== null && <li>It names an amount of {scope.amount.toLocaleString('en-GB')}, above the limit.</li>}
        {intake.question !== trace.question && <li>Searched as “{intake.question}”.</li>}
        {intake.signals.map((s) => (
          <li>{s.why}</li>
        ))}
      </ul>
    </Card>
  )
}

function Formed({ trace, form }: { trace: Trace; form: Form }): VNode | null {
  const text = form === 'written' ? draftOf(trace) : (trace.quotation?.text ?? null)
  const confidence = trace.confidence[form]
  if (text === null && !(form === 'written' && trace.draft?.abstained)) return null
  const sentences = form === 'written' ? draftSentences(trace) : trace.quotation ? quotedSentences(trace.quotation) : []
  return (
    <Card
      title={FORM_WORDS[form].name}
      actions={
        trace.decision.form === form ? (
          <Badge tone="ok" icon="check-circle">
            this one was sent
          </Badge>
        ) : undefined
      }
    >
      <div class="stack">
        {text === null ? (
          <p>The model found no answer in these passages, so it wrote nothing.</p>
        ) : (
          <>
            <MarkedText text={text} sentences={sentences} />
            {form === 'written' && <Legend sentences={sentences} />}
            {form === 'written' && <Whys sentences={sentences} text={text} />}
            {form === 'written' && <CutNotice draft={trace.draft} />}
          </>
        )}
        {confidence && <Score confidence={confidence} threshold={trace.decision.threshold[form]} form={form} />}
      </div>
    </Card>
  )
}

/** Each signal and what it did to the confidence, the strongest first. */
function Score({ confidence, threshold, form }: { confidence: Confidence; threshold: number; form: Form }): VNode {
  const rows = confidence.contributions.toSorted((a, b) => Math.abs(b.effect) - Math.abs(a.effect))
  const most = Math.max(1e-9, ...rows.map((r) => Math.abs(r.effect)))
  return (
    <details class="score">
      <summary>
        {capital(confidenceWords(confidence.value))}; sent by itself:{' '}
        {threshold > 1 ? thresholdWords(threshold, form) : `from ${thresholdWords(threshold, form)}`}
      </summary>
      <Table
        caption="What the confidence is made of"
        rows={rows}
        columns={[
          { head: 'Signal', main: true, cell: (r) => signalWords(r.signal) },
          { head: 'Value', numeric: true, cell: (r) => r.value.toFixed(2).replace('-', '−') },
          { head: 'Effect', numeric: true, cell: (r) => `${r.effect >= 0 ? '+' : '−'}${Math.abs(r.effect).toFixed(2)}` },
          { head: 'For or against', cell: (r) => <Effect share={r.effect / most} /> },
        ]}
      />
      <p class="quiet">Effects add up, as logarithms of the odds: above 0 makes it surer, below 0 less sure.</p>
    </details>
  )
}

function Effect({ share }: { share: number }): VNode {
  const width = Math.abs(share) * 50
  return (
    <svg class="effect" viewBox="0 0 100 10" role="img" aria-label={share >= 0 ? 'for' : 'against'} preserveAspectRatio="none">
      <rect class={share >= 0 ? 'effect-for' : 'effect-against'} x={share >= 0 ? 50 : 50 - width} y={1} width={width} height={8} />
      <line x1={50} x2={50} y1={0} y2={10} />
    </svg>
  )
}

function Findings({ trace }: { trace: Trace }): VNode {
  return (
    <Card title="What the checks say">
      {trace.findings.length === 0 ? (
        <p class="quiet">Nothing was written, so there was nothing to check.</p>
      ) : (
        <Table
          caption="Findings"
          rows={trace.findings}
          columns={[
            { head: 'Check', main: true, cell: (f) => nameWords(f.check) },
            {
              head: 'Result',
              cell: (f) =>
                f.broken ? (
                  <Badge tone="bad" icon="cross">
                    Did not run
                  </Badge>
                ) : (
                  <FindingBadge result={f.result} />
                ),
            },
            {
              head: 'About',
              cell: (f) => (f.claim === null ? 'the whole answer' : <a href={`#claim-w${f.claim}`}>sentence {f.claim + 1}</a>),
            },
            { head: 'Why', cell: (f) => f.why },
          ]}
        />
      )}
    </Card>
  )
}

function Rules({ trace }: { trace: Trace }): VNode {
  return (
    <Card title="What the rules say">
      <p class="quiet form-means">The most cautious rule decides.</p>
      <Table
        caption="Rules"
        rows={trace.decision.rules}
        columns={[
          { head: 'Rule', main: true, cell: (r) => nameWords(r.rule) },
          { head: 'Verdict', cell: (r) => <VerdictBadge verdict={r.verdict} /> },
          { head: 'Why', cell: (r) => r.why },
        ]}
      />
    </Card>
  )
}

const capital = (words: string): string => words.replace(/^./, (c) => c.toUpperCase())
