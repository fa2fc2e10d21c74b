import type { Heard, HeardStore } from './heard-types.ts'
import type { Messages } from './messages.ts'
import type { Parts } from './parts.ts'

interface HeardRow extends Omit<Heard, 'text'> {
  body: string | null
}

/** The answers that an incident is about, with the conversations in which they were given. */
const SAID = `SELECT m.id, m.conversation, m.at FROM messages m WHERE m.id IN (
    SELECT message FROM incident_hits WHERE incident = ? AND out_reason IS NULL UNION SELECT message FROM incidents WHERE id = ?)`

export function heardOf({ db, bodies }: Parts, messages: Messages): HeardStore {
  const contradictions = db.read<HeardRow>(
    `SELECT DISTINCT s.conversation, 'contradicts' AS how, q.body, s.at
     FROM (${SAID}) a JOIN signals s ON s.conversation = a.conversation AND s.signal = 'contradicts' AND s.at >= a.at
     JOIN messages q ON q.turn = s.turn AND q.author = 'customer'`,
  )
  const reports = db.read<HeardRow>(
    `SELECT r.conversation, 'report' AS how, r.body, r.at FROM (${SAID}) a JOIN reports r ON r.message = a.id WHERE r.by LIKE 'customer:%'`,
  )
  return {
    of: (incident) =>
      [
        ...contradictions.all(incident, incident).map(({ body, ...row }) => ({ ...row, text: messages.text(body) })),
        ...reports.all(incident, incident).map(({ body, ...row }) => ({ ...row, text: bodies.open<string>(body) ?? '' })),
      ].toSorted((a, b) => a.at - b.at),
  }
}
