import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vouch-scope-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function scope(...args: string[]): { code: number | null; said: string; out: string } {
  const env = { PATH: process.env['PATH'], DATA_DIR: join(folder, 'data'), KEYS_DIR: join(folder, 'keys') }
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/scope.ts', ...args], {
    env,
    encoding: 'utf8',
  })
  return { code: status, said: stderr, out: stdout }
}

test('what is set is what is shown; a file with faults changes nothing, and each fault is named', () => {
  const sample = JSON.parse(readFileSync('kb/sample/scope.json', 'utf8')) as object
  expect(scope('set', 'kb/sample/scope.json').out).toContain('18 topics, 6 urgent cases')
  const wrong = join(folder, 'wrong.json')
  writeFileSync(wrong, JSON.stringify({ ...sample, amountAbove: { currency: 'pounds', value: 1 }, contact: 7 }))
  const { code, said } = scope('set', wrong)
  expect(code).toBe(1)
  expect(said).toMatch(/amountAbove\.currency: .*\n.*contact: /)
  expect(JSON.parse(scope('show').out)).toEqual(sample)
})
