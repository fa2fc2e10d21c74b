import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { whileAlone } from './writer-lock.ts'

function lockFile(): string {
  const dir = mkdtempSync(join(tmpdir(), 'vouch-lock-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  return join(dir, 'index.lock')
}

test('another process that is alive is waited for, and named when it takes too long', async () => {
  const file = lockFile()
  writeFileSync(file, String(process.ppid))
  await expect(whileAlone(file, () => Promise.resolve(1), 150)).rejects.toThrow('Another process writes the search index')
  setTimeout(() => rmSync(file), 50)
  expect(await whileAlone(file, () => Promise.resolve(1), 5_000)).toBe(1)
})

test('the lock of a process that is gone is taken over, and ours is given back even when the work fails', async () => {
  const file = lockFile()
  writeFileSync(file, '999999999')
  await expect(whileAlone(file, () => Promise.reject(new Error('no disk')), 5_000)).rejects.toThrow('no disk')
  expect(existsSync(file)).toBe(false)
})
