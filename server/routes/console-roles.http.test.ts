/** What a page offers, whoever reads it may do: links and forms of the rooms, walked as each role. */
import { expect, test } from 'vitest'
import { ROLES, type Role } from '../types.ts'
import { consoleRoutes } from './console.ts'
import { incidentDesk } from './incidents.fixture.ts'

const desk = incidentDesk()

/** Pages that are walked of one route. */
const EACH = 3

test.each(ROLES)('to a %s nothing is offered that is refused', async (role) => {
  desk.house.sendFrom(0)
  const { store } = desk.house.context
  const told = await desk.asked()
  const customer = store.conversations.get(told.conversation)!.customer
  store.reports.add({ message: told.id, kind: 'factual', span: null, text: 'It is £14.' }, `customer:${customer}`, null)
  const about = { metric: 'held', topic: 'fees', channel: null, tier: null, article: null }
  store.alarms.raise({ ...about, at: told.at, since: told.at, before: 0.1, after: 0.3, examples: [told.turn!], also: [] })
  desk.house.sendFrom(2)
  await desk.asked()
  const admin = await desk.staff('ada', ['admin'])
  await desk.looked(await desk.opened(admin, { from: 'answer', id: told.turn! }))

  const reader = await desk.staff('sam', [role])
  const offered = await walk((address) => reader.get(address), role)
  expect(offered.pages).toBeGreaterThan(10)
  expect(offered.refused).toEqual([])
})

async function walk(get: (address: string) => Promise<{ status: number; text: string; headers: Record<string, string> }>, role: Role) {
  const queue = ['/console/overview']
  const seen = new Set<string>()
  const walked = new Map<string, number>()
  const refused: string[] = []
  let pages = 0
  for (let address = queue.shift(); address; address = queue.shift()) {
    const route = routeOf('get', address)
    const times = walked.get(route?.path ?? '') ?? 0
    if (seen.has(address) || times >= EACH || /\/(live|stream)\b/.test(address.replace('/console/live', ''))) continue
    seen.add(address)
    walked.set(route?.path ?? '', times + 1)
    const page = await get(address)
    pages++
    if (page.status === 403 || page.status === 404) refused.push(`${address} ${page.status}`)
    if (page.headers['location']) queue.push(page.headers['location'])
    for (const action of found(page.text, /<form[^>]*method="post"[^>]*action="([^"]+)"/g)) {
      const access = routeOf('post', action)?.access
      if (!Array.isArray(access) ? access !== 'anyone' : !access.includes(role)) refused.push(`${action} on ${address}`)
    }
    queue.push(...found(page.text, /href="(\/console[^"#]*)/g))
  }
  return { pages, refused }
}

const found = (html: string, pattern: RegExp): string[] => Array.from(html.matchAll(pattern), (m) => (m[1] ?? '').replaceAll('&amp;', '&'))

function routeOf(method: string, address: string) {
  const steps = (address.split(/[?#]/)[0] ?? '').split('/')
  return consoleRoutes.find((r) => {
    const parts = r.path.split('/')
    return r.method === method && parts.length === steps.length && parts.every((part, i) => part.startsWith(':') || part === steps[i])
  })
}
