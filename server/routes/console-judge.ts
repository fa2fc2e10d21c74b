import { z } from 'zod'
import { Console } from '../../views/console/frame.tsx'
import { Judge, JudgeAnswer, type JudgeProps } from '../../views/console/judge.tsx'
import { readFields } from './body.ts'
import { actorOf, asked, frameOf, goOn, isSwap, param, show, showPart, type StaffVisit } from './console-reply.ts'
import type { Route } from './route.ts'

export const JUDGES = ['reviewer', 'admin'] as const

export const judgeRoutes: Route[] = [
  { method: 'get', path: '/console/judging/item', access: JUDGES, handle: item },
  { method: 'post', path: '/console/judging/item/:id', access: JUDGES, handle: judge },
  { method: 'post', path: '/console/judging/mistake', access: JUDGES, handle: mistake },
  { method: 'post', path: '/console/judging/undo', access: JUDGES, handle: undo },
]

const HERE = '/console/judging/item'

function item(visit: StaffVisit): void {
  const { req, res } = visit
  const problem =
    asked(req, 'why') === 'gone' ? 'That answer was no longer yours to judge: a colleague judged it meanwhile. Here is the next.' : null
  const page = Judge({ ...stateOf(visit), problem })
  show(res, Console({ frame: frameOf(visit), place: 'judging', title: 'Judge answers', scripts: ['judge.js'], children: page }))
}

function stateOf({ context, who }: StaffVisit): Omit<JudgeProps, 'problem'> {
  const by = actorOf(who)
  const [first, next] = context.desk.items(by, 2)
  return { item: first ?? null, next: next ?? null, last: context.desk.last(by), left: context.desk.left(by) }
}

const sayFields = z.object({
  said: z.enum(['right', 'wrong', 'unclear']),
  ms: z.coerce.number().int().min(0).optional(),
})

function judge(visit: StaffVisit): void {
  const { req, context, who } = visit
  const { said, ms } = readFields(sayFields, req.body)
  context.desk.judge(param(req, 'id'), said, ms ?? null, actorOf(who))
  answer(visit)
}

const mistakeFields = z.object({ mistake: z.enum(['factual', 'misread', 'outdated', 'out of scope']) })

function mistake(visit: StaffVisit): void {
  const { req, context, who } = visit
  context.desk.mistake(readFields(mistakeFields, req.body).mistake, actorOf(who))
  answer(visit)
}

function undo({ res, context, who }: StaffVisit): void {
  context.desk.undo(actorOf(who))
  goOn(res, HERE)
}

/** With scripts the page puts it in place; without, it is loaded again. */
function answer(visit: StaffVisit): void {
  if (isSwap(visit.req)) showPart(visit.res, JudgeAnswer(stateOf(visit)))
  else goOn(visit.res, HERE)
}
