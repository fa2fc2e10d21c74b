import type { VNode } from 'preact'
import type { Tone } from './badge.tsx'
import { Icon } from './icon.tsx'

/** The live region for short reports. Put one in with `<Partial target="#toasts" swap="beforeend"><Toast …/></Partial>`; `page.js` takes it away after 8 s unless it is an error. */
export function Toasts(): VNode {
  return <div id="toasts" class="toasts" role="status" aria-live="polite" />
}

export function Toast({ tone = 'neutral', children }: { tone?: Tone; children: string }): VNode {
  return (
    <p class={`toast toast-${tone}`} data-toast={tone === 'bad' ? 'stays' : 'goes'}>
      <Icon name={tone === 'bad' ? 'triangle' : tone === 'ok' ? 'check-circle' : 'info'} />
      <span>{children}</span>
    </p>
  )
}
