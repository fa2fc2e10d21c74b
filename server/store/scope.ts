import { sha256 } from '../audit/entry.ts'
import type { ScopeRules } from '../scope-types.ts'
import type { Parts } from './parts.ts'
import type { Store } from './types.ts'

/** A firm that has said nothing yet: every topic is allowed, and nothing is urgent. */
const NOTHING_SAID: ScopeRules = { topics: [], urgent: [], amountAbove: null, contact: '' }

export function scopeOf({ db }: Parts): Store['scope'] {
  const newest = db.read<{ seq: number }>('SELECT seq FROM scope ORDER BY seq DESC LIMIT 1')
  const version = db.read<{ rules: string }>('SELECT rules FROM scope WHERE seq = ?')
  const insert = db.write('INSERT INTO scope (seq, rules) VALUES (@seq, @rules)')
  let known: { seq: number; rules: ScopeRules } = { seq: 0, rules: NOTHING_SAID }
  return {
    get() {
      const seq = newest.get()?.seq ?? 0
      if (seq !== known.seq) known = { seq, rules: JSON.parse(version.one(seq).rules) as ScopeRules }
      return known.rules
    },
    set(rules, by) {
      const text = JSON.stringify(rules)
      const data = {
        rules: sha256(text),
        topics: rules.topics.map(({ id, rule }) => ({ id, rule })),
        urgent: rules.urgent.map(({ id }) => id),
      }
      db.change({ type: 'scope.set', actor: by, data }, (proof) => insert(proof, { seq: proof.seq, rules: text }))
    },
  }
}
