import type { ComponentChildren, VNode } from 'preact'
import type { Role, StaffMember } from '../../server/types.ts'
import { LinkButton } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Kbd } from '../components/kbd.tsx'
import { Page } from '../layout.tsx'

/** What every page of the console is told of its surroundings. */
export interface Frame {
  firm: string
  staff: StaffMember
  /** Reviews that wait, for the navigation. */
  waiting: number
  /** Reports that nobody has answered. */
  reports: number
  /** Alarms that nobody has closed. */
  alarms: number
  /** Incidents that nobody has closed. */
  incidents: number
  /** Proposals that this person can decide about. */
  proposals: number
  /** After so many minutes without use the page loads itself again, which shows the sign-in page. */
  idleMinutes: number
}

export type Place =
  | 'overview'
  | 'reviews'
  | 'conversations'
  | 'incidents'
  | 'knowledge'
  | 'judging'
  | 'thresholds'
  | 'measurements'
  | 'proposals'
  | 'live'
  | 'reports'
  | 'alarms'
  | 'audit'
  | 'staff'
  | 'account'

/** Which roles see a room; the routes declare the same. */
export const ROOMS = {
  overview: { label: 'Overview', roles: ['reviewer', 'editor', 'auditor', 'admin'] },
  live: { label: 'Live', roles: ['reviewer', 'admin'] },
  reviews: { label: 'Reviews', roles: ['reviewer', 'admin'] },
  conversations: { label: 'Conversations', roles: ['reviewer', 'admin'] },
  reports: { label: 'Reports', roles: ['reviewer', 'admin'] },
  alarms: { label: 'Alarms', roles: ['reviewer', 'editor', 'auditor', 'admin'] },
  incidents: { label: 'Incidents', roles: ['reviewer', 'editor', 'auditor', 'admin'] },
  knowledge: { label: 'Knowledge', roles: ['reviewer', 'editor', 'auditor', 'admin'] },
  judging: { label: 'Judging', roles: ['reviewer', 'admin'] },
  thresholds: { label: 'Thresholds', roles: ['admin'] },
  measurements: { label: 'Measurements', roles: ['auditor', 'admin'] },
  proposals: { label: 'Proposals', roles: ['reviewer', 'editor', 'auditor', 'admin'] },
  audit: { label: 'Audit', roles: ['auditor', 'admin'] },
  staff: { label: 'Staff', roles: ['admin'] },
  account: { label: 'Your account', roles: ['reviewer', 'editor', 'auditor', 'admin'] },
} as const satisfies Record<Place, { label: string; roles: readonly Role[] }>

export const sees = (roles: readonly Role[], place: Place): boolean => ROOMS[place].roles.some((role) => roles.includes(role))

export function Console(props: {
  frame: Frame
  place: Place
  title: string
  reloadS?: number
  scripts?: string[]
  children: ComponentChildren
}): VNode {
  const { frame, place, title, reloadS, scripts = [], children } = props
  const nav = (Object.keys(ROOMS) as Place[])
    .filter((room) => room !== 'account' && sees(frame.staff.roles, room) && !frame.staff.oneTimePassword)
    .map((room) => ({
      href: `/console/${room}`,
      label: ROOMS[room].label,
      current: room === place,
      count:
        room === 'reviews'
          ? frame.waiting
          : room === 'reports'
            ? frame.reports
            : room === 'alarms'
              ? frame.alarms
              : room === 'incidents'
                ? frame.incidents
                : room === 'proposals'
                  ? frame.proposals
                  : 0,
    }))
  return (
    <Page
      title={title}
      firm={frame.firm}
      section="console"
      nav={nav}
      user={{ name: frame.staff.name, signOut: '/console/sign-out' }}
      actions={
        <LinkButton look="quiet" small href="/console/account" aria-current={place === 'account' ? 'page' : undefined}>
          Account
        </LinkButton>
      }
      scripts={['console.js', 'unsent.js', ...scripts]}
      {...(reloadS === undefined ? {} : { reloadS })}
    >
      {children}
      <Keys />
      <Dialog id="idle" title="You have been signed out">
        <p>
          Nothing happened for {frame.idleMinutes} minutes. What you were writing is still here: sign in again in another tab, then send it.
        </p>
        <p>
          <a href="/console/sign-in" target="_blank">
            Sign in in another tab
          </a>
        </p>
      </Dialog>
      <div hidden data-idle-minutes={frame.idleMinutes}>
        <button id="idle-open" type="button" data-open="idle" />
        <button id="keys-open" type="button" data-open="keys" />
      </div>
    </Page>
  )
}

const KEYS: [key: string, what: string][] = [
  ['J', 'next'],
  ['K', 'previous'],
  ['Enter', 'open what is chosen in a list'],
  ['A', 'approve the answer'],
  ['Q', 'approve the quotation'],
  ['E', 'edit'],
  ['R', 'reject'],
  ['T', 'take over the conversation'],
  ['W', 'whisper to the answer'],
  ['H', 'hold the topic of an alarm'],
  ['N', 'next sentence that is not supported'],
  ['1 2 3', 'right, wrong, can’t tell, where answers are judged'],
  ['U', 'take the last judgement back'],
  ['/', 'search'],
  ['?', 'this list'],
]

/** Opened by `?` (console.js). */
function Keys(): VNode {
  return (
    <Dialog id="keys" title="Keys">
      <dl class="keys">
        {KEYS.map(([key, what]) => (
          <div key={key}>
            <dt>
              <Kbd>{key}</Kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p class="quiet">They rest while you type, while a dialog is open and while a page loads.</p>
    </Dialog>
  )
}
