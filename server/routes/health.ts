/** For whatever watches over the process: is it alive, can it answer, what are its figures. */
import type { Context } from '../context.ts'
import type { Figures } from './metrics.ts'
import type { Route } from './route.ts'

export function healthRoutes(figures: Figures): Route[] {
  return [
    { method: 'get', path: '/healthz', access: 'anyone', handle: ({ res }) => res.json({ status: 'alive' }) },
    {
      method: 'get',
      path: '/readyz',
      access: 'anyone',
      handle: ({ res, context }) => {
        const checks = readiness(context)
        const ready = Object.values(checks).every((check) => check === 'ok')
        if (!ready) res.set('Retry-After', '5')
        res.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready', checks })
      },
    },
    {
      method: 'get',
      path: '/metrics',
      access: 'anyone',
      handle: async ({ res }) => {
        res.type(figures.contentType).send(await figures.text())
      },
    },
  ]
}

/** `ok`, or in words what is amiss. */
function readiness({ model, store }: Context): Record<'model' | 'record' | 'knowledge', string> {
  const { state } = model.status()
  return {
    model: state === 'ready' ? 'ok' : `the answering model is ${state}`,
    record: recordState(store),
    knowledge: store.knowledge.articles().some((article) => article.state === 'in-force') ? 'ok' : 'no article is in force',
  }
}

/** While the record is latched, each look tries whether it can be written again. */
function recordState(store: Context['store']): string {
  if (store.latched() === null) return 'ok'
  try {
    store.probe()
    return 'ok'
  } catch {
    return 'the record cannot be written'
  }
}
