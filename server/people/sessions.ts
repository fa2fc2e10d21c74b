/** Sessions of staff: a random token in a cookie, its hash in the store. */
import { createHash, randomBytes } from 'node:crypto'
import type { Config } from '../config.ts'
import type { Store } from '../store/types.ts'
import type { StaffMember } from '../types.ts'
import { cookieOf, setCookie } from './cookies.ts'

const COOKIE = 'vouch_session'

type Settings = Pick<Config, 'PUBLIC_URL' | 'SESSION_IDLE_MINUTES'>

/** Begins a session; the token goes into the cookie and is kept nowhere. */
export function startSession(store: Pick<Store, 'sessions'>, staff: string): string {
  const token = newToken()
  store.sessions.create(staff, hashToken(token))
  return token
}

/** 256 random bits. */
const newToken = (): string => randomBytes(32).toString('base64url')

/** SHA-256 (hex). The token is random, so its hash needs no salt and no cost. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')

/** Ends with the browser; the server ends it earlier when it isn't used. */
export const sessionCookie = (token: string, config: Settings): string => setCookie(config, COOKIE, token)

/** The staff member, if the session was used within SESSION_IDLE_MINUTES; renews it. */
export function staffFrom(store: Pick<Store, 'sessions'>, cookies: string | undefined, config: Settings): StaffMember | null {
  const token = cookieOf(config, cookies, COOKIE)
  return token === null ? null : store.sessions.use(hashToken(token), config.SESSION_IDLE_MINUTES * 60_000)
}

/** Whether the session still is this person's, with all the roles that they had; looking renews nothing. */
export function stillIn(store: Pick<Store, 'sessions'>, cookies: string | undefined, config: Settings, who: StaffMember): boolean {
  const token = cookieOf(config, cookies, COOKIE)
  const now = token === null ? null : store.sessions.holder(hashToken(token))
  return now?.id === who.id && who.roles.every((role) => now.roles.includes(role))
}

/** Ends the session; the cookie to send clears it in the browser. */
export function signOut(store: Pick<Store, 'sessions'>, cookies: string | undefined, config: Settings): { setCookie: string } {
  const token = cookieOf(config, cookies, COOKIE)
  if (token !== null) store.sessions.end(hashToken(token))
  return { setCookie: setCookie(config, COOKIE, '', 0) }
}
