import type { Store } from '../store/types.ts'
import { ROLES } from '../types.ts'
import { hashPassword, makePassword } from './passwords.ts'

/**
 * On the first run there is nobody who could let anybody in: makes `admin`, who may do everything. Null when there is staff already;
 * `password` is null when it was given in the settings, and otherwise made up, to be shown this once and changed at the first sign-in.
 */
export async function ensureFirstAdmin(
  store: Pick<Store, 'staff'>,
  given: string | undefined,
): Promise<{ name: string; password: string | null } | null> {
  if (store.staff.list().length > 0) return null
  const password = given ?? makePassword()
  const passwordHash = await hashPassword(password)
  const { name } = store.staff.create({ name: 'admin', passwordHash, roles: [...ROLES], oneTime: given === undefined }, 'system')
  return { name, password: given === undefined ? password : null }
}
