import type { ComponentChildren, VNode } from 'preact'

/** A framed part of a page. `title` becomes its heading (h2, or `level`); `actions` stand at the heading's end. */
export function Card(props: {
  title?: string
  level?: 2 | 3
  actions?: ComponentChildren
  id?: string
  class?: string
  children: ComponentChildren
}): VNode {
  const Heading = `h${props.level ?? 2}` as 'h2'
  return (
    <section class={props.class ? `card ${props.class}` : 'card'} id={props.id}>
      {(props.title || props.actions) && (
        <header class="card-head">
          {props.title && <Heading class="card-title">{props.title}</Heading>}
          {props.actions && <div class="card-actions">{props.actions}</div>}
        </header>
      )}
      {props.children}
    </section>
  )
}

/** A figure with its name, for overviews. `note` says what it is out of, or since when. */
export function Figure({ label, value, note }: { label: string; value: string | number; note?: string }): VNode {
  return (
    <div class="figure">
      <span class="figure-label">{label}</span>
      <span class="figure-value">{value}</span>
      {note && <span class="figure-note">{note}</span>}
    </div>
  )
}
