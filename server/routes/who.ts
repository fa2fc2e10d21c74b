/** Who is behind a request, and whether the route is for them. Nothing of a route runs before that is known. */
import type { Request, RequestHandler, Response } from 'express'
import type { Context } from '../context.ts'
import type { ApiKey } from '../store/program-types.ts'
import type { Customer, StaffMember } from '../types.ts'
import { forbidden, unauthorized, VouchError } from '../errors.ts'
import type { Recognise } from '../people/recognise.ts'
import { STRANGER } from '../people/visitors.ts'
import { jsonBody } from './body.ts'
import { address, limit, type Limits } from './limits.ts'
import type { Access, Route } from './route.ts'
import { sameOrigin } from './same-origin.ts'

/** The route as express runs it: same origin, who, how often, then the handler. */
export function admit(context: Context, recognise: Recognise, limits: Limits): (route: Route) => RequestHandler[] {
  const own = sameOrigin(context.config.PUBLIC_URL)
  const perStranger = limit(limits.stranger)
  const perPerson = limit(limits.person, (req) => req.res?.locals['who'] ?? address(req))
  const perKey = limit(limits.key, (req) => req.res?.locals['who'] ?? address(req))

  return (route) => {
    const changes = route.method !== 'get'
    switch (route.access) {
      case 'anyone':
        return [...(changes ? [own, perStranger] : []), (req, res) => route.handle({ req, res, context, who: null })]
      case 'customer':
        return [
          ...(changes ? [own] : []),
          // Whoever only looks leaves no trace in the record: anybody could fill it by calling.
          know((req, res) => (changes ? recognise.customer(req, res) : (recognise.visitor(req) ?? STRANGER)), 'customer'),
          ...(changes ? [perPerson] : []),
          (req, res) => route.handle({ req, res, context, who: known<Customer>(res) }),
        ]
      case 'key':
        return [
          know((req) => keyOf(req, recognise), 'key'),
          perKey,
          ...(changes ? jsonBody : []),
          (req, res) => route.handle({ req, res, context, who: known<ApiKey>(res) }),
        ]
      default: {
        const roles = route.access
        return [
          ...(changes ? [own] : []),
          know((req) => staffOf(req, recognise, roles, route.beforeOwnPassword ?? false), 'staff'),
          ...(changes ? [perPerson] : []),
          (req, res) => route.handle({ req, res, context, who: known<StaffMember>(res) }),
        ]
      }
    }
  }
}

/** The customer whom an earlier step has recognised; null: none. */
export const customerOf = (res: Response): Customer | null =>
  String(res.locals['who']).startsWith('customer:') ? known<Customer>(res) : null

function know(find: (req: Request, res: Response) => { id: string }, kind: string): RequestHandler {
  return (req, res, next) => {
    const person = find(req, res)
    res.locals['person'] = person
    res.locals['who'] = `${kind}:${person.id}`
    next()
  }
}

function known<Who>(res: Response): Who {
  return res.locals['person'] as Who
}

function keyOf(req: Request, recognise: Recognise): ApiKey {
  const token = /^Bearer +(\S+)$/i.exec(req.get('authorization') ?? '')?.[1]
  if (token === undefined) throw unauthorized('Send your API key as `Authorization: Bearer KEY`.')
  const key = recognise.key(token)
  if (key === null) throw unauthorized('This API key is not known here.')
  return key
}

function staffOf(req: Request, recognise: Recognise, roles: Exclude<Access, string>, beforeOwnPassword: boolean): StaffMember {
  const member = recognise.staff(req)
  if (member === null) throw unauthorized('Please sign in.')
  if (!member.roles.some((role) => roles.includes(role))) throw forbidden(`This page is for the role ${roles.join(' or ')}.`)
  if (member.oneTimePassword && !beforeOwnPassword) throw new VouchError(403, PASSWORD_DUE, 'Choose a password of your own first.')
  return member
}

/** Type of the error that leads to the page where they choose it. */
export const PASSWORD_DUE = 'password-due'
