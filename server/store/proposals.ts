import { sha256 } from '../audit/entry.ts'
import { conflict, forbidden, invalid, notFound } from '../errors.ts'
import type { Actor } from '../types.ts'
import type { Parts } from './parts.ts'
import type { Proposal, ProposalState, ProposalStore } from './proposal-types.ts'
import { where } from './where.ts'

interface ProposalRow extends Omit<Proposal, 'payload'> {
  payload: string
}

const SELECT = `SELECT id, kind, title, payload, before, after, reason, proposed_by AS by, at, state, decided_by AS decidedBy,
    decided_at AS decidedAt, note FROM proposals`

export function proposalsOf({ db, newId }: Parts): ProposalStore {
  const byId = db.read<ProposalRow>(`${SELECT} WHERE id = ?`)
  const insert = db.write(
    `INSERT INTO proposals (id, kind, title, payload, before, after, reason, proposed_by, at)
     VALUES (@id, @kind, @title, @payload, @before, @after, @reason, @by, @at)`,
  )
  const close = db.write('UPDATE proposals SET state = @state, decided_by = @by, decided_at = @at, note = @note WHERE id = @id')

  const findOpen = (id: string): Proposal => {
    const row = byId.get(id)
    if (!row) throw notFound('proposal')
    if (row.state !== 'open') throw conflict(`This proposal was ${row.state} already.`)
    return proposalOf(row)
  }
  const settle = (id: string, state: ProposalState, note: string | null, by: Actor, apply: () => void): Proposal =>
    db.change({ type: `proposal.${state}`, actor: by, data: { proposal: id, note: note === null ? null : sha256(note) } }, (proof) => {
      close(proof, { id, state, by, at: proof.at, note })
      apply()
      return proposalOf(byId.one(id))
    })

  return {
    create({ kind, title, payload, before, after, reason }, by) {
      if (reason.trim() === '') throw invalid('Say why it is to be changed.')
      return db.atomic(() => {
        const id = newId('prop')
        const json = JSON.stringify(payload)
        const data = { proposal: id, kind, payload: sha256(json), before: sha256(before), after: sha256(after), reason: sha256(reason) }
        return db.change({ type: 'proposal.made', actor: by, data }, (proof) => {
          insert(proof, { id, kind, title, payload: json, before, after, reason, by, at: proof.at })
          return proposalOf(byId.one(id))
        })
      })
    },
    get(id) {
      const row = byId.get(id)
      return row ? proposalOf(row) : null
    },
    list({ state, kind, limit = 200 }) {
      const { sql, params } = where({ 'state = ?': state, 'kind = ?': kind })
      return db
        .read<ProposalRow>(`${SELECT} ${sql} ORDER BY at DESC, rowid DESC LIMIT ?`)
        .all(...params, limit)
        .map(proposalOf)
    },
    decide(id, { state, note }, by, apply) {
      return db.atomic(() => {
        if (findOpen(id).by === by) throw forbidden('Nobody decides about their own proposal. Ask a colleague, or withdraw it.')
        return settle(id, state, note, by, state === 'approved' ? apply : () => undefined)
      })
    },
    withdraw(id, by) {
      return db.atomic(() => {
        if (findOpen(id).by !== by) throw forbidden('Only who made a proposal can withdraw it; you can reject it.')
        return settle(id, 'withdrawn', null, by, () => undefined)
      })
    },
  }
}

const proposalOf = ({ payload, ...row }: ProposalRow): Proposal => ({ ...row, payload: JSON.parse(payload) as unknown })
