import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryStore } from '../store/temporary-store.ts'
import type { TemporaryStore } from '../store/temporary-store.ts'
import { hashPassword } from './passwords.ts'
import { staffFrom, sessionCookie, signOut } from './sessions.ts'
import { signIn } from './sign-in.ts'

const PASSWORD = 'correct horse battery'
const MINUTE = 60_000
let at: TemporaryStore
let id: string

beforeEach(async () => {
  at = temporaryStore()
  id = at.store.staff.create({ name: 'Ada', passwordHash: await hashPassword(PASSWORD), roles: ['reviewer'] }, 'system').id
})
afterEach(() => at.remove())

const enter = (name: string, password: string) => signIn(at.store, { name, password, clock: at.now })
const outcome = (name: string, password: string): Promise<string> =>
  enter(name, password).then(
    () => 'in',
    (error: { type: string }) => error.type,
  )
const settings = { PUBLIC_URL: undefined, SESSION_IDLE_MINUTES: 30 }

test('name and password open a session, however the name is written', async () => {
  const { token, staff } = await enter(' ada ', PASSWORD)
  expect(staff).toEqual({ id, name: 'Ada', roles: ['reviewer'] })
  expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  expect(staffFrom(at.store, sessionCookie(token, settings), settings)).toEqual(staff)
})

test('nobody learns whether a name exists: the answers are the same words', async () => {
  const said = (name: string) => enter(name, 'wrong password').catch((error: Error) => error.message)
  expect(await said('Nobody')).toBe(await said('Ada'))
})

for (const name of ['Ada', 'Nobody'])
  test(`five failures lock ${name} for a quarter of an hour, also for the right password, and the message says so`, async () => {
    for (let i = 0; i < 5; i++) {
      expect(await outcome(name, 'wrong password')).toBe('unauthorized')
      at.pass(MINUTE)
    }
    await expect(enter(name, PASSWORD)).rejects.toMatchObject({ status: 429, type: 'locked', message: expect.stringMatching(/15 minutes/) })
    at.pass(15 * MINUTE)
    expect(await outcome(name, PASSWORD)).toBe(name === 'Ada' ? 'in' : 'unauthorized')
  })

test('a burst of guesses at once is not let past the lock', async () => {
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcome('Ada', 'wrong password')))
  expect(outcomes.filter((o) => o === 'unauthorized')).toHaveLength(5)
  expect(outcomes.filter((o) => o === 'locked')).toHaveLength(15)
})

test('a success forgives the failures before it', async () => {
  for (let i = 0; i < 4; i++) await outcome('Ada', 'wrong password')
  expect(await outcome('Ada', PASSWORD)).toBe('in')
  expect(await outcome('Ada', 'wrong password')).toBe('unauthorized')
  expect(await outcome('Ada', PASSWORD)).toBe('in')
})

test('who was switched off stays out, and is put out', async () => {
  const { token } = await enter('Ada', PASSWORD)
  at.store.staff.setActive(id, false, 'staff:boss')
  expect(staffFrom(at.store, sessionCookie(token, settings), settings)).toBeNull()
  expect(await outcome('Ada', PASSWORD)).toBe('unauthorized')
})

test('a session ends when it is not used, and goes on while it is', async () => {
  const { token } = await enter('Ada', PASSWORD)
  const cookie = sessionCookie(token, settings)
  for (let i = 0; i < 4; i++) {
    at.pass(29 * MINUTE)
    expect(staffFrom(at.store, cookie, settings)?.id).toBe(id)
  }
  at.pass(30 * MINUTE + 1)
  expect(staffFrom(at.store, cookie, settings)).toBeNull()
})

test('a session that is used all the time still ends after twelve hours', async () => {
  const { token } = await enter('Ada', PASSWORD)
  const cookie = sessionCookie(token, settings)
  let minutes = 0
  while (staffFrom(at.store, cookie, settings) !== null) {
    at.pass(20 * MINUTE)
    minutes += 20
  }
  expect(minutes).toBe(740)
})

test('signing out ends the session at the server and clears the cookie', async () => {
  const { token } = await enter('Ada', PASSWORD)
  const cookie = sessionCookie(token, settings)
  expect(signOut(at.store, cookie, settings).setCookie).toMatch(/^vouch_session=; Max-Age=0;/)
  expect(staffFrom(at.store, cookie, settings)).toBeNull()
})

test('the cookie is out of reach of scripts and other sites, and of plain http where the house has https', () => {
  expect(sessionCookie('T', settings)).toBe('vouch_session=T; Path=/; HttpOnly; SameSite=Lax')
  const https = { ...settings, PUBLIC_URL: 'https://help.example' }
  expect(sessionCookie('T', https)).toBe('__Host-vouch_session=T; Path=/; HttpOnly; Secure; SameSite=Lax')
})

test('the log tells who got in, and of a failure not even the name that was typed', async () => {
  await outcome('my-secret-password', 'x')
  await outcome('Ada', PASSWORD)
  const entries = at.store.log.entries(1, 100).filter((e) => /sign-in|session/.test(e.type))
  expect(entries.map((e) => [e.type, e.actor])).toEqual([
    ['sign-in.failed', 'system'],
    ['sign-in.passed', `staff:${id}`],
    ['session.started', `staff:${id}`],
  ])
  expect(JSON.stringify(entries)).not.toContain('my-secret-password')
})
