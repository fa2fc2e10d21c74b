import type { Request, Response } from 'express'
import { z } from 'zod'
import { SignIn, type SignInProps } from '../../views/console/sign-in.tsx'
import { VouchError } from '../errors.ts'
import { sessionCookie, signOut } from '../people/sessions.ts'
import { signIn } from '../people/sign-in.ts'
import { readFields } from './body.ts'
import { asked, askedOf, goOn, sendTo, show } from './console-reply.ts'
import type { Route, Visit } from './route.ts'

export const signInRoutes: Route[] = [
  { method: 'get', path: '/console/sign-in', access: 'anyone', handle: ask },
  { method: 'post', path: '/console/sign-in', access: 'anyone', handle: enter },
  { method: 'post', path: '/console/sign-out', access: 'anyone', handle: leave },
]

function ask(visit: Visit<null>): void {
  const why = askedOf(visit.req, 'why', ['idle', 'out', 'needed'] as const)
  showSignIn(visit, { why, next: ours(asked(visit.req, 'next')) })
}

function showSignIn({ res, context }: Visit<null>, given: Partial<SignInProps>, status = 200): void {
  const page = SignIn({
    firm: context.config.FIRM_NAME,
    idleMinutes: context.config.SESSION_IDLE_MINUTES,
    next: '/console',
    name: '',
    why: null,
    detail: null,
    ...given,
  })
  show(res, page, status)
}

const fields = z.object({ name: z.string().trim().min(1).max(100), password: z.string().min(1).max(1000), next: z.string().optional() })

async function enter(visit: Visit<null>): Promise<void> {
  const { req, res, context } = visit
  const { name, password, next } = readFields(fields, req.body)
  const target = ours(next ?? null)
  try {
    const { token } = await signIn(context.store, { name, password, clock: context.clock })
    res.append('Set-Cookie', sessionCookie(token, context.config))
    goOn(res, target)
  } catch (error) {
    if (!(error instanceof VouchError) || ![401, 429].includes(error.status)) throw error
    showSignIn(visit, { name, next: target, why: error.status === 429 ? 'locked' : 'failed', detail: error.message }, error.status)
  }
}

function leave({ req, res, context }: Visit<null>): void {
  res.append('Set-Cookie', signOut(context.store, req.headers.cookie, context.config).setCookie)
  goOn(res, '/console/sign-in', { why: 'out' })
}

/** Somebody who is not signed in, or no longer, is led to the sign-in page and back. A swap of htmx has to load that page whole. */
export function sendToSignIn(req: Request, res: Response): void {
  const had = /vouch_session=[^;]/.test(req.headers.cookie ?? '')
  const why = had ? 'idle' : 'needed'
  const here = req.method === 'GET' && !req.path.endsWith('/live') ? req.originalUrl : pageBehind(req)
  const address = `/console/sign-in?${new URLSearchParams({ why, next: ours(here) })}`
  sendTo(req, res, address)
}

/** The page whose form or stream it is: there, what was typed stands again after signing in (unsent.js). */
function pageBehind(req: Request): string | null {
  const from = req.get('referer') ?? ''
  if (!URL.canParse(from)) return null
  const { pathname, search } = new URL(from)
  return pathname + search
}

/** A path within the console; anything else would let a link lead staff elsewhere after signing in. */
function ours(path: string | null): string {
  return path !== null && /^\/console(?:[/?][\w\-./?=&%+*~:,]*)?$/.test(path) && !path.startsWith('/console/sign-') ? path : '/console'
}
