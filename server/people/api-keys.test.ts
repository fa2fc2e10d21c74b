import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryStore } from '../store/temporary-store.ts'
import type { TemporaryStore } from '../store/temporary-store.ts'
import { createKey, ensureFirstKey, keyFrom } from './api-keys.ts'

let at: TemporaryStore
beforeEach(() => {
  at = temporaryStore()
})
afterEach(() => at.remove())

test('a token opens its key, another one none, and the token itself is nowhere', () => {
  const key = createKey(at.store, { name: 'shop', token: 'a-long-token-of-a-shop', tier: 'gold', channel: 'api' }, 'staff:1')
  expect(keyFrom(at.store, 'a-long-token-of-a-shop')).toEqual(key)
  expect(keyFrom(at.store, 'a-long-token-of-a-shoq')).toBeNull()
  expect(at.connection.serialize().includes('a-long-token-of-a-shop')).toBe(false)
})

test('the key of the settings is made once', () => {
  ensureFirstKey(at.store, 'the-token-of-the-settings', 'standard')
  const entries = at.store.log.size()
  ensureFirstKey(at.store, 'the-token-of-the-settings', 'standard')
  expect(at.store.log.size()).toBe(entries)
  expect(keyFrom(at.store, 'the-token-of-the-settings')).toMatchObject({ tier: 'standard', channel: 'api' })
})

test('another key, another tier or none in the settings: the one from before opens nothing more', () => {
  ensureFirstKey(at.store, 'the-token-of-the-settings', 'standard')
  ensureFirstKey(at.store, 'the-token-of-the-settings', 'gold')
  expect(keyFrom(at.store, 'the-token-of-the-settings')).toMatchObject({ tier: 'gold' })
  ensureFirstKey(at.store, 'another-token-of-settings', 'gold')
  expect(keyFrom(at.store, 'the-token-of-the-settings')).toBeNull()
  createKey(at.store, { name: 'shop', token: 'a-long-token-of-a-shop', tier: 'gold', channel: 'api' }, 'staff:1')
  ensureFirstKey(at.store, undefined, 'gold')
  expect(at.store.apiKeys.list().map((k) => k.name)).toEqual(['shop'])
})
