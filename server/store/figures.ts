import type { Verdict } from '../types.ts'
import type { Parts } from './parts.ts'
import type { FigureStore } from './types.ts'

export function figuresOf({ db }: Parts): FigureStore {
  const verdicts = db.read<{ at: number; verdict: Verdict | 'failed'; count: number }>(
    `SELECT at - at % ? AS at, CASE state WHEN 'failed' THEN 'failed' ELSE verdict END AS verdict, count(*) AS count
     FROM turns WHERE at >= ? AND state IN ('done', 'failed') GROUP BY 1, 2 ORDER BY 1, 2`,
  )
  const waiting = db.read<{ reviews: number; overdue: number; conversations: number; gaps: number }>(
    `SELECT (SELECT count(*) FROM reviews WHERE state = 'open') AS reviews,
       (SELECT count(*) FROM reviews WHERE state = 'open' AND due < ?) AS overdue,
       (SELECT count(*) FROM conversations WHERE state = 'waiting') AS conversations,
       (SELECT count(*) FROM gaps WHERE state = 'open') AS gaps`,
  )
  const feedback = db.read<{ up: number; down: number }>(
    `SELECT count(*) FILTER (WHERE feedback = 'up') AS up, count(*) FILTER (WHERE feedback = 'down') AS down
     FROM messages WHERE feedback IS NOT NULL AND feedback_at >= ?`,
  )
  return {
    verdicts: (since, bucketMs) => verdicts.all(Math.max(1, Math.round(bucketMs)), since),
    waiting: () => waiting.one(db.clock()),
    feedback: (since) => feedback.one(since),
  }
}
