import { conflict, notFound } from '../errors.ts'
import type { Channel, Form } from '../types.ts'
import type { Label, LabelStore } from './label-types.ts'
import type { Parts } from './parts.ts'
import { scoredOf, scoring, type ScoredRow } from './scored.ts'
import { where } from './where.ts'

export interface LabelRow {
  id: string
  turn: string
  conversation: string
  topic: string
  channel: Channel
  tier: string
  form: Form
  confidence: number
  verdict: 'right' | 'wrong' | 'unclear'
  tone_only: number
  mistake: Label['mistake']
  source: Label['source']
  judge: string
  at: number
  seconds: number | null
  probability: number | null
  second: number
}

/** Those of one's own are changed in label-changes.ts. */
export interface Labels extends Omit<LabelStore, 'withdraw' | 'amend'> {
  /** Whether it is noted what this form of this turn scored. */
  isScored(turn: string, form: Form): boolean
}

export function labelsOf(parts: Parts): Labels {
  const { db, newId } = parts
  const keepScores = scoring(parts)
  const scoredRow = db.read<ScoredRow>('SELECT * FROM scored WHERE turn = ? AND form = ?')
  const turnRow = db.read<ScoredRow>(
    'SELECT id AS turn, form, conversation, topic, channel, tier, confidence FROM turns WHERE id = ? AND form = ?',
  )
  const ofTurn = db.read<LabelRow>('SELECT * FROM labels WHERE turn = ? ORDER BY at, rowid')
  const insert = db.write(
    `INSERT INTO labels (id, turn, conversation, topic, channel, tier, form, confidence, verdict, tone_only, mistake, source, judge, at, seconds,
       probability, second)
     VALUES (@id, @turn, @conversation, @topic, @channel, @tier, @form, @confidence, @verdict, @toneOnly, @mistake, @source, @judge, @at, @seconds,
       @probability, @second)`,
  )
  const settle = db.write(
    `UPDATE audits SET state = 'done', done_at = @at WHERE turn = @turn AND form = @form AND state = 'open'
     AND judges <= (SELECT count(DISTINCT judge) FROM labels WHERE turn = @turn AND form = @form)`,
  )

  const add: LabelStore['add'] = ({ turn, form, right, toneOnly = false, mistake = null, source, seconds = null }, by) =>
    db.atomic(() => {
      // Turns from before answers were scored have no row; they can be judged all the same, but were not chosen by chance.
      const row = scoredRow.get(turn, form) ?? turnRow.get(turn, form)
      if (!row) throw notFound('answer')
      const before = ofTurn.all(turn).filter((l) => l.form === form)
      if (before.some((l) => l.judge === by && l.source === source)) throw conflict('You have judged this answer already.')
      const id = newId('lab')
      const verdict = right === null ? 'unclear' : right ? 'right' : 'wrong'
      const probability = row.drawn === 1 ? row.probability : null
      const second = before.some((l) => l.judge !== by) ? 1 : 0
      const data = { label: id, turn, form, verdict, mistake, source, probability, second, toneOnly: toneOnly ? 1 : 0 }
      const live = row.source === 'import' || row.source === 'again' ? {} : { conversation: row.conversation, turn }
      return db.change({ type: 'answer.judged', actor: by, ...live, data }, (proof) => {
        const { conversation, topic, channel, tier, confidence } = row
        const { at } = proof
        const whole = { turn, conversation, topic, channel, tier, form, confidence, mistake, source, at, probability, second }
        const kept = {
          ...whole,
          id,
          verdict,
          judge: by,
          toneOnly: toneOnly ? 1 : 0,
          seconds: seconds === null ? null : Math.round(seconds),
        }
        insert(proof, kept)
        settle(proof, { turn, form, at })
        return labelOf({ ...kept, verdict, tone_only: kept.toneOnly })
      })
    })

  return {
    add,
    isScored: (turn, form) => scoredRow.get(turn, form) !== undefined,
    score(answers, by) {
      const [first] = answers
      if (!first) return
      db.atomic(() => {
        for (const { turn, form } of answers)
          if (scoredRow.get(turn, form)) throw conflict(`What ${turn} scored (${form}) is noted already.`)
        const data = { turns: answers.map((a) => a.turn), drawn: answers.filter((a) => a.drawn).length }
        db.change({ type: 'answers.scored', actor: by, data }, (proof) => keepScores(proof, answers, 1))
      })
    },
    scored({ form, source, since, drawn, newest = 1_000_000 }) {
      const { sql, params } = where({ 'form = ?': form, 'source = ?': source, 'at >= ?': since, 'drawn = ?': drawn && 1 })
      const again = "LEFT JOIN asked_again g ON s.source = 'again' AND g.id = s.turn"
      const rows = db
        .read<ScoredRow>(`SELECT s.*, g.labels_of, g.mended FROM scored s ${again} ${sql} ORDER BY at DESC, turn DESC LIMIT ?`)
        .all(...params, newest)
      return rows.toReversed().map(scoredOf)
    },
    of: (turn) => ofTurn.all(turn).map(labelOf),
    list({ form, source, by, since, limit = 100_000 }) {
      const { sql, params } = where({ 'form = ?': form, 'source = ?': source, 'judge = ?': by, 'at >= ?': since })
      return db
        .read<LabelRow>(`SELECT * FROM labels ${sql} ORDER BY at DESC, rowid DESC LIMIT ?`)
        .all(...params, limit)
        .map(labelOf)
    },
  }
}

export function labelOf(row: LabelRow): Label {
  const { id, turn, conversation, topic, channel, tier, form, mistake, source, at, seconds } = row
  return {
    id,
    turn,
    conversation,
    form,
    mistake,
    source,
    at,
    seconds,
    segment: { topic, channel, tier },
    confidence: row.confidence / 1_000_000,
    right: row.verdict === 'unclear' ? null : row.verdict === 'right',
    toneOnly: row.tone_only === 1,
    by: row.judge,
    probability: row.probability === null ? null : row.probability / 1_000_000,
    second: row.second === 1,
  }
}
