import { notFound } from '../errors.ts'
import type { Parts } from './parts.ts'
import type { ApiKey, ApiKeyStore } from './program-types.ts'

export function apiKeysOf({ db, newId }: Parts): ApiKeyStore {
  const byHash = db.read<ApiKey>('SELECT id, name, tier, channel FROM api_keys WHERE token_hash = ? AND revoked_at IS NULL')
  const all = db.read<ApiKey>('SELECT id, name, tier, channel FROM api_keys WHERE revoked_at IS NULL ORDER BY at, rowid')
  const insert = db.write('INSERT INTO api_keys (id, name, token_hash, tier, channel, at) VALUES (@id, @name, @hash, @tier, @channel, @at)')
  const revoke = db.write('UPDATE api_keys SET revoked_at = @at WHERE id = @id')
  return {
    create({ name, tokenHash, tier, channel }, by) {
      const id = newId('key')
      return db.change({ type: 'key.created', actor: by, data: { key: id, tier, channel } }, (proof) => {
        insert(proof, { id, name, hash: tokenHash, tier, channel, at: proof.at })
        return { id, name, tier, channel }
      })
    },
    byHash: (tokenHash) => byHash.get(tokenHash) ?? null,
    list: () => all.all(),
    revoke(id, by) {
      db.atomic(() => {
        if (!all.all().some((key) => key.id === id)) throw notFound('API key')
        db.change({ type: 'key.revoked', actor: by, data: { key: id } }, (proof) => revoke(proof, { id, at: proof.at }))
      })
    },
  }
}
