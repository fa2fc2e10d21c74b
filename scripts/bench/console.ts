/** `npm run bench -- console`: how long each page of the console takes at the server with a long history. */
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Command } from 'commander'
import { createApp, routesOf } from '../../server/app.ts'
import { houseWithHistory, SAMPLE, sampleQuestions, STAFF } from './house.ts'
import { fillRooms } from './rooms.ts'
import { uploadFiles } from './uploads.ts'

/** ms that no page may take. */
const GOAL = 300
/** Addresses of one route that are measured: the first ones that its links name. */
const EACH = 6
const LIMITS = { address: 1e9, stranger: 1e9, person: 1e9, key: 1e9 }

export const consoleBench = new Command('console')
  .description(`Pages of the console with a long history: the slowest of each may take ${GOAL} ms.`)
  .option('--turns <n>', 'turns in the history', Number, 50_000)
  .option('--times <n>', 'how often each page is fetched', Number, 15)
  .option('--folder <folder>', 'keep the history there, and take it from there the next time')
  .option('--seed <n>', 'the same seed makes the same history', Number, 1)
  .action(run)

interface Figures {
  route: string
  address: string
  bytes: number
  ms: number[]
}

async function run({ turns, times, ...rest }: { turns: number; times: number; seed: number; folder?: string }): Promise<void> {
  const say = (line: string): void => void process.stderr.write(`${line}\n`)
  if (!(turns > 0 && times > 0)) throw new Error('--turns and --times must be above 0.')
  const house = await houseWithHistory({ turns, ...rest }, say)
  await fillRooms(house.context, rest.seed, say)
  const app = createApp(house.context, LIMITS)
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening))
  })
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const routes = routesOf(house.context)
      .filter(({ method, path }) => method === 'get' && path.startsWith('/console'))
      .map(({ path }) => path)
    const cookie = await signIn(url)
    const uploads = await uploadFiles(url, cookie, SAMPLE.documents, sampleQuestions())
    const { found, missing } = await findAddresses(url, cookie, routes, uploads)
    say(`${[...found.values()].flat().length} addresses of ${found.size} routes`)
    const peer = await measure(url, '/assets/page.js', cookie, times, 'static file')
    const figures: Figures[] = []
    for (const [route, addresses] of found) for (const address of addresses) figures.push(await measure(url, address, cookie, times, route))
    print(figures, peer, missing, turns)
    if (figures.some(({ ms }) => Math.max(...ms) > GOAL)) process.exitCode = 1
  } finally {
    server.closeAllConnections()
    server.close()
    await house.close()
  }
}

async function signIn(url: string): Promise<string> {
  const answer = await fetch(`${url}/console/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Sec-Fetch-Site': 'same-origin' },
    body: new URLSearchParams(STAFF),
  })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0]
  if (!cookie) throw new Error(`Signing in failed (${answer.status}).`)
  return cookie
}

/** Walks the console from its first page along every link, so that a new room is measured as soon as something leads to it. */
async function findAddresses(
  url: string,
  cookie: string,
  routes: string[],
  more: string[],
): Promise<{ found: Map<string, string[]>; missing: string[] }> {
  const found = new Map<string, string[]>()
  const seen = new Set<string>()
  const notPages = new Set<string>()
  const queue = [...routes.filter((route) => !route.includes(':')), ...more]
  while (queue.length > 0) {
    const address = queue.shift() as string
    const route = routeOf(address, routes)
    const known = found.get(route ?? '') ?? []
    if (!route || seen.has(address) || known.length >= EACH) continue
    seen.add(address)
    const answer = await fetch(url + address, { headers: { cookie }, redirect: 'manual', signal: AbortSignal.timeout(30_000) })
    const type = answer.headers.get('content-type') ?? ''
    if (type.startsWith('text/event-stream')) {
      await answer.body?.cancel()
      notPages.add(route)
      continue
    }
    const html = await answer.text()
    const next = answer.headers.get('location')
    if (next) {
      notPages.add(route)
      queue.push(next)
    }
    if (answer.status !== 200) continue
    found.set(route, [...known, address])
    queue.push(...linksIn(html))
  }
  return { found, missing: routes.filter((route) => !found.has(route) && !notPages.has(route)) }
}

/** `:name` stands for one step of a path; the first route that fits has it, as in the server. */
function routeOf(address: string, routes: string[]): string | undefined {
  const steps = (address.split(/[?#]/)[0] ?? '').split('/')
  return routes.find((route) => {
    const parts = route.split('/')
    return parts.length === steps.length && parts.every((part, i) => part.startsWith(':') || part === steps[i])
  })
}

const linksIn = (html: string): string[] =>
  Array.from(html.matchAll(/="(\/console[^"#]*)/g), (match) => (match[1] ?? '').replaceAll('&amp;', '&'))

async function measure(url: string, address: string, cookie: string, times: number, route: string): Promise<Figures> {
  const ms: number[] = []
  let bytes = 0
  for (let i = 0; i < times; i++) {
    const began = performance.now()
    const answer = await fetch(url + address, { headers: { cookie }, redirect: 'manual' })
    bytes = (await answer.arrayBuffer()).byteLength
    ms.push(performance.now() - began)
  }
  return { route, address, bytes, ms: ms.toSorted((a, b) => a - b) }
}

function print(figures: Figures[], peer: Figures, missing: string[], turns: number): void {
  const line = (name: string, { ms, bytes }: Figures): string =>
    `${name.slice(0, 64).padEnd(66)}${[share(ms, 0.5), share(ms, 0.95), ms.at(-1) ?? 0].map((x) => x.toFixed(1).padStart(9)).join('')}${`${(share(ms, 0.5) / share(peer.ms, 0.5)).toFixed(1)}x`.padStart(9)}${`${Math.ceil(bytes / 1024)}`.padStart(8)}`
  const out = (text: string): void => void process.stdout.write(`${text}\n`)
  out(`${turns} turns; ms at the server, over loopback, one request at a time`)
  out(`${'page'.padEnd(66)}${['p50', 'p95', 'max', 'to peer', 'KiB'].map((h, i) => h.padStart(i === 4 ? 8 : 9)).join('')}`)
  out(line('(peer) a static file of the same server', peer))
  for (const one of figures.toSorted((a, b) => share(b.ms, 0.95) - share(a.ms, 0.95))) out(line(one.address, one))
  const slow = figures.filter(({ ms }) => Math.max(...ms) > GOAL)
  out(slow.length === 0 ? `All within ${GOAL} ms.` : `Over ${GOAL} ms: ${slow.map((s) => s.address).join(', ')}`)
  if (missing.length > 0) out(`No link leads to: ${missing.join(', ')}`)
}

const share = (sorted: number[], part: number): number => sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? 0
