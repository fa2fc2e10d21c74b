/**
 * Refuses requests that change something and that another site's page made a browser send (CSRF). `Sec-Fetch-Site` tells;
 * browsers leave it out on plain http, there `Origin` is compared. A request with neither does not come from a browser.
 * The method of Go's `http.CrossOriginProtection`; the cookies are SameSite besides.
 */
import type { Request, RequestHandler } from 'express'
import { forbidden } from '../errors.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

export function sameOrigin(publicUrl: string | undefined): RequestHandler {
  const known = publicUrl === undefined ? null : new URL(publicUrl).host
  return (req, _res, next) => {
    if (SAFE.has(req.method) || isOwn(req, known)) return next()
    next(forbidden('This request came from another site, so it was not carried out. Please use the page itself.'))
  }
}

function isOwn(req: Request, known: string | null): boolean {
  const site = req.get('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const origin = req.get('origin')
  if (origin === undefined) return true
  const host = hostOf(origin)
  return host !== null && (host === req.host || host === known)
}

/** Null for `null`, which browsers send for sandboxed pages and the like. */
function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null
}
