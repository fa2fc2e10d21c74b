import { createHmac } from 'node:crypto'
import type { Customer } from '../types.ts'
import { seal, unseal } from './cipher.ts'
import type { Parts } from './parts.ts'
import type { CustomerStore } from './types.ts'

export function customersOf({ db, keys, newId }: Parts): CustomerStore {
  const insert = db.write<{ id: string; tier: string; subject: string | null; sealed: Buffer | null; at: number }>(
    'INSERT INTO customers (id, tier, subject, subject_sealed, at) VALUES (@id, @tier, @subject, @sealed, @at)',
  )
  const byId = db.read<Customer>('SELECT id, tier FROM customers WHERE id = ?')
  const bySubject = db.read<Customer>('SELECT id, tier FROM customers WHERE subject = ? AND tier = ?')
  const sealedOf = db.read<{ sealed: Buffer | null }>('SELECT subject_sealed AS sealed FROM customers WHERE id = ?')
  const subjects = keys.secret('vouch subjects')
  const hashOf = (subject: string): string => createHmac('sha256', subjects).update(subject).digest('hex')

  /** The key comes first: one without a customer does no harm, a customer without one could say nothing. */
  const make = (tier: string, subject: string | null, by: string): Customer => {
    const id = newId('cust')
    const key = db.required(() => keys.create(id))
    const sealed = subject === null ? null : seal(key, Buffer.from(subject), `subject:${id}`)
    return db.change({ type: 'customer.created', actor: by, data: { customer: id, tier } }, (proof) => {
      insert(proof, { id, tier, subject: subject === null ? null : hashOf(subject), sealed, at: proof.at })
      return { id, tier }
    })
  }

  return {
    create: (tier, by) => make(tier, null, by),
    get: (id) => byId.get(id) ?? null,
    // Equal subjects in two tiers are two customers: a key of one tier never reaches what another's wrote.
    forSubject(subject, tier) {
      return bySubject.get(hashOf(subject), tier) ?? make(tier, subject, 'system')
    },
    subjectOf(id) {
      const sealed = sealedOf.get(id)?.sealed
      const key = sealed ? keys.of(id) : null
      return sealed && key ? unseal(key, sealed, `subject:${id}`).toString() : null
    },
  }
}
