import type { ComponentChildren, VNode } from 'preact'
import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'
import { Icon } from '../components/icon.tsx'
import { CHANNEL_WORDS } from './words.ts'

/** The head of a page: where it belongs, what it is, a line of facts, what has to be said. */
export function PageHead(props: {
  title: string
  crumb?: { href: string; label: string } | undefined
  facts?: ComponentChildren[]
  actions?: ComponentChildren
  children?: ComponentChildren
}): VNode {
  return (
    <header class="page-head">
      {props.crumb && (
        <a class="crumb" href={props.crumb.href}>
          <Icon name="back" /> {props.crumb.label}
        </a>
      )}
      <div class="page-head-line">
        <h1>{props.title}</h1>
        {props.actions && <div class="page-head-actions">{props.actions}</div>}
      </div>
      {props.facts && <Facts facts={props.facts} />}
      {props.children}
    </header>
  )
}

export function Facts({ facts }: { facts: ComponentChildren[] }): VNode {
  return (
    <ul class="facts">
      {facts.filter(Boolean).map((fact, i) => (
        <li key={i}>{fact}</li>
      ))}
    </ul>
  )
}

/** A part of the page that the server sends again whenever something changes. A stream, not polling: looking on must not count as activity. */
export function LiveRegion({ id, url, children }: { id: string; url: string; children: ComponentChildren }): VNode {
  return (
    <div id={id} class="live" {...{ 'hx-sse:connect': url }} hx-swap="innerMorph" hx-target="this">
      {children}
    </div>
  )
}

/** Filters work as a plain form; a change of a list applies at once where scripts run (console.js). */
export function Filters({ action, label, children }: { action: string; label: string; children: ComponentChildren }): VNode {
  return (
    <form class="filters" method="get" action={action} aria-label={label} data-apply>
      {children}
      <Button class="filters-apply">Apply</Button>
    </form>
  )
}

export function Select(props: { id: string; label: string; value: string; options: [value: string, words: string][] }): VNode {
  return (
    <Field id={props.id} label={props.label}>
      <select>
        {props.options.map(([value, words]) => (
          <option value={value} selected={value === props.value}>
            {words}
          </option>
        ))}
      </select>
    </Field>
  )
}

/** The two filters that lists of turns and of reviews share. */
export function TopicAndChannel(props: {
  topics: { id: string; title: string }[]
  channels: readonly string[]
  topic: string
  channel: string
}): VNode {
  const topics = props.topics.map((t): [string, string] => [t.id, t.title])
  const channels = props.channels.map((c): [string, string] => [c, CHANNEL_WORDS[c as 'portal'] ?? c])
  return (
    <>
      <Select id="topic" label="Topic" value={props.topic} options={[['', 'Every topic'], ...topics]} />
      <Select id="channel" label="Channel" value={props.channel} options={[['', 'Every channel'], ...channels]} />
    </>
  )
}

export function Notice({ kind, children }: { kind: 'ok' | 'info' | 'doubt' | 'bad'; children: ComponentChildren }): VNode {
  const icon = { ok: 'check-circle', info: 'info', doubt: 'triangle', bad: 'cross' } as const
  return (
    <div class={`notice notice-${kind}`} role={kind === 'bad' ? 'alert' : 'status'}>
      <Icon name={icon[kind]} />
      <div>{children}</div>
    </div>
  )
}

/** A long hash, short enough to read; the whole one on hover. */
export function Hash({ value }: { value: string }): VNode {
  return (
    <code class="hash" title={value}>
      {value.slice(0, 12)}
    </code>
  )
}

export function Pages({ newer, older }: { newer: string | null; older: string | null }): VNode | null {
  if (!newer && !older) return null
  return (
    <nav class="pages" aria-label="More">
      {newer ? <a href={newer}>← Newer</a> : <span />}
      {older ? <a href={older}>Older →</a> : <span />}
    </nav>
  )
}

/** Leads to a conversation whoever may read it; for others it is words alone. */
export function ConversationLink({ id, sees, children }: { id: string; sees: boolean; children: ComponentChildren }): VNode {
  return sees ? <a href={`/console/conversations/${id}`}>{children}</a> : <>{children}</>
}
