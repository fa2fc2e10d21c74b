import type { VNode } from 'preact'
import type { Attempt, Cell, Suspension } from '../../server/store/certificate-types.ts'
import type { ThresholdState } from '../../server/types.ts'
import { Badge, type Tone } from '../components/badge.tsx'
import { Button } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Field } from '../components/field.tsx'
import type { IconName } from '../components/icon.tsx'
import { Time } from '../components/time.tsx'
import { Facts, Notice } from './parts.tsx'
import { AskAgain, type AskingAgain } from './threshold-again.tsx'

const STATE: Record<ThresholdState, [Tone, IconName, string]> = {
  provisional: ['neutral', 'info', 'Provisional'],
  certified: ['ok', 'check-circle', 'Certified'],
  lapsed: ['doubt', 'triangle', 'Lapsed'],
  suspended: ['bad', 'pause', 'Switched off'],
}

export function StateBadge({ state }: { state: ThresholdState }): VNode {
  const [tone, icon, word] = STATE[state]
  return (
    <Badge tone={tone} icon={icon}>
      {word}
    </Badge>
  )
}

export interface CellProof {
  cell: Cell
  state: ThresholdState
  /** That certified the threshold as it is set. */
  certificate: Attempt | null
  /** Why it has lapsed, in words. */
  changed: string[]
  suspension: Suspension | null
  watch: { audits: number; errors: number; alpha: number; since: number }
  newest: Attempt | null
  ready: {
    alpha: number
    planned: number
    fixed: boolean
    have: number
    labels: number
    missing: number
    waiting: number
    behind: number
    number: number
    spend: number
    least: number
  }
  again: AskingAgain | null
  alphas: readonly number[]
  /** Nobody else could approve what this person proposes. */
  alone: boolean
  problem: string | null
  now: number
}

/** What is proven of a cell, and how far the next test is. */
export function ThresholdProof(props: CellProof): VNode {
  const { cell, ready, newest, suspension, watch, now, problem } = props
  return (
    <Card title="What is proven" id="proof">
      <div class="stack">
        {problem && <Notice kind="bad">{problem}</Notice>}
        {suspension && <SwitchedOff {...props} suspension={suspension} />}
        <Now {...props} />
        {newest && <Result attempt={newest} now={now} />}
        {props.again && <AskAgain {...props.again} />}
        <div>
          <label>
            {ready.have} of {ready.labels} judged answers for the {ready.number === 1 ? '' : 'next '}test
            <progress class="progress" max={ready.labels} value={Math.min(ready.have, ready.labels)} />
          </label>
          <Facts
            facts={[
              ready.missing > 0 && `${ready.missing} more to go`,
              ready.waiting > 0 && <a href="/console/judging">{ready.waiting} chosen by chance wait to be judged</a>,
              ready.behind > 0 && `${ready.behind} judged ones count as soon as an older one is judged too`,
            ]}
          />
        </div>
        {ready.missing === 0 && (
          <form method="post" action="/console/thresholds/certify">
            <CellFields cell={cell} />
            <Button look="primary" icon="check-circle">
              Certify: test with the first {ready.labels}
            </Button>
          </form>
        )}
        <PlanForm {...props} />
        <p class="quiet">
          {watch.audits === 0
            ? 'No audit of what went out here has been judged since the threshold was set.'
            : `Of ${watch.audits} audits since the threshold was set, ${watch.errors} found the answer wrong. If they show more than ${ofHundred(watch.alpha)} of 100, sending is switched off here at once.`}
        </p>
      </div>
    </Card>
  )
}

function Now({ state, certificate, changed, cell }: CellProof): VNode {
  const result = certificate?.result
  if (certificate && result)
    return (
      <>
        <p>
          {state === 'lapsed' ? 'Proven before something changed' : 'Proven'}: of the answers that this threshold lets out, at most{' '}
          <strong>{ofHundred(certificate.alpha)} of 100</strong> are wrong. It rests on {certificate.rows} judged answers that chance chose,
          and is mistaken with a probability of {ofHundred(certificate.spent)} of 100 at most.
        </p>
        {cell.topic === '*' && (
          <p class="quiet">That holds for all of them together; one topic, channel or tier among them may do worse.</p>
        )}
        {changed.length > 0 && (
          <Notice kind="doubt">
            Lapsed, because {changed.join(', and ')}. Until it is proven again, the audits watch over what is sent.
          </Notice>
        )}
      </>
    )
  return (
    <p>
      How often answers that go out with this value are wrong has not been proven. The value is a person’s judgement of what the confidence
      is worth.
    </p>
  )
}

