import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'

let folder: string
const running: ChildProcess[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vouch-main-'))
})
afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** Starts it on real models and reads the two lines that it prints. */
async function start(settings: Record<string, string> = {}): Promise<{ child: ChildProcess; url: string; lines: string[] }> {
  const env = {
    PATH: process.env['PATH'],
    PORT: '0',
    DATA_DIR: join(folder, 'data'),
    KEYS_DIR: join(folder, 'keys'),
    CACHE_DIR: join(folder, 'cache'),
    ANSWER_MODEL: 'smollm2-135m-instruct-q4_1',
    SAMPLE_KB: 'no',
    LOG_LEVEL: 'silent',
    ...settings,
  }
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  running.push(child)
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout })) if (lines.push(line) === 2) break
  return { child, lines, url: /http\S+?(?=\/$)/.exec(lines[0] ?? '')?.[0] ?? '' }
}

/** Processes that the given one started, and those that they started. */
function offspring(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
  return children.flatMap((child) => [child, ...offspring(child)])
}

const runs = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('it says where the portal is and how to sign in; a password that was made up is shown once', async () => {
  const first = await start()
  expect(first.lines[0]).toMatch(/^Portal {3}http:\/\/127\.0\.0\.1:\d+\/$/)
  expect(first.lines[1]).toMatch(/^Console .*\/console: sign in as admin with \S{10,} \(shown this once; you choose your own then\)$/)
  expect((await fetch(`${first.url}/healthz`)).status).toBe(200)
  first.child.kill('SIGTERM')
  expect(await once(first.child, 'exit')).toEqual([0, null])

  const second = await start()
  expect(second.lines[1]).toContain('the password that was set')
  second.child.kill('SIGTERM')
  await once(second.child, 'exit')
})

test.runIf(process.platform === 'linux')('Ctrl-C ends everything that it started, in order', async () => {
  const { child, url } = await start()
  const started = offspring(child.pid!)
  expect(started.length).toBeGreaterThan(0)
  // A page that watches its conversation must not hold it up.
  const body = new URLSearchParams({ text: 'What does a card cost?' })
  const asked = await fetch(`${url}/messages`, { method: 'POST', body, redirect: 'manual' })
  const cookie = asked.headers.getSetCookie()[0]!.split(';')[0]!
  const [conversation] = /conv_\w+/.exec(await (await fetch(url, { headers: { cookie } })).text())!
  const watching = await fetch(`${url}/events?conversation=${conversation}`, { headers: { cookie } })
  expect(watching.headers.get('content-type')).toContain('text/event-stream')
  child.kill('SIGINT')
  expect(await once(child, 'exit')).toEqual([0, null])
  await expect.poll(() => started.filter(runs)).toEqual([])
})
