/** Past questions, answered for judging alone: no customer hears of them, and no figure of customers counts them. */
import { millionths } from '../audit/entry.ts'
import { conflict, invalid, notFound } from '../errors.ts'
import type { Channel, Citation, Form, Segment, Trace } from '../types.ts'
import { customersOf } from './customers.ts'
import type { Noted } from './db.ts'
import type { Fingerprint } from './label-types.ts'
import type { ImportCounts, ImportedQuestion, ImportState, ImportStore, PastImport } from './import-types.ts'
import type { Parts } from './parts.ts'
import { scoring } from './scored.ts'
import { revisionsIn, staleOf } from './turn-record.ts'

interface ImportRow {
  id: string
  customer: string
  form: Form
  channel: Channel
  tier: string
  state: ImportState
  by: string
  at: number
  ended_at: number | null
  head: string | null
}

interface QuestionRow extends ImportedQuestion {
  trace: string | null
}

interface Head {
  file: string
  texts: string[]
}

const QUESTION = `SELECT q.*, i.at AS began, i.form, (SELECT count(*) FROM labels l WHERE l.turn = q.id AND l.form = i.form) AS judged
  FROM imported q JOIN imports i ON i.id = q.import`
/**
 * Answers that are judged: of the import's own form, and such that they would go out if their confidence sufficed. CROSS keeps SQLite from
 * reading all that was ever scored first.
 */
const JUDGEABLE = `${QUESTION} CROSS JOIN scored s ON s.turn = q.id AND s.form = i.form AND s.eligible = 1`
/** Of questions that were asked again since, the newer answer is judged. */
const READY = `${JUDGEABLE} WHERE i.state <> 'answering' AND NOT EXISTS (SELECT 1 FROM asked_again g WHERE g.root = q.id)`

