import type { VNode } from 'preact'

/** `3 min ago`, with the exact time on hover; `page.js` keeps it true and turns the hover into the reader's own time zone. */
export function Time({ at, now }: { /** ms since the epoch */ at: number; now: number }): VNode {
  const iso = new Date(at).toISOString()
  return (
    <time dateTime={iso} title={exactly(at)} data-ago="">
      {ago(at, now)}
    </time>
  )
}

/** Until when something is due: `in 12 min`, or `overdue by 5 min`; with `say`, where no heading says it, `due in 12 min`. */
export function Due({ at, now, say = false }: { at: number; now: number; say?: boolean }): VNode {
  const late = at < now
  return (
    <time dateTime={new Date(at).toISOString()} title={exactly(at)} class={late ? 'due due-late' : 'due'}>
      {late ? `overdue by ${span(now - at)}` : `${say ? 'due ' : ''}in ${span(at - now)}`}
    </time>
  )
}

/** `just now`, `3 min ago`, `2 h ago`, `yesterday`, `5 days ago`, then the date. */
export function ago(at: number, now: number): string {
  const passed = now - at
  if (passed < 45_000) return 'just now'
  const days = passed / 86_400_000
  if (days >= 1 && days < 2) return 'yesterday'
  if (days >= 14) return date(at)
  return `${span(passed)} ago`
}

function span(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000))
  if (minutes < 60) return `${minutes} min`
  const hours = Math.round(ms / 3_600_000)
  if (hours < 24) return `${hours} h`
  const days = Math.round(ms / 86_400_000)
  return days === 1 ? '1 day' : `${days} days`
}

/** A day as the other dates: `2027-07-31` → `31 Jul 2027`; what is no such date stays as it was written. */
export function dayWords(iso: string): string {
  const at = /^\d{4}-\d\d-\d\d$/.test(iso) ? Date.parse(iso) : NaN
  return Number.isNaN(at) ? iso : date(at)
}

const date = (at: number): string =>
  new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })

function exactly(at: number): string {
  return `${new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' })} UTC`
}
