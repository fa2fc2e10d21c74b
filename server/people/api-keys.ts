/** Keys of programs: only the hash of the token is kept. */
import type { Store } from '../store/types.ts'
import type { ApiKey } from '../store/program-types.ts'
import type { Actor, Channel } from '../types.ts'
import { hashToken } from './sessions.ts'

type Keys = Pick<Store, 'apiKeys'>

/** Name of the key that the setting API_KEY makes. */
const FROM_SETTINGS = 'API_KEY'

export function createKey(store: Keys, input: { name: string; token: string; tier: string; channel: Channel }, by: Actor): ApiKey {
  const { name, token, tier, channel } = input
  return store.apiKeys.create({ name, tokenHash: hashToken(token), tier, channel }, by)
}

/** The key of a bearer token. What is looked up is a hash, so how long it takes tells nothing of any token. */
export function keyFrom(store: Keys, token: string): ApiKey | null {
  return store.apiKeys.byHash(hashToken(token))
}

/** The key that the settings name. One that they named before, or with another tier, opens nothing any more. */
export function ensureFirstKey(store: Keys, token: string | undefined, tier: string): void {
  const wanted = token === undefined ? null : store.apiKeys.byHash(hashToken(token))
  for (const key of store.apiKeys.list()) {
    if (key.name === FROM_SETTINGS && (key.id !== wanted?.id || key.tier !== tier)) store.apiKeys.revoke(key.id, 'system')
  }
  if (token !== undefined && keyFrom(store, token) === null)
    createKey(store, { name: FROM_SETTINGS, token, tier, channel: 'api' }, 'system')
}
