import type { ContactStore } from './correction-types.ts'
import type { Parts } from './parts.ts'

/** How a customer is reached outside the thread: personal, so it lies in a body under their key. */
export function contactsOf({ db, bodies }: Parts): ContactStore {
  const find = db.read<{ body: string | null }>('SELECT body FROM contacts WHERE customer = ?')
  const put = db.write<{ customer: string; body: string }>('INSERT OR REPLACE INTO contacts (customer, body) VALUES (@customer, @body)')
  return {
    set(customer, contact, by) {
      const sealed = bodies.seal(customer, contact)
      db.change({ type: 'customer.contact', actor: by, data: { customer }, body: sealed }, (proof) =>
        put(proof, { customer, body: sealed.id }),
      )
    },
    get: (customer) => bodies.open(find.get(customer)?.body ?? null),
  }
}
