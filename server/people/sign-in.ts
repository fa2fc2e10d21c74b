/** Staff sign in by name and password. Names that nobody has are treated like the others, so that nobody learns which there are. */
import { VouchError, unauthorized } from '../errors.ts'
import type { Store } from '../store/types.ts'
import type { StaffMember } from '../types.ts'
import { checkPassword } from './passwords.ts'
import { startSession } from './sessions.ts'

/** Failures of one name within `WINDOW` ms that lock it. */
const FAILURES = 5
const WINDOW = 15 * 60_000

const underWay = new WeakMap<object, Map<string, number>>()

/** Errors: VouchError 401 `unauthorized`; 429 `locked` after too many failures. */
export async function signIn(
  store: Pick<Store, 'staff' | 'sessions'>,
  { name, password, clock }: { name: string; password: string; clock: () => number },
): Promise<{ token: string; staff: StaffMember }> {
  const trimmed = name.trim()
  return oneOf(store, trimmed.toLowerCase(), async (others) => {
    // Attempts still being checked count too: otherwise a burst of them would all slip past the lock.
    if (store.staff.failures(trimmed, clock() - WINDOW) + others >= FAILURES) throw locked()
    const known = store.staff.byName(trimmed)
    const right = await checkPassword(password, known?.passwordHash ?? null)
    // Somebody may have been switched off, or given another password, while this one was checked.
    const still = right ? store.staff.byName(trimmed) : null
    const passed = still !== null && still.passwordHash === known?.passwordHash
    store.staff.noteSignIn(trimmed, passed)
    if (!passed) throw unauthorized('Name or password is wrong.')
    return { token: startSession(store, still.id), staff: { id: still.id, name: still.name, roles: still.roles } }
  })
}

const locked = (): VouchError =>
  new VouchError(429, 'locked', 'Too many failed attempts with this name. Please wait 15 minutes, then try again.', WINDOW / 1000)

async function oneOf<T>(store: object, name: string, attempt: (others: number) => Promise<T>): Promise<T> {
  const counts = underWay.get(store) ?? new Map<string, number>()
  underWay.set(store, counts)
  const others = counts.get(name) ?? 0
  counts.set(name, others + 1)
  try {
    return await attempt(others)
  } finally {
    const left = (counts.get(name) ?? 1) - 1
    if (left > 0) counts.set(name, left)
    else counts.delete(name)
  }
}
