/** Who is behind a request: the portal's cookie, the console's, or a program's key. */
import type { Config } from '../config.ts'
import type { Store } from '../store/types.ts'
import type { ApiKey } from '../store/program-types.ts'
import type { Customer, StaffMember } from '../types.ts'
import { keyFrom } from './api-keys.ts'
import { staffFrom } from './sessions.ts'
import { createVisitors } from './visitors.ts'

interface Asking {
  headers: { cookie?: string | undefined }
}
interface Answering {
  append(header: string, value: string): unknown
}

export interface Recognise {
  /** The customer of the portal's cookie; null at a first visit. */
  visitor(req: Asking): Customer | null
  /** The same; at a first visit a new one, whose cookie is set on the response. */
  customer(req: Asking, res: Answering): Customer
  /** The staff member of the session cookie. */
  staff(req: Asking): StaffMember | null
  /** The key of a bearer token. */
  key(token: string): ApiKey | null
}

export function createRecognise(store: Store, config: Pick<Config, 'PUBLIC_URL' | 'SESSION_IDLE_MINUTES'>): Recognise {
  const visitors = createVisitors(store, config)
  return {
    visitor: (req) => visitors.visitorFrom(req.headers.cookie),
    customer(req, res) {
      const known = visitors.visitorFrom(req.headers.cookie)
      if (known) return known
      const { customer, setCookie } = visitors.welcome()
      res.append('Set-Cookie', setCookie)
      return customer
    },
    staff: (req) => staffFrom(store, req.headers.cookie, config),
    key: (token) => keyFrom(store, token),
  }
}
