/** How often somebody may call in a minute. Counted by address before we know who it is, then by customer, key or staff member. */
import type { Request, RequestHandler } from 'express'
import { ipKeyGenerator, rateLimit } from 'express-rate-limit'
import { VouchError } from '../errors.ts'

export interface Limits {
  /** All requests of one address: a whole firm may sit behind one. */
  address: number
  /** Requests that change something, of somebody whom we don't know (sign-in). */
  stranger: number
  /** Questions and the like of one customer or staff member. */
  person: number
  /** Calls with one key. */
  key: number
}

export const LIMITS: Limits = { address: 3000, stranger: 60, person: 120, key: 1200 }

export function limit(perMinute: number, whoIs: (req: Request) => string = address): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: false,
    legacyHeaders: false,
    keyGenerator: whoIs,
    handler: (req, _res, next) => {
      const reset = (req as Request & { rateLimit?: { resetTime?: Date } }).rateLimit?.resetTime
      const seconds = reset ? Math.max(1, Math.ceil((reset.getTime() - Date.now()) / 1000)) : 60
      next(new VouchError(429, 'too-many-requests', `That was too many requests in a minute. Please wait ${seconds} s.`, seconds))
    },
  })
}

/** An IPv6 visitor has a whole /56 to come from. */
export function address(req: Request): string {
  return ipKeyGenerator(req.ip ?? 'unknown')
}
