/** One line a request: how it went and how long it took. The route's pattern stands for the address, which could hold words of a customer. */
import type { RequestHandler } from 'express'
import type { Logger } from '../log.ts'

export function requestLog(log: Logger): RequestHandler {
  return (req, res, next) => {
    const began = performance.now()
    res.once('close', () => {
      const path = (req.route?.path as string | undefined) ?? null
      const ms = Math.round(performance.now() - began)
      const line = { method: req.method, path, status: res.statusCode, ms, finished: res.writableFinished }
      // Files and health checks come by the thousand.
      if (path === null || path === '/healthz' || path === '/readyz' || path === '/metrics') log.debug(line, 'request')
      else log.info(line, 'request')
    })
    next()
  }
}
