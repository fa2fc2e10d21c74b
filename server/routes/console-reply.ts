/** What the routes of the console share: who asks, how a page goes out, where to go next. */
import type { Request, Response } from 'express'
import type { VNode } from 'preact'
import type { Frame } from '../../views/console/frame.tsx'
import { Notice } from '../../views/console/parts.tsx'
import { render, renderPart } from '../../views/layout.tsx'
import type { Context } from '../context.ts'
import { VouchError } from '../errors.ts'
import type { Actor, StaffMember } from '../types.ts'
import type { Visit } from './route.ts'

export type StaffVisit = Visit<StaffMember>

export const actorOf = (who: StaffMember): Actor => `staff:${who.id}`

export const frameOf = ({ context, who }: StaffVisit): Frame => ({
  firm: context.config.FIRM_NAME,
  staff: who,
  waiting: context.store.figures.waiting().reviews,
  reports: context.store.reports.openCount(),
  alarms: context.store.alarms.openCount(),
  incidents: context.store.incidents.unfinished(),
  proposals: context.store.proposals.list({ state: 'open' }).filter((p) => context.proposals.whyNot(p, who) === null).length,
  idleMinutes: context.config.SESSION_IDLE_MINUTES,
})

/** Pages of the console show customers' words: no cache may keep them. */
export function show(res: Response, page: VNode, status = 200): void {
  res.status(status).set('Cache-Control', 'no-store').type('html').send(render(page))
}

export function showPart(res: Response, part: VNode): void {
  res.set('Cache-Control', 'no-store').type('html').send(renderPart(part))
}

export const isSwap = (req: Request): boolean => req.get('HX-Request') === 'true'

/** After something was done: on to a page that can be reloaded without doing it again. `at`: the place on it. */
export function goOn(res: Response, path: string, query: Record<string, string | null | undefined> = {}): void {
  const [bare, given] = path.split('?') as [string, string | undefined]
  const params = new URLSearchParams(given)
  for (const [name, value] of Object.entries(query)) if (value) params.set(name, value)
  const place = params.get('at')
  params.delete('at')
  const text = params.toString()
  res.redirect(303, `${bare}${text && `?${text}`}${place ? `#${place}` : ''}`)
}

/** Elsewhere instead of what was asked for; a swap of htmx has to load that page whole. */
export function sendTo(req: Request, res: Response, address: string): void {
  if (isSwap(req)) res.status(401).set('HX-Redirect', address).end()
  else res.redirect(303, address)
}

/** One value of the query, trimmed; null when absent or empty. */
export function asked(req: Request, name: string): string | null {
  const value = (req.query as Record<string, unknown>)[name]
  const first = Array.isArray(value) ? (value[0] as unknown) : value
  return typeof first === 'string' && first.trim() !== '' ? first.trim() : null
}

/** One of the values allowed, or null. */
export function askedOf<T extends string>(req: Request, name: string, allowed: readonly T[]): T | null {
  const value = asked(req, name)
  return allowed.find((a) => a === value) ?? null
}

/** `?a=b` of those values that are there; empty when none is. */
export function queryOf(values: Record<string, string | null>): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) if (value !== null && value !== '') params.set(name, value)
  const text = params.toString()
  return text ? `?${text}` : ''
}

export const param = (req: Request, name: string): string => (req.params as Record<string, string | undefined>)[name] ?? ''

/** `staff:ID`, `system`, … as people say it. */
export function namesOf({ store }: Context): (actor: Actor) => string {
  const known = new Map(store.staff.list().map((s) => [`staff:${s.id}`, s.name]))
  return (actor) => known.get(actor) ?? (actor.startsWith('staff:') ? 'a former colleague' : (ACTORS[actor.split(':')[0] ?? ''] ?? actor))
}

const ACTORS: Record<string, string> = { customer: 'the customer', key: 'a program', system: 'Vouch' }

/** Short reports after a redirect, by their name in `?said=`: never words from the address itself. */
const SAID: Record<string, string> = {
  'some-known': 'Questions that were taken in before were left out: each counts once.',
  approved: 'Sent to the customer.',
  edited: 'Your text was sent to the customer.',
  rejected: 'Rejected. The customer was told that a colleague answers, and waits among the conversations.',
  'taken-over': 'The conversation is yours. Vouch stays silent until you hand it back.',
  'handed-back': 'Handed back. Vouch answers again.',
  threshold: 'Saved, and noted in the log. Nobody else could have approved it, and the record says so.',
  scope: 'Saved, and noted in the log. It holds from the next question on.',
  proposed: 'Proposed. It holds as soon as a second person has approved it.',
  certified: 'Tested. The result stands below.',
  planned: 'Noted. Judgements from now on count for it.',
  'proposal-approve': 'Approved. It holds from now on.',
  'proposal-reject': 'Rejected. Nothing is changed.',
  'proposal-withdraw': 'Withdrawn. Nothing is changed.',
  reported: 'Reported. Say what came of it as soon as you know.',
  'report-confirmed': 'The customer was told, and it counts as a mistake. Here it is put right.',
  'report-counts': 'It counts as a mistake. Here it is put right.',
  'report-closed': 'Answered. Nothing was said to the customer.',
  'report-dismissed': 'The customer was told what came of it.',
  'topic-held': 'Held. Nothing of this topic is sent by itself until you allow it again under Thresholds.',
  'alarm-closed': 'Closed, and noted in the log.',
  whispered:
    'Your word is kept. The answer is held for you as soon as it is made; if the articles give none, the conversation is handed to you.',
  noted: 'Your note stands with the review.',
  'article-published': 'In force from now on: answers are made from it.',
  'article-retired': 'Retired. Nothing is answered from it any more.',
  'draft-discarded': 'The draft is discarded.',
  roles: 'Roles saved.',
  deactivated: 'Deactivated. They can no longer sign in.',
  activated: 'Active again.',
  saved: 'Saved.',
  stopped: 'Nothing is answered from it any more.',
  lifted: 'It may be answered from again.',
  'correction-written': 'Written and checked. Read it below, then ask a colleague to approve it.',
  'correction-proposed': 'A colleague has to approve it now.',
  'correction-approved': 'Approved. It can be sent.',
  'correction-rejected': 'Rejected. It has to be written anew.',
  'correction-begun': 'It is on its way, one thread after another.',
  'correction-reminded': 'They are reminded.',
  'case-added': 'Added. It is asked now, and at every change.',
  'case-run': 'They are being asked; each result appears below.',
  'incident-closed': 'Closed. If it is ever said again, this page and the overview say so.',
  reopened: 'The incident is open again.',
  password: 'Your password is changed.',
}

export function saidOf(req: Request): VNode | null {
  const words = SAID[asked(req, 'said') ?? '']
  return words ? Notice({ kind: 'ok', children: words }) : null
}

export const problemNotice = (words: string): VNode => Notice({ kind: 'bad', children: words })

/** What a person can mend on the page that they are on; everything else goes to the error page. */
export function mendable(error: unknown): string {
  if (error instanceof VouchError && error.status < 500 && error.status !== 401 && error.status !== 404) return error.message
  throw error
}
