import { conflict, invalid, notFound } from '../errors.ts'
import { conversationOf } from './conversations.ts'
import type { Messages } from './messages.ts'
import type { Parts } from './parts.ts'
import type { Report, ReportStore } from './report-types.ts'

interface ReportRow extends Omit<Report, 'span' | 'text' | 'note'> {
  start: number | null
  end: number | null
  body: string | null
  note: string | null
}

const SELECT = `SELECT id, message, conversation, turn, by, kind, start, "end", body, state, at, reply, note,
  decided_by AS decidedBy, decided_at AS decidedAt FROM reports`

export function reportsOf(parts: Parts, messages: Messages): ReportStore {
  const { db, bodies, newId } = parts
  const conversation = conversationOf(parts)
  const byId = db.read<ReportRow>(`${SELECT} WHERE id = ?`)
  const open = db.read<ReportRow>(`${SELECT} WHERE state = 'open' ORDER BY at, rowid LIMIT ?`)
  const answered = db.read<ReportRow>(`${SELECT} WHERE state <> 'open' ORDER BY at DESC, rowid DESC LIMIT ?`)
  const all = db.read<ReportRow>(`${SELECT} ORDER BY at DESC, rowid DESC LIMIT ?`)
  const ofMessage = db.read<ReportRow>(`${SELECT} WHERE message = ? ORDER BY at, rowid`)
  const count = db.read<{ count: number }>("SELECT count(*) AS count FROM reports WHERE state = 'open'")
  const insert = db.write(
    `INSERT INTO reports (id, message, conversation, turn, by, kind, start, "end", body, at)
     VALUES (@id, @message, @conversation, @turn, @by, @kind, @start, @end, @body, @at)`,
  )
  const extend = db.write(
    'UPDATE reports SET kind = coalesce(@kind, kind), start = coalesce(@start, start), "end" = coalesce(@end, "end"), body = @body WHERE id = @id',
  )
  const close = db.write(
    `UPDATE reports SET state = @state, kind = coalesce(@kind, kind), reply = @reply, note = @note, decided_by = @by, decided_at = @at WHERE id = @id`,
  )
  const read = ({ start, end, body, note, ...row }: ReportRow): Report => ({
    ...row,
    span: start === null || end === null ? null : { start, end },
    text: bodies.open<string>(body) ?? '',
    note: bodies.open<string>(note) ?? '',
  })
  const find = (id: string): Report => {
    const row = byId.get(id)
    if (!row) throw notFound('report')
    return read(row)
  }

  return {
    add({ message: of, kind, span, text }, by, notice) {
      return db.atomic(() => {
        const about = messages.get(of)
        if (!about) throw notFound('answer')
        if (about.author === 'customer' || about.kind !== 'answer') throw invalid('Only an answer can be reported.')
        if (span && (span.start < 0 || span.end > about.text.length || span.start >= span.end))
          throw invalid('The sentence that is marked is not part of this answer.')
        const { customer, id: conversationId } = conversation(about.conversation)
        const before = ofMessage.all(of).find((r) => r.by === by && r.state === 'open')
        const words = [before ? read(before).text : '', text].filter(Boolean).join('\n')
        const id = before?.id ?? newId('rep')
        const body = bodies.seal(customer, words)
        const told = notice === null || before ? null : notice
        const prepared =
          told === null
            ? null
            : messages.prepare({ conversation: conversationId, author: 'vouch', kind: 'notice', turn: null, text: told }, customer)
        const event = {
          type: before ? 'report.extended' : 'report.made',
          actor: by,
          conversation: conversationId,
          turn: about.turn,
          data: { report: id, message: of, kind, start: span?.start ?? null, end: span?.end ?? null, told: prepared?.id ?? null },
          body,
          bodies: prepared ? [prepared.sealed] : [],
        }
        return db.change(event, (proof) => {
          const place = { start: span?.start ?? null, end: span?.end ?? null }
          if (before) extend(proof, { id, kind, ...place, body: body.id })
          else
            insert(proof, {
              id,
              message: of,
              conversation: conversationId,
              turn: about.turn,
              by,
              kind,
              ...place,
              body: body.id,
              at: proof.at,
            })
          return { report: find(id), message: prepared && messages.add(proof, prepared) }
        })
      })
    },
    get(id) {
      const row = byId.get(id)
      return row ? read(row) : null
    },
    list({ state, limit }) {
      const rows = state === 'open' ? open : state === 'answered' ? answered : all
      return rows.all(limit).map(read)
    },
    openCount: () => count.one().count,
    ofMessage: (message) => ofMessage.all(message).map(read),
    decide(id, { state, kind, reply, note }, staff) {
      return db.atomic(() => {
        const report = find(id)
        if (report.state !== 'open') throw conflict('This report has been answered already.')
        const { customer, id: conversationId } = conversation(report.conversation)
        const sealed = bodies.seal(customer, note)
        const prepared =
          reply === null
            ? null
            : messages.prepare({ conversation: conversationId, author: 'staff', kind: 'notice', turn: null, text: reply, staff }, customer)
        const event = {
          type: 'report.decided',
          actor: `staff:${staff}`,
          conversation: conversationId,
          turn: report.turn,
          data: { report: id, state, kind, reply: prepared?.id ?? null },
          body: sealed,
          bodies: prepared ? [prepared.sealed] : [],
        }
        return db.change(event, (proof) => {
          const message = prepared && messages.add(proof, prepared)
          close(proof, { id, state, kind, reply: message?.id ?? null, note: sealed.id, by: `staff:${staff}`, at: proof.at })
          return { report: find(id), message }
        })
      })
    },
  }
}
