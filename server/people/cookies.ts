import { parseCookie, stringifySetCookie } from 'cookie'
import type { Config } from '../config.ts'

type Settings = Pick<Config, 'PUBLIC_URL'>

/** Sent over https alone where the house is reached by https; and then under a name that no neighbouring host can set. */
const secure = (config: Settings): boolean => config.PUBLIC_URL?.startsWith('https:') ?? false
const fullName = (config: Settings, name: string): string => (secure(config) ? `__Host-${name}` : name)

export function cookieOf(config: Settings, header: string | undefined, name: string): string | null {
  return parseCookie(header ?? '')[fullName(config, name)] ?? null
}

/** The value of a `Set-Cookie` header. `maxAge` in seconds; without it the cookie ends with the browser. */
export function setCookie(config: Settings, name: string, value: string, maxAge?: number): string {
  return stringifySetCookie({
    name: fullName(config, name),
    value,
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: secure(config),
    ...(maxAge === undefined ? {} : { maxAge }),
  })
}
