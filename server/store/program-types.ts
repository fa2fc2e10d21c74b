/** What programs that ask are known by. */
import type { Actor, Channel } from '../types.ts'

export interface ApiKey {
  id: string
  name: string
  tier: string
  channel: Channel
}

export interface ApiKeyStore {
  create(input: { name: string; tokenHash: string; tier: string; channel: Channel }, by: Actor): ApiKey
  byHash(tokenHash: string): ApiKey | null
  /** Keys that open something; revoked ones are not among them. */
  list(): ApiKey[]
  revoke(id: string, by: Actor): void
}

export interface IdempotencyStore {
  /** `new`: go on; `running`: the same call is under way; `done`: the turn that it made; `different`: the key was used for another request. */
  begin(key: string, owner: string, requestHash: string): { state: 'new' | 'running' | 'different' } | { state: 'done'; turn: string }
  /** Ties the key to its turn, as soon as there is one. */
  tie(key: string, owner: string, turn: string): void
  forget(key: string, owner: string): void
}
