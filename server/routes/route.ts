/** How a route is declared: what it is, and who may. A route without `access` does not compile. */
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { ApiKey } from '../store/program-types.ts'
import type { Customer, Role, StaffMember } from '../types.ts'

/** `anyone`; a `customer` of the portal (made known by a signed cookie once they write); a program with a `key`; or staff with one of these roles. */
export type Access = 'anyone' | 'customer' | 'key' | readonly Role[]

export interface Visit<Who> {
  req: Request
  res: Response
  context: Context
  who: Who
}

export type Route =
  | { method: Method; path: string; access: 'anyone'; handle: (visit: Visit<null>) => unknown }
  | { method: Method; path: string; access: 'customer'; handle: (visit: Visit<Customer>) => unknown }
  | { method: Method; path: string; access: 'key'; handle: (visit: Visit<ApiKey>) => unknown }
  | {
      method: Method
      path: string
      access: readonly Role[]
      /** Also for who has yet to choose a password of their own. */
      beforeOwnPassword?: true
      handle: (visit: Visit<StaffMember>) => unknown
    }

type Method = 'get' | 'post'
