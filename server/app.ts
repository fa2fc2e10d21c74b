/** The house's front door: every route with who may take it, and what stands before and behind them all. */
import express, { type Express, type RequestHandler } from 'express'
import type { Context } from './context.ts'
import { VouchError, notFound } from './errors.ts'
import { apiRoutes } from './routes/api.ts'
import type { Ground } from './routes/api-ground.ts'
import { assetRoutes } from './routes/assets.ts'
import { securityHeaders } from './routes/headers.ts'
import { healthRoutes } from './routes/health.ts'
import { limit, type Limits } from './routes/limits.ts'
import { keepFigures } from './routes/metrics.ts'
import { problemHandler, type ErrorPage } from './routes/problem.ts'
import { requestLog } from './routes/request-log.ts'
import type { Route } from './routes/route.ts'
import { admit, type Recognition } from './routes/who.ts'

export interface Parts {
  recognise: Recognition
  ground: Ground
  errorPage: ErrorPage
  limits: Limits
}

/** All there is to reach, and for whom. */
export function routesOf(context: Context, parts: Parts): Route[] {
  return [...assetRoutes, ...healthRoutes(keepFigures(context)), ...apiRoutes(parts.ground)]
}

export function createApp(context: Context, parts: Parts): Express {
  const { config, log } = context
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', config.TRUST_PROXY)
  app.set('query parser', 'simple')
  app.use(requestLog(log), securityHeaders(config.PUBLIC_URL), limit(parts.limits.address))
  app.use(neverStored)
  app.use('/api', express.json({ limit: '2mb' }), onlyJson)
  app.use(express.urlencoded({ extended: false, limit: '256kb' }))

  const admitted = admit(context, parts.recognise, parts.limits)
  for (const route of routesOf(context, parts)) app[route.method](route.path, ...admitted(route))

  app.use((_req, _res, next) => next(notFound('page')))
  app.use(problemHandler(log, parts.errorPage))
  return app
}

/** What is said to one customer lies in nobody's cache. Routes that serve files say otherwise. */
const neverStored: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store')
  next()
}

const onlyJson: RequestHandler = (req, _res, next) => {
  // `is` gives null where there is no body at all.
  const other = req.method === 'POST' && req.is('application/json') === false
  next(other ? new VouchError(415, 'not-json', 'Send the body as JSON, with `Content-Type: application/json`.') : undefined)
}
