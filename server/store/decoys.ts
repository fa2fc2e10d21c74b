import { notFound } from '../errors.ts'
import type { Decoy, DecoyStore } from './import-types.ts'
import type { Parts } from './parts.ts'

interface DecoyRow extends Omit<Decoy, 'known' | 'said' | 'by'> {
  known: number
  said: number | null
  judge: string
}

export function decoysOf({ db }: Parts): DecoyStore {
  const all = db.read<DecoyRow>('SELECT kind, turn, known, said, judge, at, seconds FROM decoys ORDER BY id')
  const newest = db.read<{ id: number }>('SELECT max(id) AS id FROM decoys')
  const byId = db.read<{ judge: string }>('SELECT judge FROM decoys WHERE id = ?')
  const remove = db.write<{ id: number }>('DELETE FROM decoys WHERE id = @id')
  const insert = db.write(
    'INSERT INTO decoys (kind, turn, known, said, judge, at, seconds) VALUES (@kind, @turn, @known, @said, @judge, @at, @seconds)',
  )
  const asNumber = (verdict: boolean | null): number | null => (verdict === null ? null : verdict ? 1 : 0)
  return {
    add({ kind, turn, known, said, seconds }, by) {
      const row = { kind, turn, known: known ? 1 : 0, said: asNumber(said), seconds: seconds === null ? null : Math.round(seconds) }
      return db.change({ type: 'decoy.judged', actor: by, data: { ...row } }, (proof) => {
        insert(proof, { ...row, judge: by, at: proof.at })
        return newest.one().id
      })
    },
    withdraw(id, by) {
      db.atomic(() => {
        if (byId.get(id)?.judge !== by) throw notFound('judgement of yours')
        db.change({ type: 'decoy.withdrawn', actor: by, data: { decoy: id } }, (proof) => remove(proof, { id }))
      })
    },
    list: () =>
      all
        .all()
        .map(({ judge, known, said, ...row }) => ({ ...row, by: judge, known: known === 1, said: said === null ? null : said === 1 })),
  }
}
