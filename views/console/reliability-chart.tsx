import { scaleLinear } from 'd3-scale'
import type { VNode } from 'preact'

/** Answers whose confidence lies in one tenth: how many, what was promised of them, and what they were (0..1). */
export interface ReliabilityBin {
  from: number
  n: number
  said: number
  was: number
}

const SIZE = 300
const PAD = { top: 10, right: 12, bottom: 42, left: 48 }

/** Promise against truth: on the dotted line both agree, below it too much was promised. The width of a dot says how many answers it stands for. */
export function ReliabilityChart({ bins, title }: { bins: ReliabilityBin[]; title: string }): VNode {
  const x = scaleLinear([0, 1], [PAD.left, SIZE - PAD.right])
  const y = scaleLinear([0, 1], [SIZE - PAD.bottom, PAD.top])
  const filled = bins.filter((b) => b.n > 0)
  const most = Math.max(1, ...filled.map((b) => b.n))
  const ticks = [0, 0.25, 0.5, 0.75, 1]
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <svg
        class="chart-plot"
        viewBox={`0 0 ${SIZE} ${SIZE}`}
        role="img"
        aria-label={`${title}: ${filled.map(binWords).join('; ') || 'no answers'}`}
      >
        {ticks.map((t) => (
          <g key={t}>
            <line class="chart-grid" x1={PAD.left} x2={SIZE - PAD.right} y1={y(t)} y2={y(t)} />
            <text x={PAD.left - 8} y={y(t)} dy="0.32em" text-anchor="end">
              {100 * t}
            </text>
            <text x={x(t)} y={SIZE - PAD.bottom + 16} text-anchor="middle">
              {100 * t}
            </text>
          </g>
        ))}
        <text x={(PAD.left + SIZE - PAD.right) / 2} y={SIZE - 6} text-anchor="middle">
          of 100, promised
        </text>
        <text transform={`translate(12 ${(PAD.top + SIZE - PAD.bottom) / 2}) rotate(-90)`} text-anchor="middle">
          of 100, right
        </text>
        <line class="plot-ideal" x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
        {filled.map((b) => (
          <circle key={b.from} class="plot-dot" cx={x(b.said)} cy={y(b.was)} r={3 + 7 * Math.sqrt(b.n / most)}>
            <title>{binWords(b)}</title>
          </circle>
        ))}
      </svg>
    </figure>
  )
}

const binWords = ({ n, said, was }: ReliabilityBin): string =>
  `${n} answers, promised ${Math.round(100 * said)} of 100, right ${Math.round(100 * was)} of 100`
