import { Console, ROOMS, sees } from '../../views/console/frame.tsx'
import { Overview, OverviewBody, type OverviewProps } from '../../views/console/overview.tsx'
import { RANGES, type Range } from '../../views/console/verdict-chart.tsx'
import { notFound } from '../errors.ts'
import { live } from './console-live.ts'
import { stateOf } from './console-article.ts'
import { actorOf, askedOf, frameOf, goOn, param, show, type StaffVisit } from './console-reply.ts'
import type { Route } from './route.ts'

export const overviewRoutes: Route[] = [
  { method: 'get', path: '/console', access: ROOMS.overview.roles, handle: ({ res }) => goOn(res, '/console/overview') },
  { method: 'get', path: '/console/overview', access: ROOMS.overview.roles, handle: overview },
  { method: 'get', path: '/console/overview/live', access: ROOMS.overview.roles, handle: overviewLive },
  { method: 'post', path: '/console/notices/:id', access: ROOMS.overview.roles, handle: dismiss },
]

function overview(visit: StaffVisit): void {
  for (const { id, seenBy } of noticesFor(visit)) if (seenBy === null) visit.context.store.notices.seen(id, actorOf(visit.who))
  const page = Overview(propsOf(visit))
  show(visit.res, Console({ frame: frameOf(visit), place: 'overview', title: 'Overview', children: page }))
}

function overviewLive(visit: StaffVisit): void {
  live(visit, {
    render: () => OverviewBody(propsOf(visit)),
    when: (event) => event.type !== 'stage' && event.type !== 'message',
    everyMs: 10_000,
  })
}

function dismiss(visit: StaffVisit): void {
  const { req, res, context, who } = visit
  const id = param(req, 'id')
  if (!noticesFor(visit).some((notice) => notice.id === id)) throw notFound('notice')
  context.store.notices.dismiss(id, actorOf(who))
  goOn(res, '/console/overview')
}

/** Those for everybody and those for a role of this person. */
const noticesFor = ({ context, who }: StaffVisit): OverviewProps['notices'] =>
  context.store.notices.open().filter(({ roles }) => roles.length === 0 || roles.some((role) => who.roles.includes(role)))

function propsOf(visit: StaffVisit): OverviewProps {
  const { req, context, who } = visit
  const { store, model } = context
  const range = askedOf(req, 'range', Object.keys(RANGES) as Range[]) ?? 'day'
  const now = context.clock()
  const { bucketMs, buckets } = RANGES[range]
  const since = Math.floor(now / bucketMs) * bucketMs - (buckets - 1) * bucketMs
  const articles = store.knowledge.articles().filter((a) => a.state === 'in-force')
  return {
    notices: noticesFor(visit),
    range,
    buckets: store.figures.verdicts(since, bucketMs),
    waiting: store.figures.waiting(),
    feedback: store.figures.feedback(since),
    model: { id: model.identity.id, ...model.status() },
    log: { size: store.log.size(), lastAt: store.log.tail()?.at ?? null, latched: store.latched() },
    articles: { inForce: articles.length, expired: articles.filter((a) => stateOf(a, now) === 'expired').length },
    sees: { reviews: sees(who.roles, 'reviews'), conversations: sees(who.roles, 'conversations'), audit: sees(who.roles, 'audit') },
    now,
  }
}
