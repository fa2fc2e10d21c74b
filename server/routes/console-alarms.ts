/** Alarms of the watch over patterns: what changed, since when, on which examples, and what to do. */
import { z } from 'zod'
import { AlarmPage, Alarms, type SpokenAlarm } from '../../views/console/alarms.tsx'
import { Console, ROOMS, sees } from '../../views/console/frame.tsx'
import { notFound } from '../errors.ts'
import { figureWords, subjectWords } from '../monitor/words.ts'
import type { Alarm } from '../store/alarm-types.ts'
import type { Cell } from '../store/certificate-types.ts'
import { FORMS } from '../types.ts'
import { readFields } from './body.ts'
import { REPAIRERS } from './console-incident-parts.ts'
import { actorOf, askedOf, frameOf, goOn, mendable, namesOf, param, saidOf, show, type StaffVisit } from './console-reply.ts'
import { topicTitles } from './console-topics.ts'
import type { Route } from './route.ts'

const ROLES = ROOMS.alarms.roles
const WORKERS = ['reviewer', 'admin'] as const

export const alarmRoutes: Route[] = [
  { method: 'get', path: '/console/alarms', access: ROLES, handle: list },
  { method: 'get', path: '/console/alarms/:id', access: ROLES, handle: (visit) => showAlarm(visit, null) },
  { method: 'post', path: '/console/alarms/:id/hold', access: WORKERS, handle: hold },
  { method: 'post', path: '/console/alarms/:id/close', access: WORKERS, handle: close },
]

const MOST = 200
const NEVER = 2

function list(visit: StaffVisit): void {
  const { req, res, context } = visit
  const state = askedOf(req, 'state', ['open', 'closed'] as const) ?? 'open'
  const page = Alarms({
    state,
    open: context.store.alarms.openCount(),
    alarms: context.store.alarms.list({ state, limit: MOST }).map((alarm) => spoken(visit, alarm)),
    watch: context.watch.status(),
    said: saidOf(req),
    now: context.clock(),
  })
  show(res, Console({ frame: frameOf(visit), place: 'alarms', title: 'Alarms', children: page }))
}

function showAlarm(visit: StaffVisit, problem: string | null): void {
  const { req, res, context, who } = visit
  const { store } = context
  const alarm = alarmOf(visit)
  const { topic, article } = alarm
  const never = topic !== null && letting(visit, topic).length === 0
  const articles = store.knowledge.articles().filter((a) => a.state === 'in-force' && (article ? a.article === article : a.topic === topic))
  const page = AlarmPage({
    ...spoken(visit, alarm),
    also: alarm.also.map((a) => `${subjectWords(a, nameOf(visit))}: ${figures(a)}`),
    examples: alarm.examples.flatMap((id) => {
      const turn = store.turns.get(id)
      return turn ? [{ turn, question: store.turns.trace(id)?.question ?? '' }] : []
    }),
    topicTitle: topic === null ? null : topicTitles(context)(topic),
    hold: topic === null ? null : never ? 'held' : WORKERS.some((role) => who.roles.includes(role)) ? 'can' : null,
    articles: topic === null && article === null ? [] : articles.map((a) => ({ id: a.article, title: a.title })),
    closedBy: alarm.closedBy ? namesOf(context)(alarm.closedBy) : null,
    may: {
      close: WORKERS.some((role) => who.roles.includes(role)),
      repair: REPAIRERS.some((role) => who.roles.includes(role)),
      seeAudit: sees(who.roles, 'audit'),
      seeConversations: sees(who.roles, 'conversations'),
    },
    problem,
    said: saidOf(req),
    now: context.clock(),
  })
  show(res, Console({ frame: frameOf(visit), place: 'alarms', title: 'An alarm', children: page }), problem ? 422 : 200)
}

/** To stop is safe, so one person may do it at once; to allow it again is a threshold like any other. */
function hold(visit: StaffVisit): void {
  const { res, context, who } = visit
  const { id, topic } = alarmOf(visit)
  if (topic === null) throw notFound('topic')
  context.store.atomic(() => {
    for (const cell of letting(visit, topic))
      context.store.thresholds.set({ ...cell, value: NEVER, reason: `Held because of alarm ${id}.` }, actorOf(who))
  })
  goOn(res, `/console/alarms/${id}`, { said: 'topic-held' })
}

/** Cells by which something of the topic can still go out by itself: its own, and those of one channel or tier, which go before it. */
function letting({ context }: StaffVisit, topic: string): Cell[] {
  const all = context.store.thresholds.all()
  return FORMS.flatMap((form): Cell[] => {
    const own = all.filter((c) => c.topic === topic && c.form === form)
    const general = { topic, channel: '*', tier: '*', form } as const
    const cells = own.some((c) => c.channel === '*' && c.tier === '*') ? own : [{ ...general, value: 0 }, ...own]
    return cells.filter((c) => c.value <= 1).map(({ channel, tier }) => ({ topic, channel, tier, form }))
  })
}

const closeFields = z.object({
  outcome: z.enum(['normal', 'mended'], 'Say what it was.'),
  reason: z.string().trim().min(3, 'Say in a few words what it was.').max(500),
})

function close(visit: StaffVisit): void {
  const { req, res, context, who } = visit
  const { id } = alarmOf(visit)
  try {
    const { outcome, reason } = readFields(closeFields, req.body)
    context.store.atomic(() => {
      context.store.alarms.close(id, outcome, reason, actorOf(who))
      context.store.notices.end(`alarm:${id}`)
    })
  } catch (error) {
    return showAlarm(visit, mendable(error))
  }
  goOn(res, '/console/alarms', { said: 'alarm-closed' })
}

const nameOf =
  ({ context }: StaffVisit) =>
  (kind: 'topic' | 'article', id: string): string =>
    context.nameOf(kind, id)

const figures = ({ metric, before, after }: Pick<Alarm, 'metric' | 'before' | 'after'>): string =>
  `usually ${figureWords(metric, before)}, now ${figureWords(metric, after)}`

const spoken = (visit: StaffVisit, alarm: Alarm): SpokenAlarm => ({
  alarm,
  title: subjectWords(alarm, nameOf(visit)),
  figures: figures(alarm),
})

function alarmOf({ req, context }: StaffVisit): Alarm {
  const alarm = context.store.alarms.get(param(req, 'id'))
  if (!alarm) throw notFound('alarm')
  return alarm
}
