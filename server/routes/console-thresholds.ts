import { z } from 'zod'
import { Console } from '../../views/console/frame.tsx'
import { ThresholdCell } from '../../views/console/threshold-cell.tsx'
import { Thresholds, type MatrixCell, type MatrixColumn, type MatrixRow } from '../../views/console/thresholds.tsx'
import type { Context } from '../context.ts'
import { notFound } from '../errors.ts'
import { CHANNELS, FORMS, type Form, type Threshold } from '../types.ts'
import { readFields } from './body.ts'
import { actorOf, asked, askedOf, frameOf, goOn, mendable, namesOf, saidOf, show, type StaffVisit } from './console-reply.ts'
import { tiersOf, topicsKnown, topicTitles } from './console-topics.ts'
import type { Route } from './route.ts'

const ADMINS = ['admin'] as const

export const thresholdRoutes: Route[] = [
  { method: 'get', path: '/console/thresholds', access: ADMINS, handle: matrix },
  { method: 'get', path: '/console/thresholds/cell', access: ADMINS, handle: cell },
  { method: 'post', path: '/console/thresholds/cell', access: ADMINS, handle: change },
]

const NEVER = 2

function matrix(visit: StaffVisit): void {
  const { req, res, context } = visit
  const form = askedOf(req, 'form', FORMS) ?? 'written'
  const columns = columnsOf(context)
  const page = Thresholds({ form, columns, rows: rowsOf(context, form, columns), said: saidOf(req) })
  show(res, Console({ frame: frameOf(visit), place: 'thresholds', title: 'Thresholds', children: page }))
}

const columnsOf = (context: Context): MatrixColumn[] => [
  { channel: '*', tier: '*' },
  ...CHANNELS.flatMap((channel) => tiersOf(context).map((tier) => ({ channel, tier }))),
]

function rowsOf(context: Context, form: Form, columns: MatrixColumn[]): MatrixRow[] {
  const cells = (topic: string) => columns.map((column) => cellOf(context, form, topic, column))
  const ruled = { allowed: null, approval: 'always held for a person', never: 'never by a machine' }
  return [
    { topic: '*', title: 'Every topic', ruled: null, cells: cells('*') },
    ...context.ports
      .scope()
      .topics.map((t) => ({ topic: t.id, title: topicTitles(context)(t.id), ruled: ruled[t.rule], cells: cells(t.id) })),
  ]
}

/** The cell itself if it is set; else the most particular one that holds for all of it. */
function cellOf({ store }: Context, form: Form, topic: string, column: MatrixColumn): MatrixCell {
  const { channel, tier } = column
  const all = store.thresholds.all().filter((c) => c.form === form)
  const own = all.find((c) => c.topic === topic && c.channel === channel && c.tier === tier)
  if (own) return { column, threshold: own, own: true }
  if (channel !== '*') return { column, threshold: store.thresholds.for({ topic, channel, tier }, form), own: false }
  return { column, threshold: all.find((c) => c.topic === '*' && c.channel === '*' && c.tier === '*') as Threshold, own: false }
}

const segmentFields = z.object({
  form: z.enum(FORMS),
  topic: z.string().min(1).max(100),
  channel: z.enum(['*', ...CHANNELS]),
  tier: z.string().min(1).max(100),
})

function cell(visit: StaffVisit): void {
  const { req } = visit
  const segment = readFields(segmentFields, {
    form: asked(req, 'form'),
    topic: asked(req, 'topic'),
    channel: asked(req, 'channel'),
    tier: asked(req, 'tier'),
  })
  showCell(visit, segment, null)
}

function showCell(visit: StaffVisit, segment: z.infer<typeof segmentFields>, problem: string | null): void {
  const { res, context } = visit
  const { form, topic, channel, tier } = segment
  if (topic !== '*' && !topicsKnown(context).some((t) => t.id === topic)) throw notFound('topic')
  const topicTitle = topic === '*' ? 'Every topic' : topicTitles(context)(topic)
  const here = cellOf(context, form, topic, { channel, tier })
  const page = ThresholdCell({
    form,
    topic,
    topicTitle,
    column: { channel, tier },
    cell: here,
    setBy: namesOf(context)(here.threshold.setBy),
    problem,
    general: topic === '*' && channel === '*' && tier === '*',
    now: context.clock(),
  })
  show(res, Console({ frame: frameOf(visit), place: 'thresholds', title: `Threshold: ${topicTitle}`, children: page }), problem ? 422 : 200)
}

const changeFields = segmentFields.extend({
  how: z.enum(['from', 'never', 'inherit'], 'Choose when it may go out by itself.'),
  value: z.string().default(''),
  reason: z.string().trim().min(3, 'Say why it is changed.').max(500),
})

function change(visit: StaffVisit): void {
  const { req, res, context, who } = visit
  const { how, value, reason, ...segment } = readFields(changeFields, req.body)
  const { thresholds } = context.store
  try {
    if (how === 'inherit') {
      if (cellOf(context, segment.form, segment.topic, segment).own) thresholds.clear(segment, actorOf(who), reason)
    } else {
      const ofHundred = Number(value)
      if (how === 'from' && (value.trim() === '' || !Number.isInteger(ofHundred) || ofHundred < 0 || ofHundred > 100))
        return showCell(visit, segment, 'Give a whole number from 0 to 100.')
      thresholds.set({ ...segment, value: how === 'never' ? NEVER : ofHundred / 100, reason }, actorOf(who))
    }
  } catch (error) {
    return showCell(visit, segment, mendable(error))
  }
  goOn(res, '/console/thresholds', { form: segment.form, said: 'threshold' })
}
