import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import type { VNode } from 'preact'

export interface RiskPoint {
  value: number
  /** Share sent, 0..1. */
  share: number
  labels: number
  /** Wrong among the judged ones, and at worst (95 %), 0..1. */
  risk: number
  worst: number
}

const W = 640
const H = 260
const PAD = { top: 12, right: 16, bottom: 44, left: 52 }

/** How much is wrong for each share that is sent; the same figures stand in a table. `here`: the share that the present threshold sends. */
export function RiskChart({ curve, here, alpha }: { curve: RiskPoint[]; here: number | null; alpha: number }): VNode {
  const x = scaleLinear([0, 1], [PAD.left, W - PAD.right])
  const highest = Math.min(1, Math.max(2 * alpha, ...curve.map((p) => Math.min(p.worst, 3 * p.risk + alpha))))
  const y = scaleLinear([0, highest], [H - PAD.bottom, PAD.top]).nice(4)
  const top = y.domain()[1] ?? 1
  const path = (of: (p: RiskPoint) => number): string =>
    line<RiskPoint>(
      (p) => x(p.share),
      (p) => y(Math.min(top, of(p))),
    )(curve) ?? ''
  return (
    <figure class="chart">
      <ul class="chart-legend">
        <li>— wrong among those judged</li>
        <li>- - at worst, as far as so few can tell</li>
        <li>··· what is allowed; what is sent now</li>
      </ul>
      <div class="chart-wide" tabIndex={0} role="group" aria-label="Curve">
        <svg
          class="chart-plot"
          viewBox={`0 0 ${W} ${H}`}
          role="img"
          aria-label="Wrong answers for each share that is sent; the table below has the figures"
        >
          {y.ticks(4).map((t) => (
            <g key={t}>
              <line class="chart-grid" x1={PAD.left} x2={W - PAD.right} y1={y(t)} y2={y(t)} />
              <text x={PAD.left - 8} y={y(t)} dy="0.32em" text-anchor="end">
                {percent(t)}
              </text>
            </g>
          ))}
          {[0, 0.2, 0.4, 0.6, 0.8, 1].map((t) => (
            <text key={t} x={x(t)} y={H - PAD.bottom + 18} text-anchor="middle">
              {percent(t)}
            </text>
          ))}
          <text x={(PAD.left + W - PAD.right) / 2} y={H - 6} text-anchor="middle">
            share that is sent by itself
          </text>
          <line class="plot-ideal" x1={PAD.left} x2={W - PAD.right} y1={y(Math.min(top, alpha))} y2={y(Math.min(top, alpha))} />
          {here !== null && <line class="plot-here" x1={x(here)} x2={x(here)} y1={PAD.top} y2={H - PAD.bottom} />}
          <path class="plot-worst" d={path((p) => p.worst)} />
          <path class="plot-line" d={path((p) => p.risk)} />
          {curve.map((p) => (
            <circle key={p.value} class="plot-dot" cx={x(p.share)} cy={y(Math.min(top, p.risk))} r={3}>
              <title>{`${percent(p.share)} sent: ${percent(p.risk)} of ${p.labels} wrong, at worst ${percent(p.worst)}`}</title>
            </circle>
          ))}
        </svg>
      </div>
      <details>
        <summary>The same as a table</summary>
        <div class="table-scroll" tabIndex={0} role="group" aria-label="Figures">
          <table class="table">
            <thead>
              <tr>
                {['From', 'Sent', 'Judged', 'Wrong', 'At worst'].map((head) => (
                  <th key={head} scope="col" class="numeric">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {curve.map((p) => (
                <tr key={p.value}>
                  <th scope="row" class="numeric">
                    {(100 * p.value).toFixed(1)} of 100
                  </th>
                  <td class="numeric" data-label="Sent">
                    {percent(p.share)}
                  </td>
                  <td class="numeric" data-label="Judged">
                    {p.labels}
                  </td>
                  <td class="numeric" data-label="Wrong">
                    {percent(p.risk)}
                  </td>
                  <td class="numeric" data-label="At worst">
                    {percent(p.worst)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  )
}

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`
