import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Express } from 'express'
import request from 'supertest'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fakeEmbedder, fakeLanguageModel, fakeRelevanceModel } from '../models/fakes.ts'
import { createApp, routesOf } from './app.ts'
import { readConfig } from './config.ts'
import { createContext, type Context } from './context.ts'
import { sessionCookie, startSession } from './people/sessions.ts'
import { LIMITS } from './routes/limits.ts'
import type { Route } from './routes/route.ts'
import { ROLES, type Role } from './types.ts'

let folder: string
let context: Context
let app: Express
let routes: Route[]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vouch-app-'))
  const config = readConfig({ DATA_DIR: join(folder, 'data'), KEYS_DIR: join(folder, 'keys'), LOG_LEVEL: 'silent' })
  context = await createContext(config, {
    embedder: fakeEmbedder(),
    relevance: fakeRelevanceModel(),
    entailment: null,
    model: fakeLanguageModel(),
  })
  app = createApp(context, { ...LIMITS, stranger: 10_000 })
  routes = routesOf(context)
})

afterAll(async () => {
  await context.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A signed-in member of staff's cookie. */
function session(roles: Role[]): string {
  const staff = context.store.staff.create({ name: `${roles.join('-')}-${Math.random()}`, passwordHash: 'x', roles }, 'system')
  return sessionCookie(startSession(context.store, staff.id), context.config).split(';')[0]!
}

const fill = (path: string): string => path.replaceAll(/:\w+/g, 'none')
const send = ({ method, path }: Route) => request(app)[method](fill(path)).set('Accept', 'text/html')
const forStaff = (route: Route): route is Extract<Route, { access: readonly Role[] }> => Array.isArray(route.access)

test('every route that express knows is declared, with who may take it', () => {
  const mounted = app.router.stack.flatMap(({ route }) =>
    route ? Object.keys((route as unknown as { methods: Record<string, boolean> }).methods).map((method) => `${method} ${route.path}`) : [],
  )
  expect(mounted.toSorted()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).toSorted())
  expect(routes.filter(({ access }) => access === undefined || access.length === 0)).toEqual([])
  expect(new Set(mounted).size).toBe(mounted.length)
})

test('no route of the console but signing in and out is open to strangers', async () => {
  const console = routes.filter(({ path }) => path.startsWith('/console'))
  expect(console.filter((route) => !forStaff(route)).map(({ path }) => path)).toEqual([
    '/console/sign-in',
    '/console/sign-in',
    '/console/sign-out',
  ])
  for (const route of console.filter(forStaff)) {
    const { status, headers } = await send(route)
    expect({ path: route.path, status }).toEqual({ path: route.path, status: 303 })
    expect(headers['location']).toMatch(/^\/console\/sign-in\?/)
  }
})

test('staff without the role of a route are refused', async () => {
  for (const role of ROLES) {
    const cookie = session([role])
    for (const route of routes.filter(forStaff).filter(({ access }) => !access.includes(role)))
      expect({ role, path: route.path, status: (await send(route).set('Cookie', cookie)).status }).toMatchObject({ status: 403 })
  }
})

test('programs without a key are refused, whatever cookie they bring', async () => {
  const cookie = session([...ROLES])
  for (const route of routes.filter(({ access }) => access === 'key'))
    expect({ path: route.path, status: (await send(route).set('Cookie', cookie)).status }).toMatchObject({ status: 401 })
})

test('whatever changes something is refused when another site’s page sent it', async () => {
  const cookie = session([...ROLES])
  for (const route of routes.filter(({ method, access }) => method === 'post' && access !== 'key')) {
    const forged = send(route).set('Cookie', cookie).set('Origin', 'https://evil.example').type('form').send({})
    expect({ path: route.path, status: (await forged).status }).toMatchObject({ status: 403 })
  }
})

test('every answer forbids what a page does not need, and no cache keeps what is said to somebody', async () => {
  for (const path of ['/', '/console/sign-in', '/nowhere', '/healthz']) {
    const { headers } = await request(app).get(path).set('Accept', 'text/html')
    expect(headers['content-security-policy']).toContain("default-src 'self'")
    expect(headers['content-security-policy']).not.toContain('unsafe-inline')
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['cache-control']).toBe('no-store')
    expect(headers['x-powered-by']).toBeUndefined()
  }
})

test('pages hold nothing inline that the policy would forbid', async () => {
  const cookie = session([...ROLES])
  for (const route of routes.filter(({ method, path }) => method === 'get' && !path.includes(':') && !/events|live/.test(path))) {
    const { text, type } = await send(route).set('Cookie', cookie)
    if (type !== 'text/html') continue
    expect({ path: route.path, inline: text.match(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/g) }).toMatchObject({ inline: null })
  }
})

test('a file may be kept for ever under the address with its hash, and is asked about under any other', async () => {
  const page = await request(app).get('/').set('Accept', 'text/html')
  const pinned = /\/assets\/base\.css\?v=\w+/.exec(page.text)![0]
  expect((await request(app).get(pinned)).headers['cache-control']).toContain('immutable')
  const bare = await request(app).get('/assets/base.css')
  expect(bare.headers['cache-control']).toBe('no-cache')
  expect((await request(app).get('/assets/base.css').set('If-None-Match', bare.headers['etag']!)).status).toBe(304)
  expect((await request(app).get('/assets/..%2f..%2fpackage.json')).status).toBe(404)
})

test('what is nowhere is told as a page to people and as a problem to programs', async () => {
  const person = await request(app).get('/nowhere').set('Accept', 'text/html')
  expect({ status: person.status, type: person.type }).toEqual({ status: 404, type: 'text/html' })
  const program = await request(app).get('/api/v1/nowhere').set('Accept', '*/*')
  expect({ status: program.status, type: program.type }).toEqual({ status: 404, type: 'application/problem+json' })
})

test('who asks too often is told when to come back', async () => {
  const strict = createApp(context, { ...LIMITS, stranger: 2 })
  const attempt = () => request(strict).post('/console/sign-in').type('form').send({ name: 'nobody', password: 'nothing at all' })
  expect((await attempt()).status).toBe(401)
  expect((await attempt()).status).toBe(401)
  const { status, headers } = await attempt()
  expect(status).toBe(429)
  expect(Number(headers['retry-after'])).toBeGreaterThan(0)
})
