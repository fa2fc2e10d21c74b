import { statSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

let at: TemporaryStore
beforeEach(() => {
  at = temporaryStore()
})
afterEach(() => at.remove())

const settings = (): unknown => ['journal_mode', 'synchronous', 'foreign_keys'].map((name) => at.connection.pragma(name, { simple: true }))

test('a commit is on the disk before it returns, also after the database was opened again', () => {
  expect(settings()).toEqual(['wal', 2, 1])
  at = at.reopen()
  expect(settings()).toEqual(['wal', 2, 1])
})

test('what was recorded is there after a restart, and nothing is set up twice', () => {
  const customer = at.store.customers.create('standard', 'system')
  const entries = at.store.log.size()
  at = at.reopen()
  expect(at.store.customers.get(customer.id)).toEqual(customer)
  expect(at.store.log.size()).toBe(entries)
})

test('nobody but its owner can read the keys', () => {
  expect(statSync(at.keysDir).mode & 0o777).toBe(0o700)
  for (const file of ['master.key', 'keys.db', 'keys.db-wal']) expect(statSync(join(at.keysDir, file)).mode & 0o777).toBe(0o600)
  expect(statSync(join(at.dataDir, 'vouch.db')).mode & 0o777).toBe(0o600)
})

test('a lost master key is named, not replaced', () => {
  rmSync(join(at.keysDir, 'master.key'))
  expect(() => at.reopen()).toThrow(/master\.key is missing.*Restore/)
})

test('a record does not open with the keys of another', () => {
  rmSync(at.keysDir, { recursive: true })
  expect(() => at.reopen()).toThrow(/keys of another record/)
})

test('a record of a newer version is left alone', () => {
  at.connection.pragma('user_version = 999')
  expect(() => at.reopen()).toThrow(/newer version of Vouch/)
})
