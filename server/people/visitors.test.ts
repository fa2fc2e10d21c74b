import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryStore } from '../store/temporary-store.ts'
import type { TemporaryStore } from '../store/temporary-store.ts'
import { createVisitors } from './visitors.ts'

let at: TemporaryStore
beforeEach(() => {
  at = temporaryStore()
})
afterEach(() => at.remove())

const visitors = () => createVisitors(at.store, { PUBLIC_URL: undefined })
const cookieIn = (setCookie: string): string => setCookie.split(';')[0] ?? ''

test('who comes back is known again, also after a restart', () => {
  const { customer, setCookie } = visitors().welcome()
  expect(customer.tier).toBe('standard')
  expect(setCookie).toMatch(/; Max-Age=15552000; Path=\/; HttpOnly; SameSite=Lax$/)
  at = at.reopen()
  expect(visitors().visitorFrom(cookieIn(setCookie))).toEqual(customer)
})

test('nobody becomes somebody else by writing another name into the cookie', () => {
  const mine = cookieIn(visitors().welcome().setCookie)
  const other = visitors().welcome().customer
  const signature = mine.split('.')[1]
  expect(visitors().visitorFrom(`vouch_visitor=${other.id}.${signature}`)).toBeNull()
  expect(visitors().visitorFrom(`vouch_visitor=${other.id}`)).toBeNull()
  expect(visitors().visitorFrom(`vouch_visitor=${other.id}.`)).toBeNull()
  expect(visitors().visitorFrom(undefined)).toBeNull()
})

test('a cookie of another house means nothing here', () => {
  const elsewhere = temporaryStore()
  const { setCookie } = createVisitors(elsewhere.store, { PUBLIC_URL: undefined }).welcome()
  elsewhere.remove()
  expect(visitors().visitorFrom(cookieIn(setCookie))).toBeNull()
})
