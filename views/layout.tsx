/** The document around every page, and how a page becomes text. Nothing in it is inline: the policy is `default-src 'self'`. */
import { h } from 'preact'
import type { ComponentChildren, VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { href } from './assets.ts'
import { DialogSlot } from './components/dialog.tsx'
import { Toasts } from './components/toast.tsx'

export interface NavItem {
  href: string
  label: string
  current?: boolean
  /** Shown beside the label when above 0, e.g. waiting reviews. */
  count?: number
}

export interface PageProps {
  /** Of this page alone; the firm's name is added. */
  title: string
  firm: string
  section: 'portal' | 'console'
  nav?: NavItem[]
  /** Who is signed in (console); `signOut` is the address that a POST ends the session at. */
  user?: { name: string; signOut: string }
  /** What stands at the right end of the bar, before the user. */
  actions?: ComponentChildren
  /** Names of further scripts in views/assets.ts. `page.js`, htmx and its SSE are always there. */
  scripts?: string[]
  /** Without scripts, the page loads itself again after so many seconds. */
  reloadS?: number
  children: ComponentChildren
}

// History off: htmx would take over the browser's back button. Extensions: only the one that we load.
const HTMX = 'includeIndicatorCSS:false, history:false, extensions:sse, defaultTimeout:30000'

export function Page(props: PageProps): VNode {
  const { title, firm, section } = props
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title === firm ? firm : `${title} · ${firm}`}</title>
        <meta name="htmx-config" content={HTMX} />
        <meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#1a2024" media="(prefers-color-scheme: dark)" />
        <link rel="icon" href={href('mark.svg')} type="image/svg+xml" />
        {['tokens.css', 'base.css', 'components.css', `${section}.css`].map((name) => (
          <link key={name} rel="stylesheet" href={href(name)} />
        ))}
        <script src={href('htmx.js')} defer />
        {['page.js', ...(props.scripts ?? [])].map((name) => (
          <script key={name} type="module" src={href(name)} />
        ))}
        {props.reloadS !== undefined && (
          <noscript>
            <meta http-equiv="refresh" content={String(props.reloadS)} />
          </noscript>
        )}
      </head>
      <body class={section}>
        <a class="skip" href="#content">
          Skip to the content
        </a>
        <Bar {...props} />
        <main id="content" class="page" tabIndex={-1}>
          {props.children}
        </main>
        <DialogSlot />
        <Toasts />
      </body>
    </html>
  )
}

function Bar({ firm, section, nav, user, actions }: PageProps): VNode {
  return (
    <header class="bar">
      <div class="bar-inner">
        <a class="firm" href={section === 'portal' ? '/' : '/console'}>
          <Mark />
          <span class="firm-name">
            {firm}
            {section === 'console' && <span class="firm-section"> console</span>}
          </span>
        </a>
        {nav && (
          <nav class="nav" aria-label="Main">
            <ul>
              {nav.map((item) => (
                <li key={item.href}>
                  <a href={item.href} aria-current={item.current ? 'page' : undefined}>
                    {item.label}
                    {(item.count ?? 0) > 0 && <span class="nav-count">{item.count}</span>}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        )}
        {(actions || user) && (
          <div class="bar-end">
            {actions}
            {user && (
              <form method="post" action={user.signOut} class="bar-user">
                <span>{user.name}</span>
                <button type="submit" class="button button-quiet button-small">
                  Sign out
                </button>
              </form>
            )}
          </div>
        )}
      </div>
    </header>
  )
}

/** The drawn mark: a tick that is also the stroke of a V, in a shield's outline. */
function Mark(): VNode {
  return (
    <svg class="firm-mark" viewBox="0 0 32 32" aria-hidden="true" fill="none" stroke="currentColor">
      <path d="M16 3.2 27 7v9.2c0 6-4.4 10.4-11 12.6C9.4 26.6 5 22.2 5 16.2V7z" stroke-width="2" stroke-linejoin="round" />
      <path d="m10.5 12.5 5 8.5 6.5-12.5" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  )
}

/** A whole document. */
export function render(page: VNode): string {
  return `<!doctype html>\n${renderToString(page)}`
}

/** A part of a page, for a swap or an event. */
export function renderPart(part: VNode): string {
  return renderToString(part)
}

/** Something that htmx puts elsewhere than the request's own target: `<hx-partial>` (htmx 4). */
export function Partial({ target, swap = 'outerMorph', children }: { target: string; swap?: string; children: ComponentChildren }) {
  return h('hx-partial', { 'hx-target': target, 'hx-swap': swap }, children)
}
