import { parseOptions } from '@node-rs/argon2'
import { expect, test } from 'vitest'
import { checkPassword, hashPassword, makePassword } from './passwords.ts'

test('a password is kept as argon2id and nothing else opens it', async () => {
  const kept = await hashPassword('correct horse battery')
  expect(kept).toMatch(/^\$argon2id\$v=19\$/)
  expect(parseOptions(kept)).toMatchObject({ memoryCost: 19_456, timeCost: 2, parallelism: 1 })
  expect(await checkPassword('correct horse battery', kept)).toBe(true)
  expect(await checkPassword('correct horse batterz', kept)).toBe(false)
  expect(await checkPassword('correct horse battery', null)).toBe(false)
})

test('a password that is too short or endless is refused with a reason', async () => {
  await expect(hashPassword('short')).rejects.toThrow(/at least 10/)
  await expect(hashPassword('x'.repeat(1000))).rejects.toThrow(/at most 200/)
})

test('the end of an endless password is not ignored', async () => {
  const kept = await hashPassword('x'.repeat(200))
  expect(await checkPassword('x'.repeat(201), kept)).toBe(false)
})

test('a made-up password can be read out, is another each time, and long enough to be taken', async () => {
  const made = makePassword()
  expect(made).toMatch(/^([0-9a-hjkmnp-tv-z]{5}-){3}[0-9a-hjkmnp-tv-z]{5}$/)
  expect(makePassword()).not.toBe(made)
  expect(await checkPassword(made, await hashPassword(made))).toBe(true)
})
