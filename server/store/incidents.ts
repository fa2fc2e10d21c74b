/** Incidents and what happened to them. Every change is an entry of the log, and a step that names it. */
import { sha256 } from '../audit/entry.ts'
import { conflict, invalid, notFound } from '../errors.ts'
import type { Actor } from '../types.ts'
import type { Noted } from './db.ts'
import { hitsOf } from './incident-hits.ts'
import { stepper } from './incident-steps.ts'
import type { ChangeKind, Incident, IncidentFacts, IncidentState, IncidentStore, Source, Step } from './incident-types.ts'
import type { Parts } from './parts.ts'
import { where } from './where.ts'

interface IncidentRow extends Omit<Incident, 'origin' | 'source' | 'spans' | 'change'> {
  originFrom: Incident['origin']['from']
  originId: string
  source: string | null
  spans: string
  changeKind: ChangeKind | null
  changeNote: string | null
}

const SELECT = `SELECT id, state, origin_from AS originFrom, origin_id AS originId, message, article, question, wrong, right, source, spans, kind, severity, topic,
    opened_by AS openedBy, opened_at AS openedAt, first_at AS firstAt, contained_at AS containedAt, corrected_at AS correctedAt,
    closed_at AS closedAt, cause, change_kind AS changeKind, change_note AS changeNote, version, changed_by AS changedBy, changed_at AS changedAt,
    (SELECT count(*) FROM incident_returns r WHERE r.incident = incidents.id) AS cameBack
  FROM incidents`

/** When a state is reached for the first time, so much is said of it in the figures. */
const MOMENT: Partial<Record<IncidentState, string>> = { contained: 'contained_at', corrected: 'corrected_at', closed: 'closed_at' }

