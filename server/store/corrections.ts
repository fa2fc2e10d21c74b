/** Corrections: written, approved by a second person, sent once to each thread, and what became of them. */
import { sha256 } from '../audit/entry.ts'
import { conflict, forbidden, notFound } from '../errors.ts'
import type { Finding } from '../types.ts'
import { correctionThreadsOf } from './correction-threads.ts'
import type { Correction, CorrectionStore } from './correction-types.ts'
import { stepper } from './incident-steps.ts'
import type { Messages } from './messages.ts'
import type { Parts } from './parts.ts'

interface CorrectionRow extends Omit<Correction, 'findings'> {
  findings: string
}

const SELECT = `SELECT id, incident, state, wrong, right, why, to_do AS toDo, text, findings, written_by AS "by", at, proposal, approved_by AS approvedBy,
    approved_at AS approvedAt
  FROM corrections`

export function correctionsOf(parts: Parts, messages: Messages): CorrectionStore {
  const { db, newId } = parts
  const step = stepper(parts)
  const byId = db.read<CorrectionRow>(`${SELECT} WHERE id = ?`)
  const newest = db.read<CorrectionRow>(`${SELECT} WHERE incident = ? AND state <> 'withdrawn' ORDER BY at DESC, rowid DESC LIMIT 1`)
  const insert = db.write(
    `INSERT INTO corrections (id, incident, wrong, right, why, to_do, text, findings, written_by, at)
     VALUES (@id, @incident, @wrong, @right, @why, @toDo, @text, @findings, @by, @at)`,
  )
  const state = db.write('UPDATE corrections SET state = @state WHERE id = @id')
  const tie = db.write("UPDATE corrections SET state = 'proposed', proposal = @proposal WHERE id = @id")
  const sign = db.write("UPDATE corrections SET state = 'approved', approved_by = @by, approved_at = @at WHERE id = @id")

  const find = (id: string): Correction => {
    const row = byId.get(id)
    if (!row) throw notFound('correction')
    return correctionOf(row)
  }
  const must = (id: string, wanted: Correction['state']): Correction => {
    const found = find(id)
    if (found.state !== wanted)
      throw conflict(`This correction is ${WORDS[found.state]} already. Load the page again to see how it stands.`)
    return found
  }

  const keep = db.write(
    `INSERT OR REPLACE INTO unchecked_letters (incident, wrong, right, why, to_do, text, written_by, at)
     VALUES (@incident, @wrong, @right, @why, @toDo, @text, @by, @at)`,
  )
  const drop = db.write('DELETE FROM unchecked_letters WHERE incident = @incident')
  const kept = db.read<{ incident: string; wrong: string; right: string; why: string; toDo: string; text: string; by: string }>(
    'SELECT incident, wrong, right, why, to_do AS toDo, text, written_by AS "by" FROM unchecked_letters ORDER BY at',
  )
  const writable = (incident: string): Correction | null => {
    const before = newest.get(incident)
    if (before?.state === 'approved' || before?.state === 'sending')
      throw conflict('A correction is approved already. Send it, or withdraw it before you write another.')
    return before ? correctionOf(before) : null
  }

  return {
    keep(incident, { wrong, right, why, toDo, text }, by) {
      db.atomic(() => {
        writable(incident)
        const data = { text: sha256(text) }
        step(incident, 'correction.kept', by, 'A correction was put in writing; its checks begin.', data, (proof) =>
          keep(proof, { incident, wrong, right, why, toDo, text, by, at: proof.at }),
        )
      })
    },
    drop(incident) {
      db.change({ type: 'correction.dropped', actor: 'system', data: { incident } }, (proof) => drop(proof, { incident }))
    },
    unchecked: () => kept.all().map(({ incident, by, ...letter }) => ({ incident, letter, by })),
    write(incident, { wrong, right, why, toDo, text, findings }, by) {
      return db.atomic(() => {
        const before = writable(incident)
        const id = newId('corr')
        const failed = findings.filter((f) => f.result === 'failed').length
        const instead = before?.state === 'draft' || before?.state === 'proposed' ? before.id : null
        const data = { correction: id, text: sha256(text), findings: { all: findings.length, failed }, instead }
        return step(incident, 'correction.written', by, 'A correction was written and checked.', data, (proof) => {
          if (instead) state(proof, { id: instead, state: 'withdrawn' })
          insert(proof, { id, incident, wrong, right, why, toDo, text, findings: JSON.stringify(findings), by, at: proof.at })
          drop(proof, { incident })
          return find(id)
        })
      })
    },
    get(id) {
      const row = byId.get(id)
      return row ? correctionOf(row) : null
    },
    of(incident) {
      const row = newest.get(incident)
      return row ? correctionOf(row) : null
    },
    propose(id, proposal, by) {
      db.atomic(() => {
        const { incident } = must(id, 'draft')
        step(incident, 'correction.proposed', by, 'A colleague was asked to approve it.', { correction: id, proposal }, (proof) =>
          tie(proof, { id, proposal }),
        )
      })
    },
    approve(id, digest, by) {
      db.atomic(() => {
        const { incident, text, by: writer } = must(id, 'proposed')
        if (sha256(text) !== digest) throw conflict('This is not the text that was proposed.')
        if (writer === by) throw forbidden('You wrote it yourself: somebody else has to approve it.')
        step(incident, 'correction.approved', by, 'The correction was approved.', { correction: id, text: digest }, (proof) =>
          sign(proof, { id, by, at: proof.at }),
        )
      })
    },
    withdraw(id, by) {
      db.atomic(() => {
        const { incident, state: now } = find(id)
        if (now === 'sending' || now === 'sent') throw conflict('It is on its way already: what was said can’t be taken back.')
        if (now === 'withdrawn') return
        step(incident, 'correction.withdrawn', by, 'The correction was withdrawn.', { correction: id }, (proof) =>
          state(proof, { id, state: 'withdrawn' }),
        )
      })
    },
    ...correctionThreadsOf(parts, messages, { find, step }),
  }
}

const WORDS: Record<Correction['state'], string> = {
  draft: 'a draft',
  proposed: 'waiting for approval',
  approved: 'approved',
  sending: 'on its way',
  sent: 'sent',
  withdrawn: 'withdrawn',
}

const correctionOf = ({ findings, ...row }: CorrectionRow): Correction => ({ ...row, findings: JSON.parse(findings) as Finding[] })
