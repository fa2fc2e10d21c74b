/** Questions of past judgements, asked again: no customer hears of the answers. Their text stays where it was; nothing of it is copied. */
import { millionths } from '../audit/entry.ts'
import { conflict, invalid, notFound } from '../errors.ts'
import type { Form, Trace } from '../types.ts'
import type { Noted } from './db.ts'
import type { ImportState } from './import-types.ts'
import { citedIn } from './imports.ts'
import type { Fingerprint } from './label-types.ts'
import type { Parts } from './parts.ts'
import { rootsOf } from './roots.ts'
import type { AskedAgain, Round, RoundCounts, RoundStore } from './round-types.ts'
import { scoring } from './scored.ts'
import { revisionsIn, staleOf } from './turn-record.ts'

interface RoundRow {
  id: string
  form: Form
  making: string
  oldest: number
  state: ImportState
  by: string
  at: number
  ended_at: number | null
}

interface QuestionRow extends AskedAgain {
  state: 'queued' | 'answered' | 'failed'
  trace: string | null
}

const QUESTION = `SELECT g.*, r.form, (SELECT count(*) FROM labels l WHERE l.turn = g.id AND l.form = r.form) AS judged
  FROM asked_again g JOIN rounds r ON r.id = g.round`
// CROSS keeps SQLite from reading all that was ever scored first.
const ANSWERS = `${QUESTION} CROSS JOIN scored s ON s.turn = g.id AND s.form = r.form AND s.eligible = 1`
/** An older round's answers are not given today any more. */
const CHANGED = `${ANSWERS} WHERE g.labels_of IS NULL AND g.mended = 0 AND r.state <> 'answering'
  AND NOT EXISTS (SELECT 1 FROM rounds n WHERE n.form = r.form AND n.rowid > r.rowid)`
const OPEN = `FROM (${CHANGED}) j WHERE judged < judges
  AND NOT EXISTS (SELECT 1 FROM labels l WHERE l.turn = j.id AND l.form = j.form AND l.judge = ?)`

