import type { VNode } from 'preact'
import type { Channel, Form, Threshold } from '../../server/types.ts'
import { LinkButton } from '../components/button.tsx'
import { Tabs } from '../components/tabs.tsx'
import { Notice, PageHead } from './parts.tsx'
import { AskAgain, type AskingAgain } from './threshold-again.tsx'
import { StateBadge } from './threshold-proof.tsx'
import { CHANNEL_WORDS, FORM_WORDS, thresholdWords } from './words.ts'

/** A column of the matrix: one channel and tier, or `*` × `*` for all. */
export interface MatrixColumn {
  channel: Channel | '*'
  tier: string
}

export interface MatrixCell {
  column: MatrixColumn
  /** The value that applies here. */
  threshold: Threshold
  /** Set for exactly this segment; otherwise it comes from a more general one. */
  own: boolean
  /** What is proven of it, or what is missing for that. */
  note: string | null
}

export interface MatrixRow {
  topic: string
  title: string
  /** A machine never answers it by itself, whatever the threshold says. */
  ruled: string | null
  cells: MatrixCell[]
}

export interface ThresholdsProps {
  form: Form
  columns: MatrixColumn[]
  rows: MatrixRow[]
  /** Where a certificate has lapsed: what can be done about it. */
  again: AskingAgain | null
  /** The firm sends by itself only what is certified. */
  certifiedOnly: boolean
  said: VNode | null
}

export function Thresholds({ form, columns, rows, again, certifiedOnly, said }: ThresholdsProps): VNode {
  return (
    <>
      <PageHead title="Thresholds" actions={<LinkButton href="/console/scope">What Vouch may answer</LinkButton>}>
        <p class="lede">
          Vouch sends an answer by itself when it is sure enough of it. “80 of 100” means: of 100 answers that look as good as this one, at
          least 80 are right. Anything below waits for a person.
        </p>
        {said}
      </PageHead>
      <Notice kind="info">
        <strong>Provisional</strong>: a person’s judgement, not proven yet. <strong>Certified</strong>: judged answers that chance chose
        bound how many of those that go out are wrong. <strong>Lapsed</strong>: that was so before articles, model or checks changed.{' '}
        <strong>Switched off</strong>: too many turned out wrong.{' '}
        {certifiedOnly
          ? 'In your house nothing goes out by itself where the threshold is provisional.'
          : 'Provisional thresholds send too; the setting CERTIFIED_ONLY=yes ends that.'}
      </Notice>
      <Tabs
        label="Form of the answer"
        tabs={(['written', 'quoted'] as const).map((f) => ({
          href: `/console/thresholds?form=${f}`,
          label: FORM_WORDS[f].name,
          current: f === form,
        }))}
      />
      {again && <AskAgain {...again} />}
      <p class="quiet">{FORM_WORDS[form].means}. Values in grey come from a more general cell; choose a cell to change it.</p>
      <div class="table-scroll" tabIndex={0} role="region" aria-label="Thresholds by topic, channel and tier">
        <table class="matrix">
          <thead>
            <tr>
              <th scope="col">Topic</th>
              {columns.map((c) => (
                <th scope="col">{columnWords(c)}</th>
              ))}
            </tr>
          </thead>
          <tbody data-rows>
            {rows.map((row) => (
              <tr>
                <th scope="row">
                  {row.title}
                  {row.ruled && <span class="ruled">{row.ruled}</span>}
                </th>
                {row.cells.map((cell) => (
                  <Cell cell={cell} form={form} row={row} column={cell.column} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

export const columnWords = ({ channel, tier }: MatrixColumn): string =>
  channel === '*' && tier === '*'
    ? 'Everywhere'
    : `${channel === '*' ? 'Every channel' : CHANNEL_WORDS[channel]}, ${tier === '*' ? 'every tier' : tier}`

function Cell({ cell, form, row, column }: { cell: MatrixCell; form: Form; row: MatrixRow; column: MatrixColumn }): VNode {
  const { threshold, own } = cell
  const query = new URLSearchParams({ form, topic: row.topic, channel: column.channel, tier: column.tier })
  const words = thresholdWords(threshold.value, form)
  return (
    <td class={own ? 'cell cell-own' : 'cell'}>
      <a href={`/console/thresholds/cell?${query}`} data-row>
        <span class="sr-only">
          {row.title}, {columnWords(column)}:
        </span>
        <span class="cell-value">{words}</span>
        <span class="cell-from">{own ? <StateBadge state={threshold.state} /> : `from ${sourceWords(threshold)}`}</span>
        {cell.note && <span class="cell-from">{cell.note}</span>}
      </a>
    </td>
  )
}

/** Where an inherited value was set: `every topic`, `portal`, … */
export function sourceWords(t: Threshold): string {
  const parts = [
    t.topic !== '*' && 'this topic',
    t.channel !== '*' && CHANNEL_WORDS[t.channel].toLowerCase(),
    t.tier !== '*' && t.tier,
  ].filter(Boolean)
  return parts.length > 0 ? parts.join(', ') : 'the general value'
}
