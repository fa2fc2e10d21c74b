/** Who the portal's customer is: the one place to change for sign-on. Today whoever reaches the portal is a pseudonymous customer, known again by a signed cookie. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Config } from '../config.ts'
import type { Store } from '../store/types.ts'
import type { Customer } from '../types.ts'
import { cookieOf, setCookie } from './cookies.ts'

export interface Visitors {
  /** The customer of this `Cookie` header; null at a first visit, or when the cookie was not signed here. */
  visitorFrom(cookies: string | undefined): Customer | null
  /** A new customer, and the `Set-Cookie` by which the browser says so next time. */
  welcome(): { customer: Customer; setCookie: string }
}

const COOKIE = 'vouch_visitor'
const TIER = 'standard'
/** Who looks and has not written yet: nothing is theirs, and nothing is kept of them. */
export const STRANGER: Customer = { id: 'nobody', tier: TIER }
const KNOWN_FOR_S = 180 * 86_400

export function createVisitors(store: Pick<Store, 'customers' | 'secret'>, config: Pick<Config, 'PUBLIC_URL'>): Visitors {
  const secret = store.secret('vouch visitors')
  const sign = (id: string): Buffer => createHmac('sha256', secret).update(id).digest()
  return {
    visitorFrom(cookies) {
      const [id, signature] = (cookieOf(config, cookies, COOKIE) ?? '').split('.')
      if (!id || !signature) return null
      const given = Buffer.from(signature, 'base64url')
      const right = sign(id)
      return given.length === right.length && timingSafeEqual(given, right) ? store.customers.get(id) : null
    },
    welcome() {
      const customer = store.customers.create(TIER, 'system')
      const value = `${customer.id}.${sign(customer.id).toString('base64url')}`
      return { customer, setCookie: setCookie(config, COOKIE, value, KNOWN_FOR_S) }
    },
  }
}
