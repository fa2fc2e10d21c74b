import { Audit, Chain, type AuditFilter, type ChainProps } from '../../views/console/audit.tsx'
import { Console, sees } from '../../views/console/frame.tsx'
import { Turn } from '../../views/console/turn.tsx'
import { notFound } from '../errors.ts'
import type { TurnFilter } from '../store/types.ts'
import { CHANNELS, VERDICTS } from '../types.ts'
import { asked, askedOf, frameOf, isSwap, namesOf, param, queryOf, show, showPart, type StaffVisit } from './console-reply.ts'
import { REPAIRERS } from './console-incident-parts.ts'
import { topicsKnown, topicTitles } from './console-topics.ts'
import type { Route } from './route.ts'

const AUDITORS = ['auditor', 'admin'] as const
const PAGE = 50

export const auditRoutes: Route[] = [
  { method: 'get', path: '/console/audit', access: AUDITORS, handle: list },
  { method: 'get', path: '/console/audit/turns/:id', access: AUDITORS, handle: turn },
  { method: 'post', path: '/console/audit/verify', access: AUDITORS, handle: verify },
]

function list(visit: StaffVisit): void {
  showList(visit, null)
}

function showList(visit: StaffVisit, checked: ChainProps['checked']): void {
  const { req, res, context } = visit
  const filter = filterOf(visit)
  const query = queryOfFilter(filter)
  const before = Number(asked(req, 'before'))
  const found = context.store.turns.list({ ...forStore(filter), ...(before > 0 ? { before } : {}), limit: PAGE + 1 })
  const last = found[PAGE - 1]
  const at = (moment: number) => `/console/audit${queryOf({ ...asQuery(filter), before: String(moment) })}`
  const page = Audit({
    turns: found.slice(0, PAGE),
    questionOf: (id) => context.store.turns.question(id),
    filter,
    query,
    topics: topicsKnown(context),
    channels: [...CHANNELS],
    newer: before > 0 ? `/console/audit${query}` : null,
    older: found.length > PAGE && last ? at(last.at) : null,
    chain: chainOf(visit, checked),
    now: context.clock(),
  })
  show(res, Console({ frame: frameOf(visit), place: 'audit', title: 'Audit', children: page }))
}

function filterOf({ req }: StaffVisit): AuditFilter {
  const since = asked(req, 'since')
  return {
    verdict: askedOf(req, 'verdict', [...VERDICTS, 'failed'] as const),
    topic: asked(req, 'topic'),
    channel: askedOf(req, 'channel', CHANNELS),
    since: since && !Number.isNaN(Date.parse(since)) ? since : null,
    text: (asked(req, 'text') ?? '').slice(0, 200),
  }
}

const asQuery = (filter: AuditFilter): Record<string, string | null> => ({ ...filter })
const queryOfFilter = (filter: AuditFilter): string => queryOf(asQuery(filter))

function forStore({ verdict, topic, channel, since, text }: AuditFilter): Omit<TurnFilter, 'limit'> {
  const one = CHANNELS.find((c) => c === channel)
  return {
    ...(verdict === 'failed' ? { state: 'failed' } : verdict ? { verdict } : {}),
    ...(topic ? { topic } : {}),
    ...(one ? { channel: one } : {}),
    ...(since ? { since: Date.parse(since) } : {}),
    ...(text ? { text } : {}),
  }
}

function turn(visit: StaffVisit): void {
  const { req, res, context } = visit
  const { store } = context
  const summary = store.turns.get(param(req, 'id'))
  if (!summary) throw notFound('question')
  const filter = filterOf(visit)
  const query = queryOfFilter(filter)
  const to = (id: string | undefined) => (id ? `/console/audit/turns/${id}${query}` : null)
  // The list goes from the newest down: what stands directly before it is the next newer one.
  const since = Math.max(summary.at + 1, forStore(filter).since ?? 0)
  const [newer] = store.turns.list({ ...forStore(filter), since, oldestFirst: true, limit: 1 })
  const older = store.turns.list({ ...forStore(filter), before: summary.at, limit: 1 })[0]
  const topicTitle = topicTitles(context)(summary.topic)
  const page = Turn({
    turn: summary,
    trace: store.turns.trace(summary.id),
    messages: store.conversations.messages(summary.conversation),
    review: store.reviews.ofTurn(summary.id),
    log: store.log.ofTurn(summary.id),
    newer: to(newer?.id),
    older: to(older?.id),
    query,
    topicTitle,
    mayRepair: REPAIRERS.some((role) => visit.who.roles.includes(role)),
    seesConversations: sees(visit.who.roles, 'conversations'),
    nameOf: namesOf(context),
    now: context.clock(),
  })
  show(res, Console({ frame: frameOf(visit), place: 'audit', title: `Question: ${topicTitle}`, children: page }))
}

function chainOf({ context }: StaffVisit, checked: ChainProps['checked']): ChainProps {
  const { store } = context
  return { size: store.log.size(), tail: store.log.tail(), checked, latched: store.latched(), now: context.clock() }
}

/** Goes over every entry of the log: its hash, and the link to the one before. */
function verify(visit: StaffVisit): void {
  const { req, res, context } = visit
  const began = performance.now()
  const damage = context.store.log.verify()
  const checked = { at: context.clock(), damage, took: performance.now() - began }
  if (isSwap(req)) return showPart(res, Chain(chainOf(visit, checked)))
  showList(visit, checked)
}
