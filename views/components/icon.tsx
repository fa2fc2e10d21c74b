/** Drawn signs, 20 × 20, as line art in the colour of the text. They never stand alone: a word beside them says the same. */
import type { VNode } from 'preact'

const PATHS = {
  check: 'm5 10.5 3.5 3.5L15 7',
  'check-circle': 'M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15M6.5 10.2 9 12.7l4.5-5',
  triangle: 'M10 3 18 16.5H2zM10 8.5v3.5M10 14.3v.1',
  cross: 'M6.8 2.5h6.4l4.3 4.3v6.4l-4.3 4.3H6.8l-4.3-4.3V6.8zM7.5 7.5l5 5M12.5 7.5l-5 5',
  pause: 'M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15M8 7.5v5M12 7.5v5',
  bar: 'M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15M6.5 10h7',
  info: 'M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15M10 9v4.5M10 6.5v.1',
  person: 'M10 3a3.2 3.2 0 1 1 0 6.4A3.2 3.2 0 0 1 10 3M3.8 17c.4-3.2 2.9-5.2 6.2-5.2s5.8 2 6.2 5.2',
  dot: 'M10 7.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6',
  clock: 'M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15M10 5.5V10l3 2',
  search: 'M8.8 3a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8.8 3M13.2 13.2 17 17',
  document: 'M5 2.5h6.5L15.5 6.5v11H5zM11.5 2.5v4h4M7.5 10.5h5.5M7.5 13.5h5.5',
  send: 'M10 16.5V4M4.5 9.2 10 3.7l5.5 5.5',
  close: 'm5 5 10 10M15 5 5 15',
  plus: 'M10 4v12M4 10h12',
  up: 'M6.5 9v8H3.5V9zM6.5 9l3-6.5c1.5 0 2.3 1 2 2.5L11 7.5h4.5c1 0 1.8.9 1.5 2l-1.5 6c-.2.9-1 1.5-1.9 1.5H6.5',
  down: 'M6.5 11V3H3.5v8zM6.5 11l3 6.5c1.5 0 2.3-1 2-2.5L11 12.5h4.5c1 0 1.8-.9 1.5-2l-1.5-6c-.2-.9-1-1.5-1.9-1.5H6.5',
  arrow: 'M4 10h12M11 5l5 5-5 5',
  back: 'M16 10H4M9 5l-5 5 5 5',
  lock: 'M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9',
  quote: 'M8.5 5.5C5.5 6.5 4 8.5 4 11.5v3h4.5v-4.5H6.2M16.5 5.5c-3 1-4.5 3-4.5 6v3h4.5v-4.5h-2.3',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name }: { name: IconName }): VNode {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}
