import { millionths, sha256 } from '../audit/entry.ts'
import { notFound } from '../errors.ts'
import type { Stepper } from './incident-steps.ts'
import type { Hit, IncidentStore } from './incident-types.ts'
import type { Parts } from './parts.ts'

interface HitRow extends Omit<Hit, 'why' | 'said' | 'out'> {
  why: string
  saidStart: number | null
  saidEnd: number | null
  outReason: string | null
  outBy: string | null
  outAt: number | null
}

const SELECT = `SELECT message, conversation, customer, channel, turn, at, via, score, why, said_start AS saidStart, said_end AS saidEnd, delivered, seen,
    came_back AS cameBack, out_reason AS outReason, out_by AS outBy, out_at AS outAt
  FROM incident_hits`

/** Whom an incident reached, and where it came back. */
export function hitsOf(
  { db }: Parts,
  step: Stepper,
): Pick<IncidentStore, 'addHits' | 'hits' | 'counts' | 'putOut' | 'noteReturn' | 'returns'> {
  const all = db.read<HitRow>(`${SELECT} WHERE incident = ? ORDER BY at, message LIMIT ?`)
  const one = db.read<HitRow>(`${SELECT} WHERE incident = ? AND message = ?`)
  const count = db.read<{ in: number; out: number; customers: number }>(
    `SELECT count(*) FILTER (WHERE out_reason IS NULL) AS "in", count(out_reason) AS out,
       count(DISTINCT CASE WHEN out_reason IS NULL THEN customer END) AS customers
     FROM incident_hits WHERE incident = ?`,
  )
  const insert = db.write(
    `INSERT INTO incident_hits (incident, message, conversation, customer, channel, turn, at, via, score, why, said_start, said_end, delivered, seen, came_back)
     VALUES (@incident, @message, @conversation, @customer, @channel, @turn, @at, @via, @score, @why, @saidStart, @saidEnd, @delivered, @seen, @cameBack)
     ON CONFLICT (incident, message) DO UPDATE SET via = excluded.via, score = excluded.score, why = excluded.why, said_start = excluded.said_start,
       said_end = excluded.said_end, delivered = excluded.delivered, seen = excluded.seen, came_back = excluded.came_back`,
  )
  const earlier = db.write('UPDATE incidents SET first_at = min(coalesce(first_at, @at), @at) WHERE id = @incident')
  const out = db.write(
    'UPDATE incident_hits SET out_reason = @reason, out_by = @by, out_at = @at WHERE incident = @incident AND message = @message',
  )
  const statement = db.read<{ wrong: string }>('SELECT wrong FROM incidents WHERE id = ?')
  const gone = db.write<{ incident: string; found: string }>(
    `DELETE FROM incident_hits WHERE incident = @incident AND out_reason IS NULL AND message NOT IN (SELECT value FROM json_each(@found))
       AND NOT EXISTS (SELECT 1 FROM corrected_messages m WHERE m.incident = incident_hits.incident AND m.message = incident_hits.message)`,
  )
  const known = db.read('SELECT 1 FROM incident_returns WHERE incident = ? AND message = ?')
  const comeBack = db.write('INSERT INTO incident_returns (incident, message, at) VALUES (@incident, @message, @at)')
  const back = db.read<{ message: string; conversation: string; at: number }>(
    `SELECT r.message, m.conversation, r.at FROM incident_returns r JOIN messages m ON m.id = r.message WHERE r.incident = ? ORDER BY r.at`,
  )

  return {
    addHits(incident, hits, by) {
      return db.atomic(() => {
        const fresh = hits.filter(({ message }) => !one.get(incident, message)).length
        const note = `${hits.length} ${hits.length === 1 ? 'answer' : 'answers'} found, ${fresh} of them new.`
        const looked = { found: hits.length, fresh, wrong: sha256(statement.get(incident)?.wrong ?? '') }
        return step(incident, 'incident.reach', by, note, looked, (proof) => {
          // Found for what was written before, and not for what is written now: they were never told this.
          gone(proof, { incident, found: JSON.stringify(hits.map((h) => h.message)) })
          for (const { why, said, score, ...hit } of hits)
            insert(proof, {
              ...hit,
              incident,
              score: millionths(score),
              why: JSON.stringify(why),
              saidStart: said?.start ?? null,
              saidEnd: said?.end ?? null,
            })
          if (hits.length > 0) earlier(proof, { incident, at: Math.min(...hits.map((h) => h.at)) })
          return fresh
        })
      })
    },
    hits: (incident, limit = -1) => all.all(incident, limit).map(hitOf),
    counts: (incident) => count.one(incident),
    putOut(incident, message, reason, by) {
      db.atomic(() => {
        if (!one.get(incident, message)) throw notFound('answer among those reached')
        const data = { message, reason: reason === null ? null : sha256(reason) }
        const note = reason === null ? 'An answer was put back in.' : `An answer was put out: ${reason}`
        step(incident, reason === null ? 'incident.hit-in' : 'incident.hit-out', by, note, data, (proof) =>
          out(proof, { incident, message, reason, by: reason === null ? null : by, at: reason === null ? null : proof.at }),
        )
      })
    },
    noteReturn(incident, message) {
      db.atomic(() => {
        if (known.get(incident, message)) return
        step(incident, 'incident.came-back', 'system', 'It was said again.', { message }, (proof) =>
          comeBack(proof, { incident, message, at: proof.at }),
        )
      })
    },
    returns: (incident) => back.all(incident),
  }
}

function hitOf({ why, saidStart, saidEnd, outReason, outBy, outAt, score, ...row }: HitRow): Hit {
  return {
    ...row,
    score: score / 1_000_000,
    why: JSON.parse(why) as string[],
    said: saidStart === null || saidEnd === null ? null : { start: saidStart, end: saidEnd },
    out: outReason === null ? null : { reason: outReason, by: outBy ?? '', at: outAt ?? 0 },
  }
}
