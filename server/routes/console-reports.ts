/** Reports of wrong answers: made by customers and by staff, each answered. */
import { z } from 'zod'
import { Console, ROOMS, sees } from '../../views/console/frame.tsx'
import { NewReportPage, ReportPage, Reports } from '../../views/console/reports.tsx'
import { texts } from '../../views/texts/en.ts'
import { invalid, notFound, VouchError } from '../errors.ts'
import type { Message } from '../conversation-types.ts'
import { openIncident } from '../repair/open-incident.ts'
import type { Report } from '../store/report-types.ts'
import { readFields } from './body.ts'
import { needsOf } from './console-incident-parts.ts'
import { actorOf, asked, askedOf, frameOf, goOn, mendable, namesOf, param, saidOf, show, type StaffVisit } from './console-reply.ts'
import { MISTAKE, spanOf } from './report-fields.ts'
import type { Route } from './route.ts'

const ROLES = ROOMS.reports.roles

export const reportRoutes: Route[] = [
  { method: 'get', path: '/console/reports', access: ROLES, handle: list },
  { method: 'post', path: '/console/reports', access: ROLES, handle: make },
  { method: 'get', path: '/console/reports/new', access: ROLES, handle: fresh },
  { method: 'get', path: '/console/reports/:id', access: ROLES, handle: (visit) => showReport(visit, null) },
  { method: 'post', path: '/console/reports/:id', access: ROLES, handle: answer },
]

const MOST = 200

function list(visit: StaffVisit): void {
  const { req, res, context } = visit
  const { store } = context
  const state = askedOf(req, 'state', ['open', 'answered'] as const) ?? 'open'
  const reports = store.reports.list({ state, limit: MOST }).map((report) => {
    const text = store.conversations.message(report.message)?.text ?? ''
    return { report, marked: (report.span ? text.slice(report.span.start, report.span.end) : text).trim() }
  })
  const page = Reports({
    state,
    open: store.reports.openCount(),
    reports,
    nameOf: namesOf(context),
    said: saidOf(req),
    now: context.clock(),
  })
  show(res, Console({ frame: frameOf(visit), place: 'reports', title: 'Reports', children: page }))
}

function showReport(visit: StaffVisit, typed: { reply: string; note: string; problem: string } | null): void {
  const { req, res, context, who } = visit
  const { store } = context
  const report = reportOf(visit)
  const about = answerOf(visit, report.message)
  const question = store.conversations.messages(report.conversation).findLast((m) => m.author === 'customer' && m.seq < about.seq)
  const page = ReportPage({
    report,
    answer: about,
    question: question?.text ?? null,
    fromCustomer: report.by.startsWith('customer:'),
    nameOf: namesOf(context),
    reply: report.reply ? store.conversations.message(report.reply) : null,
    incident: store.incidents.openedFrom({ from: 'report', id: report.id })?.id ?? null,
    suggested: { confirmed: texts.notices.reportConfirmed, dismissed: texts.notices.reportDismissed },
    typed,
    seesAudit: sees(who.roles, 'audit'),
    said: saidOf(req),
    now: context.clock(),
  })
  show(res, Console({ frame: frameOf(visit), place: 'reports', title: 'A report', children: page }), typed ? 422 : 200)
}

function fresh(visit: StaffVisit): void {
  showFresh(visit, asked(visit.req, 'message') ?? '', null)
}

function showFresh(visit: StaffVisit, message: string, problem: string | null): void {
  const page = NewReportPage({ answer: answerOf(visit, message), problem })
  show(visit.res, Console({ frame: frameOf(visit), place: 'reports', title: 'Report a mistake', children: page }), problem ? 422 : 200)
}

const reportFields = z.object({
  message: z.string().min(1),
  sentence: z.string().default(''),
  kind: MISTAKE,
  text: z.string().trim().max(1000, 'The words are longer than 1,000 characters.').default(''),
})

/** The customer knows nothing of a colleague's report until it is decided. */
function make(visit: StaffVisit): void {
  const { req, res, context, who } = visit
  const { message, sentence, kind, text } = readFields(reportFields, req.body)
  try {
    const { report } = context.store.reports.add({ message, kind, span: spanOf(sentence), text }, actorOf(who), null)
    goOn(res, `/console/reports/${report.id}`, { said: 'reported' })
  } catch (error) {
    showFresh(visit, message, mendable(error))
  }
}

const answerFields = z.object({
  state: z.enum(['confirmed', 'dismissed'], 'Say whether the answer was wrong.'),
  kind: MISTAKE.default('factual'),
  reply: z.string().trim().max(2000, 'The reply is longer than 2,000 characters.').default(''),
  note: z.string().trim().max(500, 'The note is longer than 500 characters.').default(''),
})

/** What came of it: told to the customer; a mistake becomes a label and opens an incident that knows the sentence. */
async function answer(visit: StaffVisit): Promise<void> {
  const { req, res, context, who } = visit
  const { store } = context
  const { state, kind, reply, note } = readFields(answerFields, req.body)
  const report = reportOf(visit)
  try {
    if (report.by.startsWith('customer:') && reply === '') throw invalid('Write to the customer what came of it: every report is answered.')
    const mistake = state === 'confirmed' ? kind : null
    const decided = store.atomic(() => {
      label(visit, report, mistake)
      return store.reports.decide(report.id, { state, kind: mistake, reply: reply || null, note }, who.id)
    })
    if (decided.message) context.turns.publish({ type: 'message', conversation: report.conversation, message: decided.message })
  } catch (error) {
    return showReport(visit, { reply, note, problem: mendable(error) })
  }
  const told = reply !== ''
  if (state === 'dismissed') return goOn(res, '/console/reports', { said: told ? 'report-dismissed' : 'report-closed' })
  const about = answerOf(visit, report.message)
  const statement = report.span ? about.text.slice(report.span.start, report.span.end).trim() : undefined
  const incident = await openIncident(
    { from: 'report', id: report.id, message: report.message, statement, kind },
    needsOf(context),
    actorOf(who),
  )
  goOn(res, `/console/incidents/${incident.id}`, { said: told ? 'report-confirmed' : 'report-counts' })
}

/** What was found joins the labels that the confidence and the certificates are proven by. An answer that a person wrote has none. */
function label({ context, who }: StaffVisit, report: Report, mistake: z.infer<typeof MISTAKE> | null): void {
  const form = context.store.conversations.message(report.message)?.form
  if (!report.turn || !form) return
  const toneOnly = mistake === 'tone'
  try {
    context.store.labels.add(
      { turn: report.turn, form, right: mistake === null || toneOnly, toneOnly, mistake, source: 'report' },
      actorOf(who),
    )
  } catch (error) {
    // The same person has judged this answer before: their first judgement stands.
    if (!(error instanceof VouchError) || error.status >= 500) throw error
  }
}

function reportOf({ req, context }: StaffVisit): Report {
  const report = context.store.reports.get(param(req, 'id'))
  if (!report) throw notFound('report')
  return report
}

function answerOf({ context }: StaffVisit, id: string): Message {
  const message = context.store.conversations.message(id)
  if (!message) throw notFound('answer')
  return message
}
