import type { Parts } from './parts.ts'
import type { ApiKey, ApiKeyStore } from './types.ts'

export function apiKeysOf({ db, newId }: Parts): ApiKeyStore {
  const byHash = db.read<ApiKey>('SELECT id, name, tier, channel FROM api_keys WHERE token_hash = ?')
  const all = db.read<ApiKey>('SELECT id, name, tier, channel FROM api_keys ORDER BY at, rowid')
  const insert = db.write('INSERT INTO api_keys (id, name, token_hash, tier, channel, at) VALUES (@id, @name, @hash, @tier, @channel, @at)')
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
  }
}
