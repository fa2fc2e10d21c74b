import { notFound } from '../errors.ts'
import type { Parts } from './parts.ts'
import type { GapStore } from './types.ts'

type Gap = ReturnType<GapStore['list']>[number]

export function gapsOf({ db }: Parts): GapStore {
  const list = db.read<Gap>('SELECT id, turn, topic, at, state FROM gaps ORDER BY at DESC, rowid DESC LIMIT ?')
  const byId = db.read<Gap>('SELECT id, turn, topic, at, state FROM gaps WHERE id = ?')
  const dismiss = db.write("UPDATE gaps SET state = 'dismissed' WHERE id = @id")
  return {
    list: (limit) => list.all(limit),
    dismiss(id, by) {
      db.atomic(() => {
        const gap = byId.get(id)
        if (!gap) throw notFound('gap')
        if (gap.state === 'open')
          db.change({ type: 'gap.dismissed', actor: by, turn: gap.turn, data: { gap: id } }, (proof) => dismiss(proof, { id }))
      })
    },
  }
}
