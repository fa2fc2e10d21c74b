import type { VNode } from 'preact'
import type { Form } from '../../server/types.ts'
import { Badge } from '../components/badge.tsx'
import { Button, LinkButton } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Field } from '../components/field.tsx'
import { Time } from '../components/time.tsx'
import { Facts, Notice, PageHead } from './parts.tsx'
import { columnWords, sourceWords, type MatrixCell, type MatrixColumn } from './thresholds.tsx'
import { FORM_WORDS, thresholdWords } from './words.ts'

export interface ThresholdCellProps {
  form: Form
  topic: string
  topicTitle: string
  column: MatrixColumn
  cell: MatrixCell
  setBy: string
  /** The value and the reason that could not be taken, with why. */
  problem: string | null
  /** The most general cell can't be cleared. */
  general: boolean
  now: number
}

export function ThresholdCell(props: ThresholdCellProps): VNode {
  const { form, topicTitle, column, cell, setBy, problem, general, now } = props
  const never = cell.threshold.value > 1
  return (
    <div class="narrow">
      <PageHead
        title={topicTitle}
        crumb={{ href: `/console/thresholds?form=${form}`, label: 'Thresholds' }}
        facts={[columnWords(column), FORM_WORDS[form].name]}
      >
        {problem && <Notice kind="bad">{problem}</Notice>}
      </PageHead>
      <Card title="Now">
        <p>
          <strong>{thresholdWords(cell.threshold.value, form)}</strong>{' '}
          {cell.own ? <Badge>{cell.threshold.state}</Badge> : <>from {sourceWords(cell.threshold)}</>}
        </p>
        <Facts
          facts={[<>set by {setBy}</>, <Time at={cell.threshold.at} now={now} />, cell.threshold.reason && <>“{cell.threshold.reason}”</>]}
        />
      </Card>
      <Card title="Change it">
        <form class="stack" method="post" action="/console/thresholds/cell">
          <input type="hidden" name="form" value={form} />
          <input type="hidden" name="topic" value={props.topic} />
          <input type="hidden" name="channel" value={column.channel} />
          <input type="hidden" name="tier" value={column.tier} />
          <fieldset class="choices">
            <legend>When may a {form === 'written' ? 'written answer' : 'quotation'} go out by itself?</legend>
            <label class="choice">
              <input type="radio" name="how" value="from" checked={cell.own && !never} required /> When at least so many of 100 such answers
              are right:
              <input
                class="of-hundred"
                type="number"
                name="value"
                min={0}
                max={100}
                step={1}
                value={never ? '' : Math.round(cell.threshold.value * 100)}
                aria-label="of 100"
              />
            </label>
            <label class="choice">
              <input type="radio" name="how" value="never" checked={cell.own && never} />{' '}
              {form === 'written'
                ? 'Never: quotations only. They are ready in well under a second.'
                : 'Never: a person decides about every quotation.'}
            </label>
            {!general && (
              <label class="choice">
                <input type="radio" name="how" value="inherit" checked={!cell.own} /> As the more general value says
              </label>
            )}
          </fieldset>
          <Field id="reason" label="Why" hint="It stands in the record, with your name.">
            <textarea rows={2} minLength={3} maxLength={500} required />
          </Field>
          <div class="under-text">
            <Button look="primary">Save</Button>
            <LinkButton look="quiet" href={`/console/thresholds?form=${form}`}>
              Cancel
            </LinkButton>
          </div>
        </form>
      </Card>
    </div>
  )
}
