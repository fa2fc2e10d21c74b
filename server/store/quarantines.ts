import { sha256 } from '../audit/entry.ts'
import { conflict, invalid, notFound } from '../errors.ts'
import { stepper } from './incident-steps.ts'
import type { Quarantine, QuarantineStore } from './incident-types.ts'
import type { Parts } from './parts.ts'

interface QuarantineRow extends Omit<Quarantine, 'lifted'> {
  liftedBy: string | null
  liftedAt: number | null
  liftedWhy: string | null
}

const SELECT = `SELECT id, seq, incident, kind, what, since, set_by AS "by", lifted_by AS liftedBy, lifted_at AS liftedAt, lifted_why AS liftedWhy
  FROM quarantines`

const WORDS: Record<Quarantine['kind'], string> = {
  words: 'Nothing is answered from these words any more',
  article: 'Nothing is answered from this article any more',
  claim: 'This statement is not sent any more',
  topic: 'Answers about this topic wait for a person',
}

export function quarantinesOf(parts: Parts): QuarantineStore {
  const { db, newId } = parts
  const step = stepper(parts)
  const byId = db.read<QuarantineRow>(`${SELECT} WHERE id = ?`)
  const active = db.read<QuarantineRow>(`${SELECT} WHERE lifted_at IS NULL ORDER BY seq`)
  const ofIncident = db.read<QuarantineRow>(`${SELECT} WHERE incident = ? ORDER BY seq`)
  const same = db.read<QuarantineRow>(`${SELECT} WHERE incident = ? AND kind = ? AND what = ? AND lifted_at IS NULL`)
  const insert = db.write(
    'INSERT INTO quarantines (id, seq, incident, kind, what, since, set_by) VALUES (@id, @seq, @incident, @kind, @what, @since, @by)',
  )
  const marked = db.read('SELECT 1 FROM quarantined_reviews WHERE review = ? AND quarantine = ?')
  const mark = db.write('INSERT INTO quarantined_reviews (review, quarantine) VALUES (@review, @quarantine)')
  const release = db.keep<{ review: string }>('DELETE FROM review_locks WHERE review = @review')
  const end = db.write('UPDATE quarantines SET lifted_by = @by, lifted_at = @at, lifted_why = @reason WHERE id = @id')

  return {
    set(incident, { kind, what }, by) {
      if (what.trim() === '') throw invalid('Say what is to be quarantined.')
      return db.atomic(() => {
        const known = same.get(incident, kind, what)
        if (known) return quarantineOf(known)
        const id = newId('quar')
        const data = { quarantine: id, kind, what: sha256(what) }
        return step(incident, 'quarantine.set', by, `${WORDS[kind]}: ${what}`, data, (proof) => {
          insert(proof, { id, seq: proof.seq, incident, kind, what, since: proof.at, by })
          return quarantineOf(byId.one(id))
        })
      })
    },
    lift(id, reason, by) {
      if (reason.trim() === '') throw invalid('Say why it may be answered from again.')
      db.atomic(() => {
        const row = byId.get(id)
        if (!row) throw notFound('quarantine')
        if (row.liftedAt !== null) throw conflict('This quarantine was lifted already.')
        const data = { quarantine: id, reason: sha256(reason) }
        step(row.incident, 'quarantine.lifted', by, `Lifted: ${reason}`, data, (proof) => end(proof, { id, by, at: proof.at, reason }))
      })
    },
    active: () => active.all().map(quarantineOf),
    of: (incident) => ofIncident.all(incident).map(quarantineOf),
    stamp: stampOf(parts),
    mark(id, reviews) {
      const fresh = reviews.filter((review) => !marked.get(review, id))
      const row = byId.get(id)
      if (!row || fresh.length === 0) return
      const note = `${fresh.length} held ${fresh.length === 1 ? 'answer that uses it is' : 'answers that use it are'} back in the queue.`
      step(row.incident, 'quarantine.reviews', 'system', note, { quarantine: id, reviews: fresh }, (proof) => {
        for (const review of fresh) {
          mark(proof, { review, quarantine: id })
          release({ review })
        }
      })
    },
  }
}

/** Position in the log of the newest quarantine that was ever set. */
export function stampOf({ db }: Parts): () => number {
  const newest = db.read<{ seq: number | null }>('SELECT max(seq) AS seq FROM quarantines')
  return () => newest.one().seq ?? 0
}

function quarantineOf({ liftedBy, liftedAt, liftedWhy, ...row }: QuarantineRow): Quarantine {
  return { ...row, lifted: liftedAt === null ? null : { by: liftedBy ?? '', at: liftedAt, reason: liftedWhy ?? '' } }
}
