import type { Channel } from '../types.ts'
import type { Audit, AuditStore } from './label-types.ts'
import type { Parts } from './parts.ts'

interface AuditRow extends Omit<Audit, 'segment' | 'sent'> {
  topic: string
  channel: Channel
  tier: string
  sent: number
}

const SELECT = `SELECT a.id, a.turn, a.form, a.judges, a.state, a.at, a.done_at AS doneAt, s.conversation, s.topic, s.channel, s.tier, s.confidence,
    s.sent, s.probability, (SELECT count(DISTINCT judge) FROM labels l WHERE l.turn = a.turn AND l.form = a.form) AS judged
  FROM audits a JOIN scored s ON s.turn = a.turn AND s.form = a.form`

export function auditsOf({ db }: Parts): AuditStore {
  const open = db.read<AuditRow>(`${SELECT} WHERE a.state = 'open' ORDER BY a.at, a.rowid LIMIT ?`)
  const done = db.read<AuditRow>(`${SELECT} WHERE a.state = 'done' ORDER BY a.done_at DESC, a.rowid DESC LIMIT ?`)
  const openFor = db.read<AuditRow>(
    `${SELECT} WHERE a.state = 'open' AND NOT EXISTS (SELECT 1 FROM labels l WHERE l.turn = a.turn AND l.form = a.form AND l.judge = ?)
     ORDER BY a.at, a.rowid LIMIT ?`,
  )
  const waiting = db.read<{ open: number; oldestAt: number | null }>(
    "SELECT count(*) AS open, min(at) AS oldestAt FROM audits WHERE state = 'open'",
  )
  return {
    list: ({ state, limit = 200 }) => (state === 'open' ? open : done).all(limit).map(auditOf),
    openFor: (by, limit = 200) => openFor.all(by, limit).map(auditOf),
    waiting: () => waiting.one(),
  }
}

function auditOf({ topic, channel, tier, sent, ...row }: AuditRow): Audit {
  return {
    ...row,
    segment: { topic, channel, tier },
    sent: sent === 1,
    confidence: row.confidence / 1_000_000,
    probability: row.probability / 1_000_000,
  }
}
