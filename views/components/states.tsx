/** What stands where nothing is, where something went wrong, and where something is on its way. */
import type { ComponentChildren, VNode } from 'preact'
import { Icon } from './icon.tsx'

/** Says warmly that there is nothing, and what would bring something here. */
export function EmptyState({ title, children }: { title: string; children?: ComponentChildren }): VNode {
  return (
    <div class="state">
      <p class="state-title">{title}</p>
      {children && <div class="state-body">{children}</div>}
    </div>
  )
}

/** Says what went wrong and what to do; `children` may hold the button that tries again. */
export function ErrorState({ title, children }: { title: string; children?: ComponentChildren }): VNode {
  return (
    <div class="state state-error" role="alert">
      <p class="state-title">
        <Icon name="triangle" /> {title}
      </p>
      {children && <div class="state-body">{children}</div>}
    </div>
  )
}

/** A word with three quiet dots. `children` says what is being waited for. */
export function Loading({ children = 'Loading' }: { children?: ComponentChildren }): VNode {
  return (
    <p class="loading" role="status">
      <Dots /> {children}
    </p>
  )
}

/** The progress mark by itself. */
export function Dots(): VNode {
  return (
    <span class="dots" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  )
}
