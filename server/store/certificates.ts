import { millionths, sha256 } from '../audit/entry.ts'
import { conflict } from '../errors.ts'
import type { Channel, Form } from '../types.ts'
import type { Attempt, Cell, CertificateStore, Plan } from './certificate-types.ts'
import type { Fingerprint } from './label-types.ts'
import type { Parts } from './parts.ts'
import type { NoticeStore } from './proposal-types.ts'

interface CellRow {
  topic: string
  channel: Channel | '*'
  tier: string
  form: Form
}

interface PlanRow extends CellRow {
  alpha: number
  labels: number
  since: number
  place: number | null
  making: string | null
  by: string
  at: number
}

interface AttemptRow extends CellRow, Pick<Attempt, 'id' | 'number' | 'rivals' | 'since' | 'by' | 'at'> {
  alpha: number
  delta: number
  spent: number
  label_rows: number
  steps: string
  result: string | null
  fingerprint: string
}

interface SuspensionRow extends CellRow {
  audits: number
  errors: number
  since: number
}

const OF_CELL = 'topic = ? AND channel = ? AND tier = ? AND form = ?'
const key = ({ topic, channel, tier, form }: Cell): [string, string, string, string] => [topic, channel, tier, form]

/** The notice that a suspension raises, and that ends with it. */
const noticeOf = (cell: Cell): string => `suspended:${key(cell).join(':')}`

export function certificatesOf({ db, newId }: Parts, notices: NoticeStore): CertificateStore {
  const planRow = db.read<PlanRow>(
    `SELECT topic, channel, tier, form, alpha, labels, since, place, making, set_by AS by, at FROM plans WHERE ${OF_CELL} ORDER BY seq DESC LIMIT 1`,
  )
  const insertPlan = db.write(
    `INSERT INTO plans (seq, topic, channel, tier, form, alpha, labels, since, place, making, set_by, at)
     VALUES (@seq, @topic, @channel, @tier, @form, @alpha, @labels, @since, @place, @making, @by, @at)`,
  )
  const places = db.read<{ place: number; making: string }>(
    'SELECT place, making FROM plans WHERE place IS NOT NULL AND making IS NOT NULL',
  )
  const ATTEMPT = `SELECT id, topic, channel, tier, form, number, alpha, delta, spent, label_rows, steps, result, fingerprint, rivals, since,
      made_by AS by, at FROM attempts`
  const attempts = db.read<AttemptRow>(`${ATTEMPT} ORDER BY at DESC, rowid DESC`)
  const attemptsOf = db.read<AttemptRow>(`${ATTEMPT} WHERE ${OF_CELL} ORDER BY at DESC, rowid DESC`)
  const insertAttempt = db.write(
    `INSERT INTO attempts (id, topic, channel, tier, form, number, alpha, delta, spent, label_rows, steps, result, fingerprint, rivals, since, made_by, at)
     VALUES (@id, @topic, @channel, @tier, @form, @number, @alpha, @delta, @spent, @rows, @steps, @result, @fingerprint, @rivals, @since, @by, @at)`,
  )
  const off = db.read<SuspensionRow>('SELECT topic, channel, tier, form, audits, errors, since FROM suspensions WHERE resumed_at IS NULL')
  const isOff = db.read<{ id: string }>(`SELECT id FROM suspensions WHERE resumed_at IS NULL AND ${OF_CELL}`)
  const resumed = db.read<{ at: number | null }>(`SELECT max(resumed_at) AS at FROM suspensions WHERE ${OF_CELL}`)
  const switchOff = db.write(
    `INSERT INTO suspensions (id, topic, channel, tier, form, audits, errors, since)
     VALUES (@id, @topic, @channel, @tier, @form, @audits, @errors, @since)`,
  )
  const switchOn = db.write('UPDATE suspensions SET resumed_by = @by, resumed_at = @at, reason = @reason WHERE id = @id')

  return {
    plan(cell) {
      const row = planRow.get(...key(cell))
      return row ? planOf(row) : null
    },
    setPlan({ cell, alpha, labels, since, place, making }, by) {
      const data = { ...cell, alpha: millionths(alpha), labels, since, place }
      db.change({ type: 'certificate.planned', actor: by, data }, (proof) =>
        insertPlan(proof, { ...data, making: making && JSON.stringify(making), by, seq: proof.seq, at: proof.at }),
      )
    },
    places: () => places.all().map(({ place, making }) => ({ place, making: JSON.parse(making) as Fingerprint })),
    record(attempt, by) {
      const { cell, steps, result, fingerprint, ...rest } = attempt
      const id = newId('cert')
      const whole = {
        alpha: millionths(rest.alpha),
        delta: millionths(rest.delta),
        steps: JSON.stringify(steps),
        result: result && JSON.stringify(result),
        fingerprint: JSON.stringify(fingerprint),
      }
      const data = {
        certificate: id,
        ...cell,
        number: rest.number,
        alpha: whole.alpha,
        spent: millionths(rest.spent),
        labels: rest.rows,
        steps: steps.length,
        threshold: result && millionths(result.threshold),
        bound: result && millionths(result.bound),
        errors: result && result.errors,
        detail: sha256(JSON.stringify(attempt)),
      }
      return db.change({ type: result ? 'certificate.made' : 'certificate.failed', actor: by, data }, (proof) => {
        insertAttempt(proof, { ...cell, ...rest, ...whole, id, by, at: proof.at })
        return { ...attempt, id, by, at: proof.at }
      })
    },
    attempts: (cell) => (cell ? attemptsOf.all(...key(cell)) : attempts.all()).map(attemptOf),
    suspensions: () => off.all().map(({ audits, errors, since, ...cell }) => ({ cell, audits, errors, since })),
    suspend({ cell, audits, errors }, { text, href }) {
      db.atomic(() => {
        if (isOff.get(...key(cell))) return
        db.change({ type: 'sending.suspended', actor: 'system', data: { ...cell, audits, errors } }, (proof) => {
          switchOff(proof, { ...cell, id: newId('susp'), audits, errors, since: proof.at })
          notices.raise({ key: noticeOf(cell), kind: 'alarm', text, href, roles: [] })
        })
      })
    },
    resume(cell, by, reason) {
      db.atomic(() => {
        const found = isOff.get(...key(cell))
        if (!found) throw conflict('Sending by itself is not switched off here.')
        db.change({ type: 'sending.resumed', actor: by, data: { ...cell, reason: sha256(reason) } }, (proof) => {
          switchOn(proof, { id: found.id, by, reason, at: proof.at })
          notices.end(noticeOf(cell))
        })
      })
    },
    countedSince: (cell) => resumed.one(...key(cell)).at ?? 0,
  }
}

function planOf({ topic, channel, tier, form, alpha, making, ...row }: PlanRow): Plan {
  return {
    ...row,
    cell: { topic, channel, tier, form },
    alpha: alpha / 1_000_000,
    making: making === null ? null : (JSON.parse(making) as Fingerprint),
  }
}

function attemptOf({ topic, channel, tier, form, label_rows, ...row }: AttemptRow): Attempt {
  return {
    ...row,
    cell: { topic, channel, tier, form },
    alpha: row.alpha / 1_000_000,
    delta: row.delta / 1_000_000,
    rows: label_rows,
    steps: JSON.parse(row.steps) as Attempt['steps'],
    result: row.result === null ? null : (JSON.parse(row.result) as Attempt['result']),
    fingerprint: JSON.parse(row.fingerprint) as Attempt['fingerprint'],
  }
}
