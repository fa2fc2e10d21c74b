import type { ArticleHour, MeasuredHour, MeasureStore } from './alarm-types.ts'
import type { Parts } from './parts.ts'
import { where } from './where.ts'

/** What a turn shows that an alarm is about; `up`: that there is more of it. */
const SHOWS: Record<string, { up: string; down: string }> = {
  sent: { up: "verdict IN ('send', 'caveat')", down: "verdict NOT IN ('send', 'caveat')" },
  held: { up: "verdict = 'hold'", down: "verdict <> 'hold'" },
  declined: { up: "verdict = 'decline'", down: "verdict <> 'decline'" },
  'handed-over': { up: "verdict = 'escalate'", down: "verdict <> 'escalate'" },
  'asks-for-person': { up: 'asks = 1', down: 'asks = 0' },
  'asks-again': { up: 'again = 1', down: 'again = 0' },
  upset: { up: 'upset = 1', down: 'upset = 0' },
  trouble: { up: '(again = 1 OR upset = 1 OR asks = 1)', down: '(again = 0 AND upset = 0 AND asks = 0)' },
  length: { up: "verdict IN ('send', 'caveat')", down: "verdict IN ('send', 'caveat')" },
  confidence: { up: 'confidence > 0', down: 'confidence > 0' },
  share: { up: '1 = 1', down: '1 = 1' },
}
/** Of those that say the same, the most telling first. */
const ORDER: Record<string, { up: string; down: string }> = {
  length: { up: 'length DESC', down: 'length' },
  confidence: { up: 'confidence DESC', down: 'confidence' },
}

export function measuresOf({ db }: Parts): MeasureStore {
  const first = db.read<{ at: number | null }>('SELECT min(at) AS at FROM measures')
  const hours = db.read<MeasuredHour>(
    `SELECT at - at % 3600000 AS at, topic, channel, tier, count(*) AS n,
       sum(verdict IN ('send', 'caveat')) AS sent, sum(verdict = 'hold') AS held, sum(verdict = 'decline') AS declined,
       sum(verdict = 'escalate') AS handedOver, sum(asks) AS asks, sum(again) AS again, sum(upset) AS upset,
       sum(CASE WHEN verdict IN ('send', 'caveat') THEN length ELSE 0 END) AS length,
       sum(CASE WHEN verdict IN ('send', 'caveat') THEN length * length ELSE 0 END) AS lengthSquares,
       sum(confidence > 0) AS scored, sum(confidence / 1e6) AS confidence, sum((confidence / 1e6) * (confidence / 1e6)) AS confidenceSquares
     FROM measures WHERE at >= ? GROUP BY 1, 2, 3, 4 ORDER BY 1`,
  )
  const articleHours = db.read<ArticleHour>(
    `SELECT at, article, sum(cited) AS cited, sum(followed) AS followed, sum(trouble) AS trouble FROM (
       SELECT at - at % 3600000 AS at, article, 1 AS cited, 0 AS followed, 0 AS trouble FROM cited_articles WHERE at >= ?
       UNION ALL
       SELECT m.at - m.at % 3600000, c.article, 0, 1, (m.again OR m.upset OR m.asks)
       FROM measures m JOIN cited_articles c ON c.turn = m.after WHERE m.at >= ?
     ) GROUP BY 1, 2 ORDER BY 1`,
  )
  return {
    firstAt: () => first.one().at,
    hours: (since) => hours.all(since),
    articleHours: (since) => articleHours.all(since, since),
    examples({ metric, topic, channel, tier, article, up, since, until, limit }) {
      const way = up ? 'up' : 'down'
      const { sql, params } = where({
        'topic = ?': topic ?? undefined,
        'channel = ?': channel ?? undefined,
        'tier = ?': tier ?? undefined,
        'at >= ?': since,
        'at < ?': until,
        [`${metric === 'trouble' ? 'after' : 'turn'} IN (SELECT turn FROM cited_articles WHERE article = ?)`]: article ?? undefined,
      })
      const order = ORDER[metric]?.[way] ?? 'at DESC'
      const shows = SHOWS[metric]?.[way] ?? '1 = 1'
      return db
        .read<{ turn: string }>(`SELECT turn FROM measures ${sql} AND ${shows} ORDER BY ${order} LIMIT ?`)
        .all(...params, limit)
        .map((row) => row.turn)
    },
  }
}
