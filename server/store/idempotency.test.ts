import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

let at: TemporaryStore
beforeEach(() => {
  at = temporaryStore()
})
afterEach(() => at.remove())

const begin = (request = 'request', owner = 'key_1') => at.store.idempotency.begin('key', owner, request)

test('the first call goes on, the same again waits for it and then gets what it made', () => {
  expect(begin()).toEqual({ state: 'new' })
  expect(begin()).toEqual({ state: 'running' })
  at.store.idempotency.tie('key', 'key_1', 'turn_1')
  at = at.reopen()
  expect(begin()).toEqual({ state: 'done', turn: 'turn_1' })
})

test('a key serves one request of one owner', () => {
  begin()
  expect(begin('another request')).toEqual({ state: 'different' })
  expect(begin('another request', 'key_2')).toEqual({ state: 'new' })
})

test('a call that came to nothing may be made again: at once when it said so, after a minute when its process died', () => {
  begin()
  at.store.idempotency.forget('key', 'key_1')
  expect(begin()).toEqual({ state: 'new' })
  at.pass(60_000)
  expect(begin()).toEqual({ state: 'new' })
})

test('after a day a key is free again', () => {
  begin()
  at.store.idempotency.tie('key', 'key_1', 'turn_1')
  at.pass(24 * 3_600_000 + 1)
  expect(begin('another request')).toEqual({ state: 'new' })
})
