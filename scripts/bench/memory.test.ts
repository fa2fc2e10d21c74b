import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { memoryOfAll } from './memory.ts'

test('this process is among them, and one that it started, while it runs', async () => {
  expect(memoryOfAll().find((p) => p.pid === process.pid)?.rss).toBeGreaterThan(1e6)
  const child = spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => {}, 1000)'], { stdio: ['ignore', 'pipe', 'ignore'] })
  await once(child.stdout, 'data')
  if (process.platform === 'linux') expect(memoryOfAll().map((p) => p.pid)).toContain(child.pid)
  child.kill()
  await once(child, 'exit')
  expect(memoryOfAll().map((p) => p.pid)).not.toContain(child.pid)
})
