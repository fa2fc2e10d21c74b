/** Every error ends here: as a problem document for programs (RFC 9457), as a page for people. */
import type { NextFunction, Request, Response } from 'express'
import type { Logger } from '../log.ts'
import { VouchError } from '../errors.ts'
import { FieldsError, type FieldProblem } from './body.ts'

export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  errors?: FieldProblem[]
}

/** Shows an error to a person. */
export type ErrorPage = (req: Request, res: Response, problem: Problem) => void

export function problemHandler(log: Logger, page: ErrorPage) {
  return (error: unknown, req: Request, res: Response, next: NextFunction): void => {
    const known = knownError(error)
    if (known.status >= 500)
      log.error({ type: known.type, path: req.route?.path, err: known.type === 'internal' ? error : undefined }, 'request failed')
    if (res.headersSent) return next(error)
    if (known.retryAfterS !== null) res.set('Retry-After', String(known.retryAfterS))
    if (known.status === 401 && isProgram(req)) res.set('WWW-Authenticate', 'Bearer')
    const problem = problemOf(known)
    if (isProgram(req)) sendProblem(res, problem)
    else page(req, res, problem)
  }
}

export function sendProblem(res: Response, problem: Problem): void {
  res.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}

export function problemOf(error: VouchError): Problem {
  const fields = error instanceof FieldsError ? { errors: error.fields } : {}
  return {
    type: `urn:vouch:problem:${error.type}`,
    title: TITLES[error.status] ?? 'That did not work',
    status: error.status,
    detail: error.message,
    ...fields,
  }
}

/** Whatever was thrown, as an error that says no more than a stranger may know. */
export function knownError(error: unknown): VouchError {
  if (error instanceof VouchError) return error
  const { type, status } = (error ?? {}) as { type?: unknown; status?: unknown }
  // What express and its body parsers throw carries `status`, and the parsers' a `type`.
  if (type === 'entity.parse.failed') return new VouchError(400, 'malformed', 'The body is not valid JSON.')
  if (type === 'entity.too.large') return new VouchError(413, 'too-large', 'The request is too large.')
  if (typeof status === 'number' && status >= 400 && status < 500) return new VouchError(status, 'invalid', 'The request cannot be read.')
  return new VouchError(500, 'internal', 'Something went wrong on our side. It has been noted; please try again.')
}

function isProgram(req: Request): boolean {
  return req.path.startsWith('/api/') || MACHINE_PATHS.has(req.path) || !req.accepts('html')
}

const MACHINE_PATHS = new Set(['/healthz', '/readyz', '/metrics', '/openapi.json'])

const TITLES: Record<number, string> = {
  400: 'The request cannot be read',
  401: 'Sign-in needed',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Not possible here',
  409: 'Something else came first',
  413: 'Too large',
  415: 'This kind of content is not understood',
  422: 'Some fields need another look',
  429: 'Too many requests',
  500: 'Something went wrong',
  503: 'Not available at the moment',
}
