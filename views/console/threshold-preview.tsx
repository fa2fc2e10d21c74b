import type { VNode } from 'preact'
import type { Cell } from '../../server/store/certificate-types.ts'
import { Button } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Time } from '../components/time.tsx'
import { RiskChart, type RiskPoint } from './risk-chart.tsx'
import { CellFields, percent } from './threshold-proof.tsx'
import { count, ofHundred } from './words.ts'

export interface PreviewFigures {
  value: number
  share: number | null
  labels: number
  errors: number
  worst: number
  heldADay: number | null
}

export interface FlipRow {
  turn: string
  /** What was asked; empty once it is erased. */
  question: string
  /** A past question that was taken in: no customer's turn, so the record has no page of it. */
  past: boolean
  at: number
  confidence: number
  out: boolean
  right: boolean | null | undefined
}

export interface PreviewProps {
  cell: Cell
  /** The value that holds now, and the one that is looked at. */
  now: PreviewFigures
  tried: PreviewFigures
  flips: FlipRow[]
  /** How many there are in all. */
  flipCount: number
  clock: number
}

/** What happened in the past at each value, and a slider to try one. */
export function ThresholdHistory(props: PreviewProps & { answers: number; judged: number; curve: RiskPoint[]; alpha: number }): VNode {
  const { cell, answers, judged, curve, alpha, now, tried } = props
  return (
    <Card title="Try another value">
      <div class="stack">
        {curve.length > 0 ? (
          <RiskChart curve={curve} here={now.share} alpha={alpha} />
        ) : (
          <p class="quiet">
            {answers === 0
              ? 'Nothing was answered here yet. The curve of how much is wrong for each share that is sent comes with the first judged answers.'
              : `${answers} answers, but none that chance chose has been judged yet. Judge some, or take in past questions.`}
          </p>
        )}
        {answers > 0 && (
          <p class="quiet">
            From the newest {count(answers)} answers of the past, {count(judged)} of them chosen by chance and judged.
          </p>
        )}
        <form
          method="get"
          action="/console/thresholds/cell"
          aria-label="Try a value"
          hx-get="/console/thresholds/preview"
          hx-trigger="change, input delay:200ms"
          hx-target="#preview"
          hx-swap="innerHTML"
        >
          <CellFields cell={cell} />
          <label for="try">When at least so many of 100 such answers are right</label>
          <div class="slider">
            <input id="try" type="range" name="try" min={0} max={100} step={1} value={Math.min(100, Math.round(100 * tried.value))} />
            <Button>Show</Button>
          </div>
        </form>
        <div id="preview" aria-live="polite">
          <Preview {...props} />
        </div>
      </div>
    </Card>
  )
}

/** The part that is sent again when the slider is moved. */
export function Preview({ now, tried, flips, flipCount, clock }: PreviewProps): VNode {
  return (
    <div class="stack">
      <table class="table">
        <caption class="sr-only">What the value means</caption>
        <thead>
          <tr>
            <th scope="col">
              <span class="sr-only">Figure</span>
            </th>
            <th scope="col" class="numeric">
              Now, {words(now.value)}
            </th>
            <th scope="col" class="numeric">
              With {words(tried.value)}
            </th>
          </tr>
        </thead>
        <tbody>
          <Row head="Sent by itself" of={(p) => (p.share === null ? '–' : percent(p.share))} now={now} tried={tried} />
          <Row head="Wrong among the judged" of={(p) => (p.labels === 0 ? '–' : `${p.errors} of ${p.labels}`)} now={now} tried={tried} />
          <Row
            head="Wrong at worst (95 %)"
            of={(p) => (p.labels === 0 ? 'unknown' : `${(100 * p.worst).toFixed(1)} of 100`)}
            now={now}
            tried={tried}
          />
          <Row head="Held for a person a day" of={(p) => (p.heldADay === null ? '–' : p.heldADay.toFixed(1))} now={now} tried={tried} />
        </tbody>
      </table>
      {flipCount === 0 ? (
        <p class="quiet">
          {now.value === tried.value ? 'Move the slider to see which answers would change sides.' : 'No answer of the past changes sides.'}
        </p>
      ) : (
        <>
          <h3>
            {flipCount} {flips[0]?.out ? 'would go out by itself' : 'would be held'}
          </h3>
          <ul class="flips">
            {flips.map((f) => (
              <li key={f.turn}>
                {f.past ? (
                  <NamedQuestion {...f} />
                ) : (
                  <a href={`/console/audit/turns/${f.turn}`}>
                    <NamedQuestion {...f} />
                  </a>
                )}{' '}
                <span class="quiet">
                  {f.past && 'past question, '}
                  {ofHundred(f.confidence)} of 100, {SAID(f.right)}, <Time at={f.at} now={clock} />
                </span>
              </li>
            ))}
          </ul>
          {flipCount > flips.length && <p class="quiet">And {flipCount - flips.length} older ones.</p>}
        </>
      )}
    </div>
  )
}

const NamedQuestion = ({ question }: FlipRow): VNode => <span>{question || 'a question whose words were erased'}</span>

const SAID = (right: boolean | null | undefined): string =>
  right === undefined ? 'not judged' : right === null ? 'nobody could tell' : right ? 'judged right' : 'judged wrong'

const words = (value: number): string => (value > 1 ? 'never' : `${Math.round(1000 * value) / 10} of 100`)

function Row(props: { head: string; of: (p: PreviewFigures) => string; now: PreviewFigures; tried: PreviewFigures }): VNode {
  const { head, of, now, tried } = props
  return (
    <tr>
      <th scope="row">{head}</th>
      <td class="numeric" data-label="Now">
        {of(now)}
      </td>
      <td class="numeric" data-label="Then">
        {of(tried)}
      </td>
    </tr>
  )
}
