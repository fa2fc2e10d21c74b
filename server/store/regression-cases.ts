import { sha256 } from '../audit/entry.ts'
import { invalid, notFound } from '../errors.ts'
import { stepper } from './incident-steps.ts'
import type { CaseResult, CaseStore, RegressionCase } from './incident-types.ts'
import type { Parts } from './parts.ts'

interface CaseRow extends Omit<RegressionCase, 'mustSay' | 'mustNotSay' | 'active' | 'last'> {
  mustSay: string
  mustNotSay: string
  active: number
  result: CaseResult['result'] | null
  resultWhy: string | null
  resultAt: number | null
}

const SELECT = `SELECT id, incident, question, tier, channel, must_say AS mustSay, must_not_say AS mustNotSay, at, made_by AS "by", active, result,
    result_why AS resultWhy, result_at AS resultAt
  FROM regression_cases`

/** Questions that are asked again at every change. */
export function casesOf(parts: Parts): CaseStore {
  const { db, newId } = parts
  const step = stepper(parts)
  const byId = db.read<CaseRow>(`${SELECT} WHERE id = ?`)
  const ofIncident = db.read<CaseRow>(`${SELECT} WHERE incident = ? ORDER BY at, rowid`)
  const active = db.read<CaseRow>(`${SELECT} WHERE active = 1 ORDER BY at, rowid`)
  const insert = db.write(
    `INSERT INTO regression_cases (id, incident, question, tier, channel, must_say, must_not_say, at, made_by)
     VALUES (@id, @incident, @question, @tier, @channel, @mustSay, @mustNotSay, @at, @by)`,
  )
  const note = db.write('UPDATE regression_cases SET result = @result, result_why = @why, result_at = @at WHERE id = @id')
  const end = db.write('UPDATE regression_cases SET active = 0 WHERE id = @id')

  const find = (id: string): CaseRow => {
    const row = byId.get(id)
    if (!row) throw notFound('case')
    return row
  }

  return {
    add(incident, given, by) {
      const { question, tier, channel, mustSay, mustNotSay } = given
      if (question.trim() === '') throw invalid('Write the question that is to be asked again.')
      if (mustSay.length + mustNotSay.length === 0) throw invalid('Say what the answer must say, or what it must not say.')
      return db.atomic(() => {
        const id = newId('case')
        const texts = { question, mustSay: JSON.stringify(mustSay), mustNotSay: JSON.stringify(mustNotSay) }
        const data = { case: id, content: sha256(JSON.stringify(given)) }
        return step(incident, 'case.added', by, `To be asked at every change: ${question}`, data, (proof) => {
          insert(proof, { ...texts, id, incident, tier, channel, at: proof.at, by })
          return caseOf(byId.one(id))
        })
      })
    },
    of: (incident) => ofIncident.all(incident).map(caseOf),
    active: () => active.all().map(caseOf),
    noteResult(id, { result, why }) {
      db.atomic(() => {
        find(id)
        db.change({ type: 'case.run', actor: 'system', data: { case: id, result } }, (proof) =>
          note(proof, { id, result, why, at: proof.at }),
        )
      })
    },
    retire(id, reason, by) {
      if (reason.trim() === '') throw invalid('Say why it need not be asked any more.')
      db.atomic(() => {
        const { incident } = find(id)
        step(incident, 'case.retired', by, `No longer asked: ${reason}`, { case: id, reason: sha256(reason) }, (proof) =>
          end(proof, { id }),
        )
      })
    },
  }
}

function caseOf({ mustSay, mustNotSay, active, result, resultWhy, resultAt, ...row }: CaseRow): RegressionCase {
  return {
    ...row,
    mustSay: JSON.parse(mustSay) as string[],
    mustNotSay: JSON.parse(mustNotSay) as string[],
    active: active === 1,
    last: result === null ? null : { result, why: resultWhy ?? '', at: resultAt ?? 0 },
  }
}
