import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryStore } from '../store/temporary-store.ts'
import type { TemporaryStore } from '../store/temporary-store.ts'
import { ensureFirstAdmin } from './first-admin.ts'
import { signIn } from './sign-in.ts'

let at: TemporaryStore
beforeEach(() => {
  at = temporaryStore()
})
afterEach(() => at.remove())

test('the first run makes an administrator with a password that is shown once', async () => {
  const made = await ensureFirstAdmin(at.store, undefined)
  const { staff } = await signIn(at.store, { name: 'admin', password: made?.password ?? '', clock: at.now })
  expect(staff.roles).toEqual(['reviewer', 'editor', 'auditor', 'admin'])
  expect(at.store.staff.list()).toMatchObject([{ oneTimePassword: true }])
  expect(await ensureFirstAdmin(at.store, undefined)).toBeNull()
})

test('a password from the settings is taken, and not shown', async () => {
  expect(await ensureFirstAdmin(at.store, 'from the settings')).toEqual({ name: 'admin', password: null })
  await signIn(at.store, { name: 'admin', password: 'from the settings', clock: at.now })
  expect(at.store.staff.list()[0]).not.toHaveProperty('oneTimePassword')
})
