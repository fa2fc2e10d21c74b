/** The house's front door: every route with who may take it, and what stands before and behind them all. */
import express, { type Express, type RequestHandler } from 'express'
import { groundPair } from './checks/ground-pair.ts'
import type { Context } from './context.ts'
import { notFound } from './errors.ts'
import { createRecognise } from './people/recognise.ts'
import { apiRoutes } from './routes/api.ts'
import { assetRoutes } from './routes/assets.ts'
import { consoleErrorPage, consoleRoutes } from './routes/console.ts'
import { securityHeaders } from './routes/headers.ts'
import { healthRoutes } from './routes/health.ts'
import { LIMITS, limit, type Limits } from './routes/limits.ts'
import { keepFigures } from './routes/metrics.ts'
import { portalErrorPage } from './routes/portal-pages.tsx'
import { portalRoutes } from './routes/portal.ts'
import { problemHandler, type ErrorPage } from './routes/problem.ts'
import { requestLog } from './routes/request-log.ts'
import type { Route } from './routes/route.ts'
import { admit } from './routes/who.ts'

/** All there is to reach, and for whom. */
export function routesOf(context: Context): Route[] {
  return [
    ...portalRoutes,
    ...consoleRoutes,
    ...apiRoutes((pair) => groundPair(context.ports, pair)),
    ...healthRoutes(keepFigures(context)),
    ...assetRoutes,
  ]
}

export function createApp(context: Context, limits: Limits = LIMITS): Express {
  const { config, log, store } = context
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', config.TRUST_PROXY)
  app.set('query parser', 'simple')
  app.use(requestLog(log), securityHeaders(config.PUBLIC_URL), limit(limits.address), neverStored)
  app.use(express.urlencoded({ extended: false, limit: '256kb' }))

  const admitted = admit(context, createRecognise(store, config), limits)
  for (const route of routesOf(context)) app[route.method](route.path, ...admitted(route))

  app.use((_req, _res, next) => next(notFound('page')))
  app.use(problemHandler(log, errorPage(context)))
  return app
}

/** What is said to one customer lies in nobody's cache. Routes that serve files say otherwise. */
const neverStored: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store')
  next()
}

function errorPage(context: Context): ErrorPage {
  const portal = portalErrorPage(context)
  return (req, res, problem) =>
    /^\/console(\/|$)/.test(req.path) ? consoleErrorPage(context.config.FIRM_NAME, req, res, problem) : portal(req, res, problem)
}