export function importsOf(parts: Parts): ImportStore {
  const { db, bodies, newId } = parts
  const customers = customersOf(parts)
  const stale = staleOf(parts)
  const keepScores = scoring(parts)
  const all = db.read<ImportRow>('SELECT * FROM imports ORDER BY at DESC, rowid DESC')
  const underWay = db.read<ImportRow>("SELECT * FROM imports WHERE state = 'answering' ORDER BY at, rowid LIMIT 1")
  const byId = db.read<ImportRow>('SELECT * FROM imports WHERE id = ?')
  const questionRow = db.read<QuestionRow>(`${QUESTION} WHERE q.id = ?`)
  const queued = db.read<QuestionRow>(`${QUESTION} WHERE q.import = ? AND q.state = 'queued' ORDER BY q.place LIMIT 1`)
  const states = db.read<Pick<ImportCounts, 'total' | 'queued' | 'failed'>>(
    `SELECT count(*) AS total, count(*) FILTER (WHERE state = 'queued') AS queued, count(*) FILTER (WHERE state = 'failed') AS failed
     FROM imported WHERE import = ?`,
  )
  const judging = db.read<Omit<ImportCounts, 'total' | 'queued' | 'failed'>>(
    `SELECT count(*) AS judgeable, count(*) FILTER (WHERE judged > 0) AS judged, coalesce(sum(judges), 0) AS wanted,
       coalesce(sum(min(judges, judged)), 0) AS given
     FROM (${JUDGEABLE} WHERE q.import = ?)`,
  )
  const mine = '(SELECT 1 FROM labels l WHERE l.turn = j.id AND l.form = j.form AND l.judge = ?)'
  const toJudge = db.read<QuestionRow>(
    `SELECT * FROM (${READY}) j WHERE judged < judges AND NOT EXISTS ${mine} ORDER BY began, import, place LIMIT ?`,
  )
  const segments = db.read<Segment>(
    `SELECT DISTINCT s.topic, s.channel, s.tier FROM imported q JOIN imports i ON i.id = q.import
       CROSS JOIN scored s ON s.turn = q.id AND s.form = i.form AND s.eligible = 1 WHERE q.import = ?`,
  )
  const makings = db.read<{ fingerprint: string }>(
    'SELECT DISTINCT s.fingerprint FROM imported q JOIN scored s ON s.turn = q.id WHERE q.import = ?',
  )
  const leftToJudge = db.read<{ count: number }>(`SELECT count(*) AS count FROM (${READY}) j WHERE judged < judges AND NOT EXISTS ${mine}`)
  const agreed = db.read<QuestionRow & { verdict: string }>(
    `SELECT j.*, (SELECT min(verdict) FROM labels l WHERE l.turn = j.id AND l.form = j.form) AS verdict FROM (${JUDGEABLE}) j
     WHERE judged >= 2 AND NOT EXISTS ${mine}
       AND (SELECT count(DISTINCT verdict) FROM labels l WHERE l.turn = j.id AND l.form = j.form) = 1
     ORDER BY began DESC, place LIMIT ?`,
  )
  const insert = db.write(
    'INSERT INTO imports (id, customer, form, channel, tier, by, at, head) VALUES (@id, @customer, @form, @channel, @tier, @by, @at, @head)',
  )
  const insertQuestion = db.write('INSERT INTO imported (id, import, place, line, judges) VALUES (@id, @import, @place, @line, @judges)')
  const settle = db.write('UPDATE imported SET state = @state, trace = @trace, why = @why WHERE id = @id')
  const requeue = db.write("UPDATE imported SET state = 'queued', why = NULL WHERE import = @id AND state = 'failed'")
  const setState = db.write('UPDATE imports SET state = @state, ended_at = @endedAt WHERE id = @id')

  const demand = (id: string): ImportRow => {
    const row = byId.get(id)
    if (!row) throw notFound('import')
    return row
  }
  const headOf = (row: ImportRow): Head | null => bodies.open<Head>(row.head)
  const full = (row: ImportRow): PastImport => {
    const { id, form, channel, tier, state, by, at, ended_at } = row
    const counts = { ...states.one(id), ...judging.one(id) }
    return { id, form, channel, tier, state, by, at, endedAt: ended_at, file: headOf(row)?.file ?? null, counts }
  }
  /** Ends the import with its last question, within the transaction of that question. */
  const endWithLast = (proof: Noted, id: string): void => {
    if (queued.get(id)) return
    const { total, failed } = states.one(id)
    const data = { import: id, answered: total - failed, failed }
    db.change({ type: 'import.finished', actor: 'system', data }, (end) => setState(end, { id, state: 'done', endedAt: proof.at }))
  }

  return {
    create({ file, form, channel, tier, questions, left }, by) {
      if (questions.length === 0) throw invalid('There is no question to take in.')
      const customer = customers.create(tier, by).id
      const id = newId('imp')
      const head = bodies.seal(customer, { file, texts: questions.map((q) => q.text) } satisfies Head)
      const data = {
        import: id,
        form,
        channel,
        tier,
        questions: questions.length,
        left,
        double: questions.filter((q) => q.judges > 1).length,
      }
      db.change({ type: 'import.started', actor: by, data, body: head }, (proof) => {
        insert(proof, { id, customer, form, channel, tier, by, at: proof.at, head: head.id })
        for (const [place, { line, judges }] of questions.entries())
          insertQuestion(proof, { id: newId('past'), import: id, place, line, judges })
      })
      return full(demand(id))
    },
    get(id) {
      const row = byId.get(id)
      return row ? full(row) : null
    },
    list: () => all.all().map(full),
    underWay() {
      const row = underWay.get()
      return row ? full(row) : null
    },
    next(id) {
      const row = queued.get(id)
      const text = row && headOf(demand(id))?.texts[row.place]
      if (!row || text === undefined) return null
      const { channel, tier } = demand(id)
      return { question: questionOf(row), text, channel, tier }
    },
    question(id) {
      const row = questionRow.get(id)
      return row ? questionOf(row) : null
    },
    trace: (question) => bodies.open<Trace>(questionRow.get(question)?.trace ?? null),
    segments: (id) => segments.all(id),
    texts: (id) => headOf(demand(id))?.texts ?? [],
    makings: (id) => makings.all(id).map((row) => JSON.parse(row.fingerprint) as Fingerprint),
    answered(question, trace, scored) {
      return db.atomic(() => {
        const row = questionRow.get(question)
        if (!row) throw notFound('question')
        if (row.state !== 'queued') throw conflict('This question has its answer already.')
        const gone = stale(revisionsIn(citedIn(trace)))
        if (gone.length > 0) return { result: 'stale', revisions: gone }
        const sealed = bodies.seal(demand(row.import).customer, trace)
        const { verdict, form, confidence } = trace.decision
        const data = { import: row.import, question, verdict, form, confidence: millionths(confidence), snapshot: trace.snapshot }
        return db.change({ type: 'import.answered', actor: 'system', data, body: sealed }, (proof) => {
          settle(proof, { id: question, state: 'answered', trace: sealed.id, why: null })
          keepScores(proof, scored, 1)
          endWithLast(proof, row.import)
          return { result: 'recorded' }
        })
      })
    },
    failed(question, why) {
      db.atomic(() => {
        const row = questionRow.get(question)
        if (!row) throw notFound('question')
        db.change({ type: 'import.failed', actor: 'system', data: { import: row.import, question, why } }, (proof) => {
          settle(proof, { id: question, state: 'failed', trace: null, why })
          endWithLast(proof, row.import)
        })
      })
    },
    stop(id, by) {
      db.atomic(() => {
        if (demand(id).state !== 'answering') return
        const data = { import: id, left: states.one(id).queued }
        db.change({ type: 'import.stopped', actor: by, data }, (proof) => setState(proof, { id, state: 'stopped', endedAt: proof.at }))
      })
    },
    goOn(id, by) {
      db.atomic(() => {
        const { queued: waiting, failed } = states.one(demand(id).id)
        if (waiting + failed === 0) throw conflict('Every question of this import has its answer.')
        db.change({ type: 'import.resumed', actor: by, data: { import: id, again: failed } }, (proof) => {
          requeue(proof, { id })
          setState(proof, { id, state: 'answering', endedAt: null })
        })
      })
    },
    toJudge: (by, limit) => toJudge.all(by, limit).map(questionOf),
    leftToJudge: (by) => leftToJudge.one(by).count,
    agreed: (by, limit) =>
      agreed
        .all(by, limit)
        .filter((row) => row.verdict !== 'unclear')
        .map((row) => ({ question: questionOf(row), right: row.verdict === 'right' })),
  }
}

const questionOf = ({ id, import: of, place, line, state, form, judges, judged }: QuestionRow): ImportedQuestion => ({
  id,
  import: of,
  place,
  line,
  state,
  form,
  judges,
  judged,
})

/** Everything that either form rests on. */
export const citedIn = (trace: Trace): Citation[] => [...(trace.quotation?.citations ?? []), ...trace.claims.flatMap((c) => c.evidence)]