export function roundsOf(parts: Parts): RoundStore {
  const { db, bodies, newId } = parts
  const roots = rootsOf(parts)
  const stale = staleOf(parts)
  const keepScores = scoring(parts)
  const all = db.read<RoundRow>('SELECT * FROM rounds ORDER BY rowid DESC')
  const underWay = db.read<RoundRow>("SELECT * FROM rounds WHERE state = 'answering' ORDER BY rowid LIMIT 1")
  const newestOf = db.read<RoundRow>('SELECT * FROM rounds WHERE form = ? ORDER BY rowid DESC LIMIT 1')
  const byId = db.read<RoundRow>('SELECT * FROM rounds WHERE id = ?')
  const questionRow = db.read<QuestionRow>(`${QUESTION} WHERE g.id = ?`)
  const queued = db.read<QuestionRow>(`${QUESTION} WHERE g.round = ? AND g.state = 'queued' ORDER BY g.place LIMIT 1`)
  const states = db.read<Pick<RoundCounts, 'total' | 'queued' | 'failed'>>(
    `SELECT count(*) AS total, count(*) FILTER (WHERE state = 'queued') AS queued, count(*) FILTER (WHERE state = 'failed') AS failed
     FROM asked_again WHERE round = ?`,
  )
  const answers = db.read<Omit<RoundCounts, 'total' | 'queued' | 'failed'>>(
    `SELECT count(*) AS answers, count(labels_of) AS same, count(*) FILTER (WHERE labels_of IS NULL AND mended = 1) AS mended,
       count(*) FILTER (WHERE labels_of IS NULL AND mended = 0 AND judged > 0) AS judged
     FROM (${ANSWERS} WHERE g.round = ?)`,
  )
  const toJudge = db.read<QuestionRow>(`SELECT * ${OPEN} ORDER BY place LIMIT ?`)
  const leftToJudge = db.read<{ count: number }>(`SELECT count(*) AS count ${OPEN}`)
  const wasMended = db.read<{ mended: number | null }>(
    'SELECT max(g.mended) AS mended FROM asked_again g JOIN rounds r ON r.id = g.round WHERE g.root = ? AND r.form = ?',
  )
  const judged = db.read<{ turn: string; wrong: number; right: number }>(
    `SELECT turn, max(verdict = 'wrong') AS wrong, max(verdict = 'right') AS right FROM labels
     WHERE form = ? AND turn IN (SELECT ? AS root UNION ALL SELECT id FROM asked_again WHERE root = ?)
     GROUP BY turn ORDER BY max(at) DESC`,
  )
  const insert = db.write('INSERT INTO rounds (id, form, making, oldest, by, at) VALUES (@id, @form, @making, @oldest, @by, @at)')
  const insertQuestion = db.write('INSERT INTO asked_again (id, round, place, root, judges) VALUES (@id, @round, @place, @root, @judges)')
  const settle = db.write(
    'UPDATE asked_again SET state = @state, trace = @trace, why = @why, labels_of = @labelsOf, mended = @mended WHERE id = @id',
  )
  const requeue = db.write("UPDATE asked_again SET state = 'queued', why = NULL WHERE round = @id AND state = 'failed'")
  const setState = db.write('UPDATE rounds SET state = @state, ended_at = @endedAt WHERE id = @id')

  const demand = (id: string): RoundRow => {
    const row = byId.get(id)
    if (!row) throw notFound('round')
    return row
  }
  const demandQuestion = (id: string): QuestionRow => {
    const row = questionRow.get(id)
    if (!row) throw notFound('question')
    return row
  }
  const full = (row: RoundRow): Round => ({ ...headOf(row), counts: { ...states.one(row.id), ...answers.one(row.id) } })
  const traceOf = (id: string): Trace | null => {
    const again = questionRow.get(id)
    return again ? bodies.open<Trace>(again.trace) : roots.trace(id)
  }
  /** Ends the round with its last question, within the transaction of that question. */
  const endWithLast = (proof: Noted, id: string): void => {
    if (queued.get(id)) return
    const { total, failed } = states.one(id)
    const { answers: made, same, mended } = answers.one(id)
    const data = { round: id, form: demand(id).form, answered: total - failed, failed, answers: made, same, mended }
    db.change({ type: 'round.finished', actor: 'system', data }, (end) => setState(end, { id, state: 'done', endedAt: proof.at }))
  }
  const fail = (row: QuestionRow, why: string): void =>
    db.change({ type: 'round.failed', actor: 'system', data: { round: row.round, question: row.id, why } }, (proof) => {
      settle(proof, { id: row.id, state: 'failed', trace: null, why, labelsOf: null, mended: 0 })
      endWithLast(proof, row.round)
    })

  return {
    roots: roots.list,
    begin({ form, making, roots: given }, by) {
      if (given.length === 0) throw invalid('There is no judged question that could be asked again.')
      const id = newId('round')
      const oldest = Math.min(...given.map((r) => r.at))
      db.change({ type: 'round.started', actor: by, data: { round: id, form, questions: given.length } }, (proof) => {
        insert(proof, { id, form, making: JSON.stringify(making), oldest, by, at: proof.at })
        for (const [place, { id: root, judges }] of given.entries())
          insertQuestion(proof, { id: newId('again'), round: id, place, root, judges })
      })
      return full(demand(id))
    },
    get(id) {
      const row = byId.get(id)
      return row ? full(row) : null
    },
    list: () => all.all().map(full),
    newest(form) {
      const row = newestOf.get(form)
      return row ? headOf(row) : null
    },
    underWay() {
      const row = underWay.get()
      return row ? headOf(row) : null
    },
    next(id) {
      for (let row = queued.get(id); row; row = queued.get(id)) {
        const asked = roots.asked(row.root)
        if (asked) return { question: questionOf(row), ...asked }
        fail(row, 'erased')
      }
      return null
    },
    question(id) {
      const row = questionRow.get(id)
      return row ? questionOf(row) : null
    },
    trace: (question) => bodies.open<Trace>(questionRow.get(question)?.trace ?? null),
    before(question) {
      const { root, form } = demandQuestion(question)
      const rows = judged.all(form, root, root)
      return {
        answers: rows.map(({ turn, wrong, right }) => ({ turn, trace: traceOf(turn), right: wrong ? false : right ? true : null })),
        mended: wasMended.one(root, form).mended === 1,
      }
    },
    answered(question, trace, scored, kept) {
      return db.atomic(() => {
        const row = demandQuestion(question)
        if (row.state !== 'queued') throw conflict('This question has its answer already.')
        const gone = stale(revisionsIn(citedIn(trace)))
        if (gone.length > 0) return { result: 'stale', revisions: gone }
        const from = roots.origin(row.root, row.form)
        const sealed = bodies.seal(from.customer, trace)
        const { verdict, form, confidence } = trace.decision
        const { round, root } = row
        const mended = kept.mended ? 1 : 0
        const said = { verdict, form, confidence: millionths(confidence), snapshot: trace.snapshot }
        const data = { round, question, root, ...said, labelsOf: kept.labelsOf, mended }
        return db.change({ type: 'round.answered', actor: 'system', data, body: sealed }, (proof) => {
          settle(proof, { id: question, state: 'answered', trace: sealed.id, why: null, labelsOf: kept.labelsOf, mended })
          const { conversation, at, probability } = from
          const drawn = (of: Form): boolean => of === row.form
          keepScores(
            proof,
            scored.map((a) => ({
              ...a,
              source: 'again',
              conversation,
              at,
              sent: false,
              drawn: drawn(a.form),
              probability: drawn(a.form) ? probability : 0,
            })),
            1,
          )
          endWithLast(proof, row.round)
          return { result: 'recorded' }
        })
      })
    },
    failed: (question, why) => db.atomic(() => fail(demandQuestion(question), why)),
    stop(id, by) {
      db.atomic(() => {
        if (demand(id).state !== 'answering') return
        const data = { round: id, left: states.one(id).queued }
        db.change({ type: 'round.stopped', actor: by, data }, (proof) => setState(proof, { id, state: 'stopped', endedAt: proof.at }))
      })
    },
    goOn(id, by) {
      db.atomic(() => {
        const { queued: waiting, failed } = states.one(demand(id).id)
        if (waiting + failed === 0) throw conflict('Every question of this round has its answer.')
        db.change({ type: 'round.resumed', actor: by, data: { round: id, again: failed } }, (proof) => {
          requeue(proof, { id })
          setState(proof, { id, state: 'answering', endedAt: null })
        })
      })
    },
    toJudge: (by, limit) => toJudge.all(by, limit).map(questionOf),
    leftToJudge: (by) => leftToJudge.one(by).count,
  }
}

const headOf = ({ ended_at, making, ...row }: RoundRow): Omit<Round, 'counts'> => ({
  ...row,
  making: JSON.parse(making) as Fingerprint,
  endedAt: ended_at,
})

const questionOf = ({ id, round, root, form, judges, judged }: QuestionRow): AskedAgain => ({ id, round, root, form, judges, judged })
