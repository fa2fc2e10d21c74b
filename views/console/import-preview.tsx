import type { VNode } from 'preact'
import { Button, LinkButton } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Field } from '../components/field.tsx'
import { Table } from '../components/table.tsx'
import { Notice, PageHead, Select } from './parts.tsx'
import { CHANNEL_WORDS } from './words.ts'

export interface PreviewProps {
  id: string
  file: string
  kind: 'csv' | 'jsonl' | 'mailbox'
  columns: string[]
  column: string
  own: string[]
  /** The first questions as they would be taken in. */
  sample: { line: number; text: string }[]
  questions: number
  masked: number
  /** What is left out, the first of each reason. */
  left: { why: string; count: number; lines: number[] }[]
  channels: readonly string[]
  tiers: string[]
  most: number
  problem: string | null
}

/** A file that was read, and nothing of it kept yet: which column holds the questions, and what is to be proven with them. */
export function ImportPreview(props: PreviewProps): VNode {
  const { id, file, problem } = props
  return (
    <div class="stack">
      <PageHead
        title={`Past questions from ${file}`}
        crumb={{ href: '/console/judging', label: 'Judging' }}
        facts={[`${props.questions.toLocaleString('en-GB')} questions can be used`, 'Nothing is kept yet']}
      >
        {problem && <Notice kind="bad">{problem}</Notice>}
      </PageHead>
      <Card title="Where the questions are">
        <form class="filters" method="get" action={`/console/judging/new/${id}`} data-apply>
          <Select
            id="column"
            label={props.kind === 'mailbox' ? 'What counts as the question' : 'Column with the question'}
            value={props.column}
            options={props.columns.map((column) => [column, column])}
          />
          {props.kind === 'mailbox' && (
            <Field id="own" label="Your own addresses or domains" hint="What they wrote is left out. Several are parted by commas.">
              <input type="text" value={props.own.join(', ')} maxLength={500} />
            </Field>
          )}
          <Button>Look again</Button>
        </form>
        <Table
          caption="The first questions as they would be kept"
          showCaption
          columns={[
            { head: 'Line', numeric: true, cell: (q) => q.line },
            { head: 'Question', main: true, cell: (q) => <span class="sample-cell">{q.text}</span> },
          ]}
          rows={props.sample}
          empty={<p class="quiet">No question is found this way. Choose another column.</p>}
        />
      </Card>
      <LeftOut left={props.left} masked={props.masked} />
      {props.questions > 0 && <Take {...props} />}
    </div>
  )
}

/** Nothing goes missing unsaid. */
function LeftOut({ left, masked }: Pick<PreviewProps, 'left' | 'masked'>): VNode {
  return (
    <Card title="What is left out, and what is hidden">
      {left.length === 0 ? (
        <p>Nothing is left out: every line is a question.</p>
      ) : (
        <ul class="results">
          {left.map(({ why, count, lines }) => (
            <li>
              <strong class="numeric">{count.toLocaleString('en-GB')}</strong> {why}{' '}
              <span class="quiet">
                ({lines.length === 1 ? 'line' : 'lines'} {lines.join(', ')}
                {count > lines.length ? ' …' : ''})
              </span>
            </li>
          ))}
        </ul>
      )}
      <p class="quiet">
        {masked > 0 &&
          `In ${masked.toLocaleString('en-GB')} of them addresses, card or account numbers and the like are hidden, for good. `}
        Names are not found by themselves. The questions are kept encrypted.
      </p>
    </Card>
  )
}

function Take({ id, column, own, channels, tiers, questions, most }: PreviewProps): VNode {
  const number = Math.min(questions, 300)
  return (
    <Card title="What is to be proven">
      <form class="stack take" method="post" action={`/console/judging/new/${id}`}>
        <input type="hidden" name="column" value={column} />
        <input type="hidden" name="own" value={own.join(', ')} />
        <fieldset class="choices">
          <legend>Which answers</legend>
          <label class="choice">
            <input type="radio" name="form" value="quoted" checked />
            <span>
              <strong>Quotations</strong> <span class="quiet">the exact words of your articles; a second or less for each question</span>
            </span>
          </label>
          <label class="choice">
            <input type="radio" name="form" value="written" />
            <span>
              <strong>Written answers</strong> <span class="quiet">what the model writes; some ten seconds for each question</span>
            </span>
          </label>
        </fieldset>
        <div class="filters">
          <Select
            id="channel"
            label="As if asked in"
            value={channels[0] ?? ''}
            options={channels.map((c) => [c, CHANNEL_WORDS[c as 'portal'] ?? c])}
          />
          <Select id="tier" label="By customers of the tier" value={tiers[0] ?? ''} options={tiers.map((t) => [t, t])} />
        </div>
        <Field
          id="number"
          label="How many questions"
          hint={`Chosen by chance from the ${questions.toLocaleString('en-GB')}. Judging takes some six seconds each: 300 are half an hour.`}
        >
          <input type="number" min={1} max={Math.min(questions, most)} value={number} required />
        </Field>
        <Field
          id="double"
          label="Of a hundred answers, how many are judged by two people"
          hint="It shows whether people mean the same by right and wrong. 0 if only one person judges."
        >
          <input type="number" min={0} max={100} value={10} required />
        </Field>
        <p class="quiet">
          No customer hears of it, and no figure about customers counts it. A certificate holds for questions like these: take them from the
          traffic as it came, not a choice of good ones.
        </p>
        <div class="under-text">
          <Button look="primary" icon="check">
            Take them in and make the answers
          </Button>
          <LinkButton look="quiet" href="/console/judging">
            Leave it
          </LinkButton>
        </div>
      </form>
    </Card>
  )
}
