/** A wrong key was pressed, or there is more to say: judgements of one's own, changed while they are fresh. The log keeps both. */
import { conflict, notFound } from '../errors.ts'
import type { LabelStore } from './label-types.ts'
import { labelOf, type LabelRow } from './labels.ts'
import type { Parts } from './parts.ts'

/** ms within which a judgement may be taken back. */
const FRESH_MS = 10 * 60_000

export function labelChangesOf({ db }: Parts): Pick<LabelStore, 'withdraw' | 'amend'> {
  const byId = db.read<LabelRow>('SELECT * FROM labels WHERE id = ?')
  const remove = db.write('DELETE FROM labels WHERE id = @id')
  const reopen = db.write(
    `UPDATE audits SET state = 'open', done_at = NULL WHERE turn = @turn AND form = @form AND state = 'done'
     AND judges > (SELECT count(DISTINCT judge) FROM labels WHERE turn = @turn AND form = @form)`,
  )
  const setMistake = db.write('UPDATE labels SET mistake = @mistake WHERE id = @id')
  const ownOf = (id: string, by: string): LabelRow => {
    const row = byId.get(id)
    if (row?.judge !== by) throw notFound('judgement of yours')
    return row
  }
  const about = ({ source, conversation, turn }: LabelRow) => (source === 'import' ? {} : { conversation, turn })

  return {
    withdraw(id, by) {
      db.atomic(() => {
        const row = ownOf(id, by)
        if (db.clock() - row.at > FRESH_MS) throw conflict('This judgement is too old to be taken back.')
        const { turn, form } = row
        db.change({ type: 'answer.judgement-withdrawn', actor: by, ...about(row), data: { label: id, turn, form } }, (proof) => {
          remove(proof, { id })
          reopen(proof, { turn, form })
        })
      })
    },
    amend(id, mistake, by) {
      return db.atomic(() => {
        const row = ownOf(id, by)
        if (row.verdict !== 'wrong') throw conflict('Only what was judged wrong has a kind of mistake.')
        const data = { label: id, turn: row.turn, form: row.form, mistake }
        return db.change({ type: 'answer.judgement-amended', actor: by, ...about(row), data }, (proof) => {
          setMistake(proof, { id, mistake })
          return labelOf({ ...row, mistake })
        })
      })
    },
  }
}