export function incidentsOf(parts: Parts): IncidentStore {
  const { db, newId } = parts
  const step = stepper(parts)
  const byId = db.read<IncidentRow>(`${SELECT} WHERE id = ?`)
  const fromOrigin = db.read<IncidentRow>(
    `${SELECT} WHERE origin_from = ? AND origin_id = ? AND state <> 'closed' ORDER BY opened_at DESC LIMIT 1`,
  )
  const insert = db.write(
    `INSERT INTO incidents (id, origin_from, origin_id, message, article, question, wrong, right, source, spans, kind, severity, topic, opened_by, opened_at, first_at,
       changed_by, changed_at)
     VALUES (@id, @from, @origin, @message, @article, @question, @wrong, @right, @source, @spans, @kind, @severity, @topic, @by, @at, @firstAt, @by, @at)`,
  )
  const touch = 'version = version + 1, changed_by = @by, changed_at = @at'
  const rewrite = db.write(
    `UPDATE incidents SET wrong = @wrong, right = @right, source = @source, spans = @spans, kind = @kind, severity = @severity, topic = @topic, ${touch} WHERE id = @id`,
  )
  const state = db.write(`UPDATE incidents SET state = @state, ${touch} WHERE id = @id`)
  const moments = Object.entries(MOMENT).map(
    ([name, column]) => [name, db.write(`UPDATE incidents SET ${column} = coalesce(${column}, @at) WHERE id = @id`)] as const,
  )
  const reopen = db.write('UPDATE incidents SET closed_at = NULL WHERE id = @id')
  const settle = db.write('UPDATE incidents SET cause = @cause, change_kind = @kind, change_note = @note WHERE id = @id')
  const stepsOf = db.read<Step>('SELECT seq, at, actor AS by, type, note FROM incident_steps WHERE incident = ? ORDER BY seq')

  const find = (id: string): Incident => {
    const row = byId.get(id)
    if (!row) throw notFound('incident')
    return incidentOf(row)
  }
  const unchanged = (id: string, version: number): Incident => {
    const found = find(id)
    if (found.version !== version)
      throw conflict('A colleague has changed this incident since you opened it. What you wrote is still below: compare, and save again.')
    return found
  }
  const reach = (proof: Noted, id: string, to: IncidentState, by: Actor): void => {
    state(proof, { id, state: to, by, at: proof.at })
    moments.find(([name]) => name === to)?.[1](proof, { id, at: proof.at })
  }

  const unfinished = db.read<{ n: number }>("SELECT count(*) AS n FROM incidents WHERE state <> 'closed'")

  return {
    open(given, by) {
      return db.atomic(() => {
        const id = newId('inc')
        const { origin, message, article, question, firstAt, ...facts } = given
        return step(id, 'incident.opened', by, `Opened from ${WORDS[origin.from]}.`, { ...digest(facts), from: origin.from }, (proof) => {
          insert(proof, {
            ...bound(facts),
            id,
            from: origin.from,
            origin: origin.id,
            message,
            article,
            question,
            by,
            at: proof.at,
            firstAt,
          })
          return find(id)
        })
      })
    },
    get(id) {
      const row = byId.get(id)
      return row ? incidentOf(row) : null
    },
    unfinished: () => unfinished.one().n,
    list({ state: wanted, kind, severity, topic, limit = 200 }) {
      const open = wanted === 'unfinished'
      const conditions = { 'state = ?': open ? undefined : wanted, 'kind = ?': kind, 'severity = ?': severity, 'topic = ?': topic }
      const { sql, params } = where({ ...conditions, 'state <> ?': open ? 'closed' : undefined })
      return db
        .read<IncidentRow>(`${SELECT} ${sql} ORDER BY opened_at DESC, rowid DESC LIMIT ?`)
        .all(...params, limit)
        .map(incidentOf)
    },
    openedFrom({ from, id }) {
      const row = fromOrigin.get(from, id)
      return row ? incidentOf(row) : null
    },
    describe(id, facts, version, by) {
      checkFacts(facts)
      return db.atomic(() => {
        const before = unchanged(id, version)
        if (before.state === 'closed') throw conflict('This incident is closed. Open it again first.')
        return step(id, 'incident.described', by, 'What was wrong and what is right was written down.', digest(facts), (proof) => {
          rewrite(proof, { ...bound(facts), id, by, at: proof.at })
          return find(id)
        })
      })
    },
    setState(id, to, note, by) {
      return db.atomic(() => {
        const before = find(id)
        if (before.state === to) return before
        return step(id, 'incident.state', by, note, { state: to }, (proof) => {
          if (before.state === 'closed') reopen(proof, { id })
          reach(proof, id, to, by)
          return find(id)
        })
      })
    },
    close(id, { cause, change }, version, by) {
      return db.atomic(() => {
        unchanged(id, version)
        const data = { cause, change: change.kind, note: sha256(change.note) }
        return step(id, 'incident.closed', by, `Closed: ${change.note}`, data, (proof) => {
          settle(proof, { id, cause, kind: change.kind, note: change.note })
          reach(proof, id, 'closed', by)
          return find(id)
        })
      })
    },
    steps: (id) => stepsOf.all(id),
    ...hitsOf(parts, step),
  }
}

const WORDS: Record<Incident['origin']['from'], string> = {
  report: 'a report',
  review: 'a review',
  alarm: 'an alarm',
  article: 'an article',
  answer: 'an answer',
}

function checkFacts({ wrong }: IncidentFacts): void {
  if (wrong.trim() === '') throw invalid('Write down what was wrong: at least one sentence.')
}

const bound = ({ source, spans, ...facts }: IncidentFacts) => ({
  ...facts,
  spans: JSON.stringify(spans),
  source: source && JSON.stringify(source),
})

/** What stands in the log of it: digests of the statements, and the places in the articles. */
function digest({ wrong, right, source, spans, kind, severity, topic }: IncidentFacts): Record<string, unknown> {
  return { wrong: sha256(wrong), right: sha256(right), source: source && placeOf(source), spans: spans.map(placeOf), kind, severity, topic }
}

const placeOf = ({ article, revision, start, end }: Source) => ({ article, revision, start, end })

function incidentOf({ originFrom, originId, source, spans, changeKind, changeNote, ...row }: IncidentRow): Incident {
  return {
    ...row,
    origin: { from: originFrom, id: originId },
    source: source === null ? null : (JSON.parse(source) as Source),
    spans: JSON.parse(spans) as Source[],
    change: changeKind && { kind: changeKind, note: changeNote ?? '' },
  }
}
