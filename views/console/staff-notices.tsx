import type { VNode } from 'preact'
import type { Notice as StaffNotice } from '../../server/store/proposal-types.ts'
import { Button } from '../components/button.tsx'
import { Time } from '../components/time.tsx'
import { Notice } from './parts.tsx'

const KIND = { alarm: 'bad', warning: 'doubt', note: 'info' } as const

/** What staff have to be told, on top of the overview, until it is over or somebody has dismissed it. */
export function StaffNotices({ notices, now }: { notices: StaffNotice[]; now: number }): VNode | null {
  if (notices.length === 0) return null
  return (
    <ul class="staff-notices" aria-label="What you should know">
      {notices.map(({ id, kind, text, href, since }) => (
        <li key={id}>
          <Notice kind={KIND[kind]}>
            <p>
              {text} {href && <a href={href}>Look at it</a>} <span class="quiet">Since </span>
              <Time at={since} now={now} />
            </p>
            <form method="post" action={`/console/notices/${id}`}>
              <Button look="quiet" small>
                Dismiss
              </Button>
            </form>
          </Notice>
        </li>
      ))}
    </ul>
  )
}
