/** The rooms that staff work in. Each route says which roles may take it. */
import type { Request, Response } from 'express'
import { Trouble } from '../../views/console/trouble.tsx'
import { alarmRoutes } from './console-alarms.ts'
import { auditRoutes } from './console-audit.ts'
import { conversationRoutes } from './console-conversations.ts'
import { importRoutes } from './console-imports.ts'
import { judgeRoutes } from './console-judge.ts'
import { judgingRoutes } from './console-judging.ts'
import { roundRoutes } from './console-rounds.ts'
import { incidentRoutes } from './console-incidents.ts'
import { knowledgeRoutes } from './console-knowledge.ts'
import { measurementRoutes } from './console-measurements.ts'
import { overviewRoutes } from './console-overview.ts'
import { sendTo, show } from './console-reply.ts'
import { reviewDecisionRoutes } from './console-review-decide.ts'
import { reviewRoutes } from './console-reviews.ts'
import { sendToSignIn, signInRoutes } from './console-sign-in.ts'
import { scopeRoutes } from './console-scope.ts'
import { staffRoutes } from './console-staff.ts'
import { proposalRoutes } from './console-proposals.ts'
import { thresholdCellRoutes } from './console-threshold-cell.ts'
import { thresholdRoutes } from './console-thresholds.ts'
import { uploadRoutes } from './console-upload.ts'
import { reportRoutes } from './console-reports.ts'
import { watchRoutes } from './console-watch.ts'
import type { Problem } from './problem.ts'
import type { Route } from './route.ts'
import { PASSWORD_DUE } from './who.ts'

export const consoleRoutes: Route[] = [
  ...signInRoutes,
  ...overviewRoutes,
  ...watchRoutes,
  ...alarmRoutes,
  ...reportRoutes,
  ...reviewRoutes,
  ...reviewDecisionRoutes,
  ...conversationRoutes,
  ...incidentRoutes,
  ...knowledgeRoutes,
  ...uploadRoutes,
  ...judgingRoutes,
  ...roundRoutes,
  ...judgeRoutes,
  ...importRoutes,
  ...thresholdRoutes,
  ...thresholdCellRoutes,
  ...scopeRoutes,
  ...measurementRoutes,
  ...proposalRoutes,
  ...auditRoutes,
  ...staffRoutes,
]

/** An error on a page of the console, in words; who is not signed in goes to the sign-in page. */
export function consoleErrorPage(firm: string, req: Request, res: Response, problem: Problem): void {
  if (problem.status === 401) return sendToSignIn(req, res)
  if (problem.type.endsWith(`:${PASSWORD_DUE}`)) return sendTo(req, res, '/console/account')
  show(res, Trouble({ firm, title: problem.title, detail: problem.detail }), problem.status)
}
