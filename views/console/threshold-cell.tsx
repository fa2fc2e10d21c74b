import type { VNode } from 'preact'
import type { Cell } from '../../server/store/certificate-types.ts'
import { Button, LinkButton } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Field } from '../components/field.tsx'
import { Time } from '../components/time.tsx'
import { Facts, Notice, PageHead } from './parts.tsx'
import { ThresholdHistory } from './threshold-preview.tsx'
import { ALONE, CellFields, StateBadge, ThresholdProof, exact, type CellProof } from './threshold-proof.tsx'
import { columnWords, sourceWords, type MatrixCell } from './thresholds.tsx'
import { FORM_WORDS, thresholdWords } from './words.ts'

export interface ThresholdCellProps {
  cell: Cell
  topicTitle: string
  here: MatrixCell
  setBy: string
  /** Null: it has no value of its own, so there is nothing to prove of it. */
  proof: CellProof | null
  history: Parameters<typeof ThresholdHistory>[0]
  /** Nobody else could approve a proposal. */
  alone: boolean
  /** Why the change could not be taken. */
  problem: string | null
  /** The most general cell can't be cleared. */
  general: boolean
  said: VNode | null
  now: number
}

export function ThresholdCell(props: ThresholdCellProps): VNode {
  const { cell, topicTitle, here, setBy, proof, said, now } = props
  const { form } = cell
  return (
    <div class="narrow">
      <PageHead
        title={topicTitle}
        crumb={{ href: `/console/thresholds?form=${form}`, label: 'Thresholds' }}
        facts={[columnWords(cell), FORM_WORDS[form].name]}
      >
        {said}
      </PageHead>
      <Card title="Now">
        <p>
          <strong>{thresholdWords(here.threshold.value, form)}</strong> <StateBadge state={here.threshold.state} />{' '}
          {!here.own && <>from {sourceWords(here.threshold)}</>}
        </p>
        <Facts
          facts={[<>set by {setBy}</>, <Time at={here.threshold.at} now={now} />, here.threshold.reason && <>“{here.threshold.reason}”</>]}
        />
      </Card>
      {proof && <ThresholdProof {...proof} />}
      <ThresholdHistory {...props.history} />
      <Change {...props} />
    </div>
  )
}

function Change({ cell, here, proof, alone, problem, general, history }: ThresholdCellProps): VNode {
  const { form } = cell
  const never = here.threshold.value > 1
  const certified = proof?.newest?.result?.threshold
  const tried = history.tried.value === history.now.value ? here.threshold.value : history.tried.value
  return (
    <Card title={alone ? 'Change it' : 'Propose a change'} id="change">
      {problem && <Notice kind="bad">{problem}</Notice>}
      <form class="stack" method="post" action="/console/thresholds/cell">
        <CellFields cell={cell} />
        <fieldset class="choices">
          <legend>When may a {form === 'written' ? 'written answer' : 'quotation'} go out by itself?</legend>
          {certified !== undefined && (
            <label class="choice">
              <input type="radio" name="how" value="certified" required /> From the certified {exact(certified)} of 100 on
            </label>
          )}
          <label class="choice">
            <input type="radio" name="how" value="from" checked={here.own && !never} required /> When at least so many of 100 such answers
            are right:
            <input
              class="of-hundred"
              type="number"
              name="value"
              min={0}
              max={100}
              step={1}
              value={tried > 1 ? '' : Math.round(tried * 100)}
              aria-label="of 100"
            />
          </label>
          <label class="choice">
            <input type="radio" name="how" value="never" checked={here.own && never} />{' '}
            {form === 'written'
              ? 'Never: quotations only. They are ready in well under a second.'
              : 'Never: a person decides about every quotation.'}
          </label>
          {!general && (
            <label class="choice">
              <input type="radio" name="how" value="inherit" checked={!here.own} /> As the more general value says
            </label>
          )}
        </fieldset>
        <Field id="reason" label="Why" hint="It stands in the record, with your name.">
          <textarea rows={2} minLength={3} maxLength={500} required />
        </Field>
        <p class="quiet">{alone ? ALONE : 'A second admin has to approve it before it holds.'}</p>
        <div class="under-text">
          <Button look="primary">{alone ? 'Save' : 'Propose'}</Button>
          <LinkButton look="quiet" href={`/console/thresholds?form=${form}`}>
            Cancel
          </LinkButton>
        </div>
      </form>
    </Card>
  )
}
