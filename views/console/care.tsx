import type { VNode } from 'preact'

/** How much care a conversation needs, as a bar and in words: colour and length are never alone. */
export function CareMeter({ care: { value, words } }: { care: { value: number; words: string } }): VNode {
  const level = value >= 0.75 ? 'high' : value >= 0.35 ? 'some' : 'low'
  if (value < 0.05) return <span class="quiet">none</span>
  return (
    <span class={`care care-${level}`}>
      <svg class="care-bar" viewBox="0 0 40 6" aria-hidden="true" preserveAspectRatio="none">
        <rect class="care-all" width={40} height={6} rx={3} />
        <rect class="care-now" width={Math.max(4, 40 * value)} height={6} rx={3} />
      </svg>
      <span>{LEVELS[level]}</span>
      {words && <span class="care-why">{words}</span>}
    </span>
  )
}

const LEVELS = { high: 'much', some: 'some', low: 'a little' }
