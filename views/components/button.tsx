import type { ComponentChildren, JSX, VNode } from 'preact'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'
import { Kbd } from './kbd.tsx'

interface Looks {
  /** `primary`: the one thing to do here; `plain`: others; `quiet`: without a frame; `danger`: what can't be undone. */
  look?: 'primary' | 'plain' | 'quiet' | 'danger'
  small?: boolean
  icon?: IconName
  /** Key that does the same, shown on the button. */
  keys?: string
  children: ComponentChildren
}

/** Everything else of a `<button>` (also `hx-…`) is passed on. `type` is `submit` unless told. */
export function Button({ look, small, icon, keys, children, ...rest }: Looks & Omit<JSX.IntrinsicElements['button'], 'icon'>): VNode {
  return (
    <button type="submit" {...rest} class={classes(look, small, rest.class)}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
      {keys && <Kbd>{keys}</Kbd>}
    </button>
  )
}

/** A link that looks like a button: for going somewhere, never for changing something. */
export function LinkButton({ look, small, icon, keys, children, ...rest }: Looks & JSX.IntrinsicElements['a']): VNode {
  return (
    <a {...rest} class={classes(look, small, rest.class)}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
      {keys && <Kbd>{keys}</Kbd>}
    </a>
  )
}

function classes(look: Looks['look'] = 'plain', small: boolean | undefined, more: unknown): string {
  return ['button', `button-${look}`, small && 'button-small', typeof more === 'string' && more].filter(Boolean).join(' ')
}
