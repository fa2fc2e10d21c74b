/** To which threads a correction goes, and how it fared in each. */
import { sha256 } from '../audit/entry.ts'
import { conflict, notFound } from '../errors.ts'
import type { Actor } from '../types.ts'
import type { Correction, CorrectionCounts, CorrectionStore, Recipient } from './correction-types.ts'
import type { Noted } from './db.ts'
import type { Stepper } from './incident-steps.ts'
import type { Messages } from './messages.ts'
import type { Parts } from './parts.ts'

interface ThreadRow extends Omit<Recipient, 'called'> {
  calledAt: number | null
  calledBy: Actor | null
  calledNote: string | null
}

const SELECT = `SELECT t.correction, t.conversation, t.customer, t.channel, t.state, t.message, t.sent_at AS sentAt, t.opened_at AS openedAt,
    t.opened_by AS openedBy, t.reminders, t.reminded_at AS remindedAt, t.called_at AS calledAt, t.called_by AS calledBy, t.called_note AS calledNote,
    (SELECT count(*) FROM corrected_messages m WHERE m.correction = t.correction AND m.conversation = t.conversation) AS answers,
    (SELECT min(o.delivered_at) FROM outbox o WHERE o.message = t.message) AS delivered,
    (SELECT o.why FROM outbox o WHERE o.message = t.message AND o.given_up_at IS NOT NULL ORDER BY o.id DESC LIMIT 1) AS undelivered
  FROM correction_threads t`

type Threads = Pick<
  CorrectionStore,
  'begin' | 'behind' | 'unopened' | 'waiting' | 'deliver' | 'opened' | 'remind' | 'called' | 'recipients' | 'counts' | 'uncorrected'
>

