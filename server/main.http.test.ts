import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vouch-main-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Runs the program until it ends by itself. */
function run(settings: Record<string, string>): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    const env = { PATH: process.env['PATH'], DATA_DIR: join(folder, 'data'), KEYS_DIR: join(folder, 'keys'), ...settings }
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    child.stdout.on('data', (bytes) => (said += bytes))
    child.stderr.on('data', (bytes) => (said += bytes))
    child.once('close', (code) => resolve({ code, said }))
  })
}

test('wrong settings end the start, and every problem is named', async () => {
  const { code, said } = await run({ PORT: 'eighty', ADMIN_PASSWORD: 'short', SAMPLE_KB: 'perhaps' })
  expect(code).toBe(1)
  for (const name of ['PORT', 'ADMIN_PASSWORD', 'SAMPLE_KB']) expect(said).toContain(name)
  expect(said).not.toContain('    at ')
})

test('a port that is taken is told so, before any data is touched', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  const { port } = other.address() as AddressInfo
  const { code, said } = await run({ PORT: String(port) })
  other.close()
  expect(code).toBe(1)
  expect(said).toContain(`Port ${port} on 127.0.0.1 is taken.`)
  expect(readdirSync(folder)).toEqual([])
})

test('a file where a folder should be is told so', async () => {
  const file = join(folder, 'file')
  writeFileSync(file, '')
  const { code, said } = await run({ PORT: '0', DATA_DIR: file })
  expect(code).toBe(1)
  expect(said).toContain(`${file} should be a folder`)
  expect(said).not.toContain('    at ')
})

test('weights that are missing end the start with what to do', async () => {
  const { code, said } = await run({ PORT: '0', MODELS_DIR: join(folder, 'nothing') })
  expect(code).toBe(1)
  expect(said).toContain('npm run models')
  expect(said).not.toContain('    at ')
})
