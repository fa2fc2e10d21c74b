import { scaleLinear } from 'd3-scale'
import type { VNode } from 'preact'
import { msWords, nameWords } from './words.ts'

/** The stages one after another, as wide as they took long. Stages that took next to nothing keep a visible width. */
export function TurnStrip({ timings }: { timings: Record<string, number> }): VNode | null {
  const stages = Object.entries(timings)
  if (stages.length === 0) return null
  const total = stages.reduce((sum, [, ms]) => sum + ms, 0)
  const least = total * 0.01
  const wide = (ms: number): number => Math.max(ms, least)
  const x = scaleLinear([0, stages.reduce((sum, [, ms]) => sum + wide(ms), 0)], [0, 100])
  let at = 0
  return (
    <figure class="strip">
      <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        {stages.map(([stage, ms], i) => {
          const from = at
          at += wide(ms)
          return <rect key={stage} class={`strip-${i % 4}`} x={x(from)} width={Math.max(0, x(at) - x(from) - 0.2)} y={0} height={6} />
        })}
      </svg>
      <figcaption>
        <ol>
          {stages.map(([stage, ms], i) => (
            <li key={stage}>
              <span class={`strip-key strip-${i % 4}`} aria-hidden="true" />
              {nameWords(stage)} <span class="numeric">{msWords(ms)}</span>
            </li>
          ))}
          <li>
            Together <strong class="numeric">{msWords(total)}</strong>
          </li>
        </ol>
      </figcaption>
    </figure>
  )
}
