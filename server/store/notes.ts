import type { Note, NoteStore } from './care-types.ts'
import { conversationOf } from './conversations.ts'
import type { Parts } from './parts.ts'

interface NoteRow extends Omit<Note, 'text' | 'by'> {
  body: string | null
  by: string | null
}

const SELECT = `SELECT n.id, n.conversation, n.turn, n.kind, n.staff, s.name AS "by", n.body, n.at
  FROM notes n LEFT JOIN staff s ON s.id = n.staff`

export function notesOf(parts: Parts): NoteStore {
  const { db, bodies, newId } = parts
  const conversation = conversationOf(parts)
  const byId = db.read<NoteRow>(`${SELECT} WHERE n.id = ?`)
  const ofConversation = db.read<NoteRow>(`${SELECT} WHERE n.conversation = ? ORDER BY n.at, n.rowid`)
  const ofTurn = db.read<NoteRow>(`${SELECT} WHERE n.turn = ? ORDER BY n.at, n.rowid`)
  const insert = db.write(
    'INSERT INTO notes (id, conversation, turn, kind, staff, body, at) VALUES (@id, @conversation, @turn, @kind, @staff, @body, @at)',
  )
  const read = ({ body, by, ...row }: NoteRow): Note => ({
    ...row,
    by: by ?? 'A former colleague',
    text: bodies.open<string>(body) ?? '',
  })
  return {
    add(note) {
      return db.atomic(() => {
        const { customer, id: conversationId } = conversation(note.conversation)
        const { turn, kind, staff } = note
        const id = newId('note')
        const body = bodies.seal(customer, note.text)
        const event = { type: 'note.written', actor: `staff:${staff}`, conversation: conversationId, turn, data: { note: id, kind }, body }
        return db.change(event, (proof) => {
          insert(proof, { id, conversation: conversationId, turn, kind, staff, body: body.id, at: proof.at })
          return read(byId.one(id))
        })
      })
    },
    of: (id) => ofConversation.all(id).map(read),
    ofTurn: (turn) => ofTurn.all(turn).map(read),
  }
}
