import { scaleBand, scaleLinear } from 'd3-scale'
import { stack } from 'd3-shape'
import type { VNode } from 'preact'
import type { Verdict } from '../../server/types.ts'

const HOUR = 3_600_000

export const RANGES = {
  day: { label: '24 hours', words: 'in the last 24 hours', bucketMs: HOUR, buckets: 24 },
  week: { label: '7 days', words: 'in the last 7 days', bucketMs: 24 * HOUR, buckets: 7 },
  month: { label: '30 days', words: 'in the last 30 days', bucketMs: 24 * HOUR, buckets: 30 },
} as const

export type Range = keyof typeof RANGES

export interface Bucket {
  /** Begin, ms since the epoch. */
  at: number
  verdict: Verdict | 'failed'
  count: number
}

const SERIES = [
  { id: 'sent', label: 'Answered by itself', of: ['send', 'caveat'] },
  { id: 'held', label: 'Held for a person', of: ['hold'] },
  { id: 'declined', label: 'Declined', of: ['decline'] },
  { id: 'escalated', label: 'Handed over', of: ['escalate'] },
  { id: 'failed', label: 'Failed', of: ['failed'] },
] as const

const LABELS = new Map<string, string>(SERIES.map((s) => [s.id, s.label.toLowerCase()]))

type Column = { at: number } & Record<(typeof SERIES)[number]['id'], number>

const W = 720
const H = 220
const PAD = { top: 8, right: 4, bottom: 26, left: 36 }

/** Stacked bars over time; the same figures stand in a table for whoever reads rather than sees. */
export function VerdictChart({ range, buckets, now }: { range: Range; buckets: Bucket[]; now: number }): VNode {
  const columns = columnsOf(range, buckets, now)
  const totals = SERIES.map((s) => ({ ...s, total: columns.reduce((sum, c) => sum + c[s.id], 0) }))
  const all = totals.reduce((sum, s) => sum + s.total, 0)
  return (
    <figure class="chart">
      <ul class="chart-legend">
        {totals.map((s) => (
          <li key={s.id}>
            <svg class="chart-key" viewBox="0 0 12 12" aria-hidden="true">
              <rect class={`bar-${s.id}`} width={12} height={12} rx={2} />
              <Pattern id={s.id} x={0} y={0} width={12} height={12} />
            </svg>
            {s.label} <strong class="numeric">{s.total}</strong>
            {all > 0 && <span class="quiet numeric"> {Math.round((100 * s.total) / all)} %</span>}
          </li>
        ))}
      </ul>
      {all === 0 ? (
        <p class="quiet chart-none">Nothing was asked {RANGES[range].words}.</p>
      ) : (
        <div class="chart-wide chart-newest" tabIndex={0} role="group" aria-label="Chart">
          <Bars columns={columns} range={range} />
        </div>
      )}
      <details>
        <summary>The same as a table</summary>
        <FigureTable columns={columns} range={range} />
      </details>
    </figure>
  )
}

/** Every bucket of the range, also the empty ones. */
export function columnsOf(range: Range, buckets: Bucket[], now: number): Column[] {
  const { bucketMs, buckets: n } = RANGES[range]
  const last = Math.floor(now / bucketMs) * bucketMs
  return Array.from({ length: n }, (_, i) => {
    const at = last - (n - 1 - i) * bucketMs
    const here = buckets.filter((b) => Math.floor(b.at / bucketMs) * bucketMs === at)
    const count = (of: readonly string[]) => here.filter((b) => of.includes(b.verdict)).reduce((sum, b) => sum + b.count, 0)
    return { at, ...Object.fromEntries(SERIES.map((s) => [s.id, count(s.of)])) } as Column
  })
}

function Bars({ columns, range }: { columns: Column[]; range: Range }): VNode {
  const layers = stack<Column>().keys(SERIES.map((s) => s.id))(columns)
  const most = Math.max(1, ...layers.flatMap((layer) => layer.map((d) => d[1])))
  const x = scaleBand(
    columns.map((c) => c.at),
    [PAD.left, W - PAD.right],
  ).padding(0.25)
  const left = (at: number): number => x(at) ?? 0
  const y = scaleLinear([0, most], [H - PAD.bottom, PAD.top]).nice(4)
  const ticks = y.ticks(4).filter(Number.isInteger)
  const every = Math.ceil(columns.length / 8)
  return (
    <svg
      class="chart-bars"
      viewBox={`0 0 ${W} ${H}`}
      role="img"
      aria-label={`What happened to the questions ${RANGES[range].words}; the table below has the figures`}
    >
      {ticks.map((t) => (
        <g key={t}>
          <line class="chart-grid" x1={PAD.left} x2={W - PAD.right} y1={y(t)} y2={y(t)} />
          <text x={PAD.left - 8} y={y(t)} dy="0.32em" text-anchor="end">
            {t}
          </text>
        </g>
      ))}
      {layers.map((layer) =>
        layer
          .filter((d) => d[1] > d[0])
          .map((d) => (
            <g key={`${layer.key}-${d.data.at}`}>
              <rect class={`bar-${layer.key}`} x={left(d.data.at)} width={x.bandwidth()} y={y(d[1])} height={y(d[0]) - y(d[1])}>
                <title>{`${whenWords(d.data.at, range)}: ${d[1] - d[0]} ${LABELS.get(layer.key)}`}</title>
              </rect>
              <Pattern id={layer.key} x={left(d.data.at)} y={y(d[1])} width={x.bandwidth()} height={y(d[0]) - y(d[1])} />
            </g>
          )),
      )}
      {columns
        .filter((_, i) => (columns.length - 1 - i) % every === 0)
        .map((c) => (
          <text key={c.at} x={left(c.at) + x.bandwidth() / 2} y={H - 8} text-anchor="middle">
            {whenWords(c.at, range)}
          </text>
        ))}
    </svg>
  )
}

/** Colours differ by a drawn pattern as well. */
function Pattern({ id, x, y, width, height }: { id: string; x: number; y: number; width: number; height: number }): VNode | null {
  const step = 6
  const lines: VNode[] = []
  if (id === 'held') for (let at = y + step / 2; at < y + height; at += step) lines.push(<line x1={x} x2={x + width} y1={at} y2={at} />)
  else if (id === 'escalated')
    for (let at = x + step / 2; at < x + width; at += step) lines.push(<line x1={at} x2={at} y1={y} y2={y + height} />)
  else return null
  return <g class="bar-pattern">{lines}</g>
}

function FigureTable({ columns, range }: { columns: Column[]; range: Range }): VNode {
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-label="Figures">
      <table class="table figures-table">
        <thead>
          <tr>
            <th scope="col">{range === 'day' ? 'Hour (UTC)' : 'Day'}</th>
            {SERIES.map((s) => (
              <th key={s.id} scope="col" class="numeric">
                {s.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {columns.map((c) => (
            <tr key={c.at}>
              <th scope="row">{whenWords(c.at, range)}</th>
              {SERIES.map((s) => (
                <td key={s.id} class="numeric" data-label={s.label}>
                  {c[s.id]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const whenWords = (at: number, range: Range): string =>
  range === 'day'
    ? `${new Date(at).toISOString().slice(11, 13)}:00`
    : new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
