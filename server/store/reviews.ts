import { conflict, notFound } from '../errors.ts'
import type { Review } from '../conversation-types.ts'
import { conversationOf } from './conversations.ts'
import type { Event } from './db.ts'
import type { Labels } from './labels.ts'
import type { Messages } from './messages.ts'
import type { Parts } from './parts.ts'
import { stampOf } from './quarantines.ts'
import { citedEntries, countFindings, revisionsIn, staleOf } from './turn-record.ts'
import type { ReviewStore } from './types.ts'
import { where } from './where.ts'

/** ms that a reviewer has an item to herself. */
const LOCK = 10 * 60_000

interface ReviewRow extends Omit<Review, 'reason'> {
  reason: string | null
}

const SELECT = `SELECT r.id, r.turn, r.conversation, r.state, r.topic, r.channel, r.tier, r.confidence, r.reason, r.at, r.due,
    l.staff AS lockedBy, l.until AS lockedUntil, r.outcome, r.decided_by AS decidedBy, r.decided_at AS decidedAt,
    (SELECT q.incident FROM quarantined_reviews u JOIN quarantines q ON q.id = u.quarantine WHERE u.review = r.id AND q.lifted_at IS NULL LIMIT 1)
      AS quarantined
  FROM reviews r LEFT JOIN review_locks l ON l.review = r.id AND l.until > ?`

export function reviewsOf(parts: Parts, messages: Messages, labels: Labels): ReviewStore {
  const { db, bodies } = parts
  const conversation = conversationOf(parts)
  const stale = staleOf(parts)
  const newestQuarantine = stampOf(parts)
  const byId = db.read<ReviewRow>(`${SELECT} WHERE r.id = ?`)
  const byTurn = db.read<ReviewRow>(`${SELECT} WHERE r.turn = ?`)
  const hold = db.keep<{ review: string; staff: string; until: number }>(
    'INSERT OR REPLACE INTO review_locks (review, staff, until) VALUES (@review, @staff, @until)',
  )
  const release = db.keep<{ review: string }>('DELETE FROM review_locks WHERE review = @review')
  const close = db.write(
    `UPDATE reviews SET state = 'decided', outcome = @outcome, form = @form, decided_by = @staff, decided_at = @at, decision = @decision, edit = @edit
     WHERE id = @id`,
  )
  const takeOver = db.write("UPDATE conversations SET state = 'person', assignee = @staff WHERE id = @id")
  /** The customer of a rejected draft is told that a colleague answers: the conversation waits for one. */
  const waitForPerson = db.write("UPDATE conversations SET state = 'waiting' WHERE id = @id AND state = 'machine'")

  const read = (row: ReviewRow): Review => ({
    ...row,
    confidence: row.confidence / 1_000_000,
    reason: bodies.open<string>(row.reason) ?? '',
  })
  const find = (id: string): Review => {
    const row = byId.get(db.clock(), id)
    if (!row) throw notFound('review')
    return read(row)
  }
  const event = (type: string, { id, conversation: conv, turn }: Review, staff: string): Event => {
    return { type, actor: `staff:${staff}`, conversation: conv, turn, data: { review: id } }
  }

  return {
    list({ state, topic, channel, limit = 200 }) {
      const { sql, params } = where({ 'r.state = ?': state, 'r.topic = ?': topic, 'r.channel = ?': channel })
      const order = state === 'open' ? 'r.due, r.rowid' : 'r.at DESC, r.rowid DESC'
      const rows = db.read<ReviewRow>(`${SELECT} ${sql} ORDER BY ${order} LIMIT ?`).all(db.clock(), ...params, limit)
      return rows.map(read)
    },
    get(id) {
      const row = byId.get(db.clock(), id)
      return row ? read(row) : null
    },
    ofTurn(turn) {
      const row = byTurn.get(db.clock(), turn)
      return row ? read(row) : null
    },
    lock(id, staff) {
      return db.atomic(() => {
        const review = find(id)
        if (review.state === 'decided' || (review.lockedBy !== null && review.lockedBy !== staff)) return false
        const take = (): number => hold({ review: id, staff, until: db.clock() + LOCK })
        // Taking it is an event; keeping it is not.
        if (review.lockedBy === null) db.change(event('review.locked', review, staff), take)
        else take()
        return true
      })
    },
    unlock(id, staff) {
      db.atomic(() => {
        const review = find(id)
        if (review.lockedBy === staff) db.change(event('review.unlocked', review, staff), () => release({ review: id }))
      })
    },
    decide(input) {
      return db.atomic(() => {
        const { staff, outcome, form, reason, trace } = input
        const review = find(input.review)
        if (review.state === 'decided') throw conflict('This review has been decided already.')
        if (review.lockedBy !== null && review.lockedBy !== staff) throw conflict('A colleague has this review open.')
        const citations = [...(input.message.citations ?? []), ...(input.message.sentences ?? []).flatMap((s) => s.citations)]
        if (stale(revisionsIn(citations)).length > 0)
          throw conflict('An article that this answer cites has changed since it was written. Edit it, reject it or take over.')
        if (newestQuarantine() > (input.quarantine ?? Infinity))
          throw conflict('Something was quarantined while you decided. Look at this answer once more, then decide.')

        const { customer, id } = conversation(review.conversation)
        const prepared = messages.prepare({ ...input.message, conversation: id, turn: review.turn }, customer)
        const why = reason ? bodies.seal(customer, reason) : null
        const edit = trace ? bodies.seal(customer, trace) : null
        const data = {
          review: review.id,
          outcome,
          form,
          message: prepared.id,
          cited: citedEntries(input.message.citations ?? []),
          findings: countFindings(trace?.findings ?? []),
        }
        const decided = { ...event('review.decided', review, staff), data, body: prepared.sealed }
        return db.change({ ...decided, bodies: [why, edit].filter((b) => b !== null) }, (proof) => {
          close(proof, { id: review.id, outcome, form, staff, at: proof.at, decision: why?.id ?? null, edit: edit?.id ?? null })
          release({ review: review.id })
          if (outcome === 'taken-over') takeOver(proof, { id, staff })
          if (outcome === 'rejected') waitForPerson(proof, { id })
          if (input.label && labels.isScored(review.turn, input.label.form))
            labels.add({ ...input.label, turn: review.turn, source: 'review' }, `staff:${staff}`)
          return messages.add(proof, prepared)
        })
      })
    },
  }
}
