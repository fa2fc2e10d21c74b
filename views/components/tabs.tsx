import type { VNode } from 'preact'

/** Views of the same thing, each with an address of its own: links, not script. */
export function Tabs({
  label,
  tabs,
}: {
  label: string
  tabs: { href: string; label: string; count?: number; current?: boolean }[]
}): VNode {
  return (
    <nav class="tabs" aria-label={label}>
      <ul>
        {tabs.map((tab) => (
          <li key={tab.href}>
            <a href={tab.href} aria-current={tab.current ? 'page' : undefined}>
              {tab.label}
              {tab.count !== undefined && <span class="tabs-count">{tab.count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