/** What the last attempt found, in words. */
function Result({ attempt, now }: { attempt: Attempt; now: number }): VNode {
  const { result, rows, alpha, steps } = attempt
  const first = steps[0]
  return (
    <Notice kind={result ? 'ok' : 'doubt'}>
      {result ? (
        <>
          Test <Time at={attempt.at} now={now} />: certified from <strong>{exact(result.threshold)} of 100</strong> on. That sends{' '}
          {percent(result.share)} of the answers; {result.errors} of {result.labels} judged ones there were wrong, so at most{' '}
          {exact(result.bound)} of 100 are, and {ofHundred(alpha)} were allowed.
        </>
      ) : (
        <>
          Test <Time at={attempt.at} now={now} />: not certified. With {rows} judged answers it could not be shown that at most{' '}
          {ofHundred(alpha)} of 100 are wrong
          {first && (
            <>
              , not even of the surest {percent(first.share)}: {first.errors} of {first.labels} were wrong there
            </>
          )}
          . Nothing is changed by that. The next test needs {2 * rows} judged answers.
        </>
      )}
    </Notice>
  )
}

function SwitchedOff({ cell, suspension, alone, now }: CellProof & { suspension: Suspension }): VNode {
  return (
    <Notice kind="bad">
      <p>
        Sending by itself is switched off here since <Time at={suspension.since} now={now} />: of {suspension.audits} audits,{' '}
        {suspension.errors} found the answer wrong. Everything is held for a person.
      </p>
      <details>
        <summary>Switch it on again</summary>
        <form class="stack" method="post" action="/console/thresholds/resume">
          <CellFields cell={cell} />
          <Field id="resume-reason" label="What was mended" hint={alone ? ALONE : 'A second person has to approve it.'}>
            <textarea name="reason" rows={2} minLength={3} maxLength={500} required />
          </Field>
          <div class="under-text">
            <Button>{alone ? 'Switch it on' : 'Propose it'}</Button>
          </div>
        </form>
      </details>
    </Notice>
  )
}

export const ALONE = 'You are the only one who could approve it, so it holds at once. The record says that nobody else looked at it.'

function PlanForm({ cell, ready, alphas }: CellProof): VNode {
  return (
    <details>
      <summary>
        The test: at most {ofHundred(ready.alpha)} of 100 wrong, first with {ready.planned} judged answers
      </summary>
      <form class="stack" method="post" action="/console/thresholds/plan">
        <CellFields cell={cell} />
        <p class="quiet">
          This is settled before the first judgement that counts, and each further test takes twice as many: whoever could choose the moment
          would choose a lucky one.{' '}
          {ready.fixed || ready.have > 0 ? 'If you change it now, the judgements so far no longer count for it.' : ''}
        </p>
        <Field id="alpha" label="Of 100 that are sent, at most so many may be wrong">
          <select>
            {alphas.map((a) => (
              <option value={a} selected={a === ready.alpha}>
                {ofHundred(a)}
              </option>
            ))}
          </select>
        </Field>
        <Field
          id="labels"
          label="Judged answers for the first test"
          hint={`At least ${ready.least} where ${ofHundred(ready.alpha)} of 100 may be wrong; more make it likelier to pass.`}
        >
          <input type="number" min={1} max={100_000} value={ready.planned} required />
        </Field>
        <div class="under-text">
          <Button>Settle it</Button>
        </div>
      </form>
    </details>
  )
}

export function CellFields({ cell }: { cell: Cell }): VNode {
  return (
    <>
      {(['form', 'topic', 'channel', 'tier'] as const).map((name) => (
        <input key={name} type="hidden" name={name} value={cell[name]} />
      ))}
    </>
  )
}

const ofHundred = (share: number): string => String(Math.round(share * 1000) / 10)
export const exact = (share: number): string => (100 * share).toFixed(2).replace(/\.?0+$/, '')
export const percent = (share: number): string => `${Math.round(share * 100)} %`
