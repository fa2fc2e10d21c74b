import { millionths, sha256 } from '../audit/entry.ts'
import { conflict, notFound } from '../errors.ts'
import type { Alarm, AlarmStore } from './alarm-types.ts'
import type { Parts } from './parts.ts'
import { where } from './where.ts'

interface AlarmRow extends Omit<Alarm, 'examples' | 'also'> {
  examples: string
  also: string
}

const SELECT = `SELECT id, metric, topic, channel, tier, article, state, at, since, before / 1000000.0 AS before, after / 1000000.0 AS after,
  examples, also, outcome, reason, closed_by AS closedBy, closed_at AS closedAt FROM alarms`

export function alarmsOf({ db, newId }: Parts): AlarmStore {
  const byId = db.read<AlarmRow>(`${SELECT} WHERE id = ?`)
  const closed = db.read<AlarmRow>(`${SELECT} WHERE state = 'closed' AND topic IS ? AND article IS ? ORDER BY at`)
  const open = db.read<{ count: number }>("SELECT count(*) AS count FROM alarms WHERE state = 'open'")
  const insert = db.write(
    `INSERT INTO alarms (id, metric, topic, channel, tier, article, at, since, before, after, examples, also)
     VALUES (@id, @metric, @topic, @channel, @tier, @article, @at, @since, @before, @after, @examples, @also)`,
  )
  const close = db.write(
    "UPDATE alarms SET state = 'closed', outcome = @outcome, reason = @reason, closed_by = @by, closed_at = @at WHERE id = @id",
  )
  const read = (row: AlarmRow): Alarm => ({
    ...row,
    examples: JSON.parse(row.examples) as string[],
    also: JSON.parse(row.also) as Alarm['also'],
  })

  return {
    list({ state, limit }) {
      const { sql, params } = where({ 'state = ?': state })
      return db
        .read<AlarmRow>(`${SELECT} ${sql} ORDER BY at DESC, rowid DESC LIMIT ?`)
        .all(...params, limit)
        .map(read)
    },
    get(id) {
      const row = byId.get(id)
      return row ? read(row) : null
    },
    openCount: () => open.one().count,
    closedOf: ({ topic, article }) => closed.all(topic, article).map(read),
    raise({ metric, topic, channel, tier, article, at, since, before, after, examples, also }) {
      const id = newId('alarm')
      const figures = { since, before: millionths(before), after: millionths(after) }
      const data = { alarm: id, metric, topic, channel, tier, article, ...figures }
      return db.change({ type: 'alarm.raised', actor: 'system', data }, (proof) => {
        insert(proof, {
          id,
          metric,
          topic,
          channel,
          tier,
          article,
          at,
          ...figures,
          examples: JSON.stringify(examples),
          also: JSON.stringify(also),
        })
        return read(byId.one(id))
      })
    },
    close(id, outcome, reason, by) {
      db.atomic(() => {
        const alarm = byId.get(id)
        if (!alarm) throw notFound('alarm')
        if (alarm.state === 'closed') throw conflict('This alarm has been closed already.')
        db.change({ type: 'alarm.closed', actor: by, data: { alarm: id, outcome, reason: sha256(reason) } }, (proof) =>
          close(proof, { id, outcome, reason, by, at: proof.at }),
        )
      })
    },
  }
}
