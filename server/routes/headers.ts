/** What every response tells the browser it may do: load from here only, run nothing inline, be framed by nobody. */
import type { RequestHandler } from 'express'
import helmet from 'helmet'

export function securityHeaders(publicUrl: string | undefined): RequestHandler {
  const https = publicUrl?.startsWith('https:') ?? false
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    frameguard: { action: 'deny' },
    // With helmet's `no-referrer` browsers send `Origin: null` with our own forms, and the same-origin check has nothing to go by.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: https && { maxAge: 31_536_000, includeSubDomains: false },
    // Of no use on plain http, where the browser only complains of them.
    crossOriginOpenerPolicy: https,
    originAgentCluster: https,
  })
}