export function correctionThreadsOf(
  parts: Parts,
  messages: Messages,
  { find, step }: { find: (id: string) => Correction; step: Stepper },
): Threads {
  const { db, keys } = parts
  const hits = db.read<{ message: string; conversation: string; customer: string; channel: string }>(
    `SELECT message, conversation, customer, channel FROM incident_hits h WHERE incident = ? AND out_reason IS NULL
       AND NOT EXISTS (SELECT 1 FROM corrected_messages m WHERE m.incident = h.incident AND m.message = h.message) ORDER BY at, message`,
  )
  const lookedFor = db.read<{ wrong: string | null }>(
    `SELECT l.data ->> 'wrong' AS wrong FROM incident_steps s JOIN log l ON l.seq = s.seq
     WHERE s.incident = ? AND s.type = 'incident.reach' ORDER BY s.seq DESC LIMIT 1`,
  )
  const addMessage = db.write(
    'INSERT INTO corrected_messages (incident, message, correction, conversation) VALUES (@incident, @message, @correction, @conversation)',
  )
  const addThread = db.write(
    `INSERT INTO correction_threads (correction, conversation, customer, channel) VALUES (@correction, @conversation, @customer, @channel)
     ON CONFLICT DO NOTHING`,
  )
  const state = db.write('UPDATE corrections SET state = @state WHERE id = @id')
  const waiting = db.read<{ correction: string; conversation: string }>(
    "SELECT correction, conversation FROM correction_threads WHERE state = 'waiting' ORDER BY rowid LIMIT ?",
  )
  const unopened = db.read<{ conversation: string; message: string }>(
    `SELECT conversation, message FROM correction_threads
     WHERE customer = ? AND channel = 'portal' AND state = 'sent' AND opened_at IS NULL ORDER BY sent_at, rowid`,
  )
  const left = db.read<{ n: number }>("SELECT count(*) AS n FROM correction_threads WHERE correction = ? AND state = 'waiting'")
  const one = db.read<ThreadRow>(`${SELECT} WHERE t.correction = ? AND t.conversation = ?`)
  const byMessage = db.read<ThreadRow>(`${SELECT} WHERE t.message = ?`)
  const all = db.read<ThreadRow>(`${SELECT} WHERE t.correction = ? ORDER BY t.opened_at IS NOT NULL, t.sent_at, t.rowid LIMIT ?`)
  const counts = db.read<CorrectionCounts>(
    `SELECT count(*) AS threads, count(*) FILTER (WHERE state = 'sent') AS sent, count(*) FILTER (WHERE state = 'gone') AS gone,
       count(*) FILTER (WHERE EXISTS (SELECT 1 FROM outbox o WHERE o.message = t.message AND o.delivered_at IS NOT NULL)) AS delivered,
       count(*) FILTER (WHERE EXISTS (SELECT 1 FROM outbox o WHERE o.message = t.message AND o.given_up_at IS NOT NULL)) AS undelivered,
       count(opened_at) AS opened, count(called_at) AS called
     FROM correction_threads t WHERE correction = ?`,
  )
  const setSent = db.write(
    "UPDATE correction_threads SET state = 'sent', message = @message, sent_at = @at WHERE correction = @correction AND conversation = @conversation",
  )
  const setGone = db.write("UPDATE correction_threads SET state = 'gone' WHERE correction = @correction AND conversation = @conversation")
  const link = db.write(
    'UPDATE corrected_messages SET correcting = @message WHERE correction = @correction AND conversation = @conversation AND correcting IS NULL',
  )
  const open = db.write('UPDATE correction_threads SET opened_at = @at, opened_by = @by WHERE message = @message AND opened_at IS NULL')
  const reminded = db.write(
    'UPDATE correction_threads SET reminders = reminders + 1, reminded_at = @at WHERE correction = @correction AND conversation = @conversation',
  )
  const call = db.write(
    `UPDATE correction_threads SET called_at = @at, called_by = @by, called_note = @note
     WHERE correction = @correction AND conversation = @conversation`,
  )
  const post = db.write<{ way: string; conversation: string; message: string; at: number }>(
    'INSERT INTO outbox (channel, conversation, message, next_at) VALUES (@way, @conversation, @message, @at)',
  )
  const correcting = db.write(
    "UPDATE incidents SET state = 'correcting', version = version + 1 WHERE id = @id AND state IN ('open', 'contained')",
  )
  const corrected = db.write(
    "UPDATE incidents SET state = 'corrected', corrected_at = coalesce(corrected_at, @at), version = version + 1 WHERE id = @id AND state <> 'closed'",
  )
  const approver = (correction: Correction): string | null => correction.approvedBy?.replace(/^staff:/, '') ?? null

  /** After the last thread. */
  const finish = (proof: Noted, { id, incident }: Correction): void => {
    if (left.one(id).n > 0) return
    state(proof, { id, state: 'sent' })
    corrected(proof, { id: incident, at: proof.at })
  }
  const sentThread = (correction: string, conversation: string): ThreadRow => {
    const row = one.get(correction, conversation)
    if (!row || row.message === null) throw notFound('correction that was sent')
    return row
  }

  return {
    begin(id, by) {
      return db.atomic(() => {
        const { incident, state: now, wrong } = find(id)
        if (now !== 'approved' && now !== 'sending' && now !== 'sent') throw conflict('It has to be approved by a second person first.')
        const found = hits.all(incident)
        const threads = new Set(found.map((h) => h.conversation)).size
        if (found.length === 0) return 0
        if ((lookedFor.get(incident)?.wrong ?? sha256(wrong)) !== sha256(wrong))
          throw conflict('Those found were told something else than this letter puts right. Look again for whom it reached, then send.')
        const note = `Sending begins: ${threads} ${threads === 1 ? 'thread' : 'threads'} with ${found.length} wrong answers.`
        return step(incident, 'correction.begun', by, note, { correction: id, answers: found.length, threads }, (proof) => {
          for (const { message, conversation, customer, channel } of found) {
            addMessage(proof, { incident, message, correction: id, conversation })
            addThread(proof, { correction: id, conversation, customer, channel })
          }
          state(proof, { id, state: 'sending' })
          correcting(proof, { id: incident })
          for (const { conversation } of found) linkToEarlier(proof, id, conversation)
          finish(proof, find(id))
          return threads
        })
      })
    },
    waiting: (limit) => waiting.all(limit),
    deliver(correction, conversation, ways) {
      return db.atomic(() => {
        const row = one.get(correction, conversation)
        if (row?.state !== 'waiting') return null
        const found = find(correction)
        const { incident, text } = found
        if (!keys.of(row.customer)) {
          step(
            incident,
            'correction.unreachable',
            'system',
            'A customer was erased and can’t be told.',
            { correction, conversation },
            (proof) => {
              setGone(proof, { correction, conversation })
              finish(proof, found)
            },
          )
          return null
        }
        const prepared = messages.prepare(
          { conversation, author: 'staff', kind: 'notice', turn: null, text, staff: approver(found) },
          row.customer,
        )
        const data = { incident, correction, message: prepared.id, ways }
        return db.change({ type: 'correction.sent', actor: 'system', conversation, data, body: prepared.sealed }, (proof) => {
          const { id } = messages.add(proof, prepared)
          for (const way of ways) post(proof, { way, conversation, message: id, at: proof.at })
          setSent(proof, { correction, conversation, message: id, at: proof.at })
          link(proof, { correction, conversation, message: id })
          finish(proof, found)
          return messages.get(id)
        })
      })
    },
    opened(message, by) {
      db.atomic(() => {
        const row = byMessage.get(message)
        if (!row || row.openedAt !== null) return
        const { correction, conversation, customer } = row
        const event = { type: 'correction.opened', actor: `customer:${customer}`, conversation, data: { correction, message, by } }
        db.change(event, (proof) => open(proof, { message, at: proof.at, by }))
      })
    },
    unopened: (customer) => unopened.all(customer),
    remind(correction, conversation, ways, by) {
      db.atomic(() => {
        const { message } = sentThread(correction, conversation)
        const event = { type: 'correction.reminded', actor: by, conversation, data: { correction, message, ways } }
        db.change(event, (proof) => {
          for (const way of ways) post(proof, { way, conversation, message: message ?? '', at: proof.at })
          reminded(proof, { correction, conversation, at: proof.at })
        })
      })
    },
    called(correction, conversation, note, by) {
      db.atomic(() => {
        sentThread(correction, conversation)
        const { incident } = find(correction)
        step(incident, 'correction.called', by, 'A customer was called.', { correction, conversation, note: sha256(note) }, (proof) =>
          call(proof, { correction, conversation, note, by, at: proof.at }),
        )
      })
    },
    recipients: (correction, limit = -1) => all.all(correction, limit).map(recipientOf),
    counts: (correction) => counts.one(correction),
    behind(message) {
      const row = byMessage.get(message)
      return row ? { ...find(row.correction), reminders: row.reminders } : null
    },
    uncorrected: (incident) => hits.all(incident).length,
  }

  /** A thread that was told already, in which another wrong answer turned up: that one is put right by the same message. */
  function linkToEarlier(proof: Noted, correction: string, conversation: string): void {
    const { message } = one.get(correction, conversation) ?? {}
    if (message) link(proof, { correction, conversation, message })
  }
}

function recipientOf({ calledAt, calledBy, calledNote, ...row }: ThreadRow): Recipient {
  return { ...row, called: calledAt === null ? null : { at: calledAt, by: calledBy ?? '', note: calledNote ?? '' } }
}
