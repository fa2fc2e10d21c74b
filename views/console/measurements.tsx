import type { VNode } from 'preact'
import type { Form } from '../../server/types.ts'
import { Button } from '../components/button.tsx'
import { Card, Figure } from '../components/card.tsx'
import { EmptyState } from '../components/states.tsx'
import { Table } from '../components/table.tsx'
import { Tabs } from '../components/tabs.tsx'
import { Time } from '../components/time.tsx'
import { Notice, PageHead } from './parts.tsx'
import { ReliabilityChart, type ReliabilityBin } from './reliability-chart.tsx'
import { FORM_WORDS } from './words.ts'

interface FigureOf {
  value: number
  low: number
  high: number
}

export interface MeasuresView {
  n: number
  right: number
  brier: FigureOf
  ece: FigureOf
  auroc: FigureOf | null
}

export interface MeasurementsProps {
  form: Form
  judged: number
  unclear: number
  now: MeasuresView | null
  bins: ReliabilityBin[]
  months: { month: string; judged: number; right: number; said: number; measures: MeasuresView | null }[]
  /** So many are needed to measure, and to fit. */
  least: { measure: number; fit: number; each: number }
  fits: boolean
  /** Of which weights the confidence is made. */
  weights: { version: string; by: string | null; at: number | null }
  /** What all certificates together may go wrong with, and what of it is spent, 0..1. */
  spending: { delta: number; spent: number; attempts: number }
  maySet: boolean
  problem: string | null
  said: VNode | null
  clock: number
}

/** How good the checker is on the firm's own judged answers, today and over time. */
export function Measurements(props: MeasurementsProps): VNode {
  const { form, said, problem } = props
  return (
    <>
      <PageHead title="Measurements">
        <p class="lede">What the confidence is worth here: on answers of your own that chance chose and people judged.</p>
        {said}
        {problem && <Notice kind="bad">{problem}</Notice>}
      </PageHead>
      <Tabs
        label="Form of the answer"
        tabs={(['written', 'quoted'] as const).map((f) => ({
          href: `/console/measurements?form=${f}`,
          label: FORM_WORDS[f].name,
          current: f === form,
        }))}
      />
      <div class="stack">
        <Today {...props} />
        {props.months.length > 0 && <OverTime {...props} />}
        <Weights {...props} />
        <Spending {...props} />
      </div>
    </>
  )
}

function Today({ now, judged, unclear, bins, least }: MeasurementsProps): VNode {
  if (!now)
    return (
      <Card title="Today">
        <EmptyState title={`${judged - unclear} of ${least.measure} judged answers`}>
          <p>
            From {least.measure} on this page says how good the confidence is; with fewer, the figures would be chance. Answers are chosen
            at random as they are made; judge them under Judging, or take in past questions there.
          </p>
        </EmptyState>
      </Card>
    )
  return (
    <Card title="Today">
      <div class="stack">
        <p class="quiet">
          {now.right} of {now.n} judged answers were right{unclear > 0 && `; of ${unclear} more nobody could tell`}. In brackets: where the
          figure lies with a certainty of 95 in 100.
        </p>
        <div class="figures">
          <Figure label="Promise and truth differ by" value={`${points(now.ece.value)} of 100`} note={`${between(now.ece)} (ECE)`} />
          <Figure
            label="A right answer is surer than a wrong one"
            value={now.auroc ? `${Math.round(100 * now.auroc.value)} of 100 times` : '–'}
            note={now.auroc ? `${between(now.auroc)}; 50 would be chance (AUROC)` : 'all are of one kind'}
          />
          <Figure
            label="Squared distance from the truth"
            value={now.brier.value.toFixed(3)}
            note={`${now.brier.low.toFixed(3)} to ${now.brier.high.toFixed(3)}; 0 is perfect (Brier)`}
          />
        </div>
        <div class="reliability">
          <ReliabilityChart bins={bins} title="What was promised, and what was right" />
        </div>
      </div>
    </Card>
  )
}

function OverTime({ months, least }: MeasurementsProps): VNode {
  return (
    <Card title="Over time">
      <Table
        caption="Judged answers by the month in which they were made"
        rows={months.toReversed()}
        columns={[
          { head: 'Month', main: true, cell: (m) => monthWords(m.month) },
          { head: 'Judged', numeric: true, cell: (m) => m.judged },
          { head: 'Promised right', numeric: true, cell: (m) => `${Math.round(100 * m.said)} of 100` },
          { head: 'Were right', numeric: true, cell: (m) => `${Math.round((100 * m.right) / m.judged)} of 100` },
          {
            head: 'Differ by',
            numeric: true,
            cell: (m) => (m.measures ? `${(100 * m.measures.ece.value).toFixed(1)} of 100` : fewer(least.measure)),
          },
          {
            head: 'Surer when right',
            numeric: true,
            cell: (m) => (m.measures?.auroc ? `${Math.round(100 * m.measures.auroc.value)} of 100` : '–'),
          },
          { head: 'Squared distance', numeric: true, cell: (m) => (m.measures ? m.measures.brier.value.toFixed(3) : '–') },
        ]}
      />
    </Card>
  )
}

const fewer = (least: number): VNode => <span class="quiet">fewer than {least}</span>

function Weights({ form, fits, judged, least, weights, maySet, clock }: MeasurementsProps): VNode {
  return (
    <Card title="How the confidence is made">
      <div class="stack">
        <p>
          {weights.by === null ? (
            <>The shipped weights ({weights.version}), fitted on data of other firms.</>
          ) : (
            <>
              Version {weights.version}, fitted to your own judged answers, set by {weights.by}{' '}
              <Time at={weights.at ?? clock} now={clock} />.
            </>
          )}{' '}
          Every answer’s record says which version scored it.
        </p>
        {fits ? (
          maySet && (
            <form class="stack" method="post" action="/console/measurements/refit">
              <input type="hidden" name="form" value={form} />
              <p class="quiet">
                New weights begin at the shipped ones and move as far as your judgements carry. They are measured on answers that they were
                not fitted to, and hold only after a second person has approved them. Certificates lapse with them, and need judgements of
                their own.
              </p>
              <div class="under-text">
                <Button look="primary">Fit to {judged} judged answers</Button>
              </div>
            </form>
          )
        ) : (
          <p class="quiet">
            They can be fitted to your own answers from {least.fit} judged ones on, at least {least.each} right and {least.each} wrong.
            There are {judged}.
          </p>
        )}
      </div>
    </Card>
  )
}

function Spending({ spending }: MeasurementsProps): VNode {
  const { delta, spent, attempts } = spending
  return (
    <Card title="What the certificates may cost in trust">
      <p>
        {attempts === 0
          ? `No threshold has been tested yet. All tests of one making together may be mistaken with a probability of ${points(delta)} of 100.`
          : `${attempts} ${attempts === 1 ? 'test' : 'tests'} of what answers now; together they are mistaken with a probability of at most ${points(spent)} of 100 (${points(delta)} are meant to suffice).`}
      </p>
    </Card>
  )
}

/** `2026-11` → `November 2026`. */
const monthWords = (month: string): string =>
  new Date(`${month}-01`).toLocaleDateString('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })

const points = (share: number): string => String(Math.round(share * 1000) / 10)
const between = ({ low, high }: FigureOf): string => `${points(low)} to ${points(high)}`
