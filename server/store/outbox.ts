import { notFound } from '../errors.ts'
import type { Event } from './db.ts'
import type { Way } from './correction-types.ts'
import type { Parts } from './parts.ts'
import type { OutboxStore } from './types.ts'

type Delivery = ReturnType<OutboxStore['due']>[number]

const EVERY: Way[] = ['portal', 'api', 'email', 'webhook']

export function outboxOf({ db }: Parts): OutboxStore {
  const due = db.read<Delivery>(
    `SELECT id, channel, conversation, message, attempts FROM outbox
     WHERE delivered_at IS NULL AND given_up_at IS NULL AND next_at <= ? AND channel IN (SELECT value FROM json_each(?)) ORDER BY next_at, id LIMIT ?`,
  )
  const open = db.read<Delivery & { turn: string | null }>(
    `SELECT o.id, o.channel, o.conversation, o.message, o.attempts, m.turn
     FROM outbox o JOIN messages m ON m.id = o.message WHERE o.id = ? AND o.delivered_at IS NULL AND o.given_up_at IS NULL`,
  )
  const known = db.read('SELECT 1 FROM outbox WHERE id = ?')
  const done = db.write('UPDATE outbox SET delivered_at = @at, attempts = attempts + 1, why = NULL WHERE id = @id')
  const again = db.write('UPDATE outbox SET next_at = @nextAt, attempts = attempts + 1, why = @why WHERE id = @id')

  const end = db.write('UPDATE outbox SET given_up_at = @at, attempts = attempts + 1, why = @why WHERE id = @id')

  /** Null when it was delivered, or given up, already. */
  const event = (type: string, id: number): Event | null => {
    const row = open.get(id)
    if (!row && !known.get(id)) throw notFound('delivery')
    if (!row) return null
    const { conversation, turn, message, channel, attempts } = row
    return { type, actor: 'system', conversation, turn, data: { message, channel, attempt: attempts + 1 } }
  }

  return {
    due: (limit, ways = EVERY) => due.all(db.clock(), JSON.stringify(ways), limit),
    delivered(id) {
      db.atomic(() => {
        const said = event('message.delivered', id)
        if (said) db.change(said, (proof) => done(proof, { id, at: proof.at }))
      })
    },
    failed(id, why, nextAt) {
      db.atomic(() => {
        const said = event('delivery.failed', id)
        if (said) db.change(said, (proof) => again(proof, { id, why, nextAt }))
      })
    },
    givenUp(id, why) {
      db.atomic(() => {
        const said = event('delivery.given-up', id)
        if (said) db.change(said, (proof) => end(proof, { id, why, at: proof.at }))
      })
    },
  }
}
