import type { VNode } from 'preact'

/** A key of the keyboard. Hidden on touch screens by `components.css`. */
export function Kbd({ children }: { children: string }): VNode {
  return <kbd class="kbd">{children}</kbd>
}
