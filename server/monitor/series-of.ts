import type { ArticleHour, MeasuredHour } from '../store/alarm-types.ts'
import type { Hour, Metric, Series } from './series.ts'

type Subject = Omit<Series, 'metric' | 'binary' | 'hours'>
type Figures = (m: MeasuredHour) => Omit<Hour, 'at'>

const yes =
  (of: (m: MeasuredHour) => number): Figures =>
  (m) => ({ n: m.n, sum: of(m), squares: of(m) })

const FIGURES: { metric: Metric; binary: boolean; of: Figures }[] = [
  { metric: 'sent', binary: true, of: yes((m) => m.sent) },
  { metric: 'held', binary: true, of: yes((m) => m.held) },
  { metric: 'declined', binary: true, of: yes((m) => m.declined) },
  { metric: 'handed-over', binary: true, of: yes((m) => m.handedOver) },
  { metric: 'asks-for-person', binary: true, of: yes((m) => m.asks) },
  { metric: 'asks-again', binary: true, of: yes((m) => m.again) },
  { metric: 'upset', binary: true, of: yes((m) => m.upset) },
  { metric: 'length', binary: false, of: (m) => ({ n: m.sent, sum: m.length, squares: m.lengthSquares }) },
  { metric: 'confidence', binary: false, of: (m) => ({ n: m.scored, sum: m.confidence, squares: m.confidenceSquares }) },
]

/** Every figure of every part: of all, of each topic, of each channel and tier, of each segment, and of each article. */
export function seriesOf(measured: MeasuredHour[], articles: ArticleHour[]): Series[] {
  const inOrder = measured.toSorted((a, b) => a.at - b.at)
  const total = hoursOf(inOrder, (m) => ({ n: m.n, sum: 0, squares: 0 }))
  const parts = new Map<string, { subject: Subject; rows: MeasuredHour[] }>()
  for (const m of inOrder) {
    for (const subject of partsOf(m)) {
      const key = `${subject.topic}|${subject.channel}|${subject.tier}`
      const part = parts.get(key) ?? { subject, rows: [] }
      parts.set(key, part)
      part.rows.push(m)
    }
  }
  const figures = [...parts.values()].flatMap(({ subject, rows }) => [
    ...FIGURES.map(({ metric, binary, of }): Series => ({ metric, binary, ...subject, hours: hoursOf(rows, of) })),
    ...(subject.topic !== null && subject.channel === null
      ? [
          shareOf(
            subject,
            total,
            hoursOf(rows, (m) => ({ n: 0, sum: m.n, squares: 0 })),
          ),
        ]
      : []),
  ])
  const cited = Map.groupBy(
    articles.toSorted((a, b) => a.at - b.at),
    (a) => a.article,
  )
  const ofArticles = [...cited].flatMap(([article, rows]): Series[] => {
    const subject = { ...EVERYTHING, article }
    const trouble = rows.filter((r) => r.followed > 0).map((r) => ({ at: r.at, n: r.followed, sum: r.trouble, squares: r.trouble }))
    return [
      { metric: 'trouble', binary: true, ...subject, hours: trouble },
      shareOf(
        subject,
        total,
        rows.map((r) => ({ at: r.at, n: 0, sum: r.cited, squares: 0 })),
      ),
    ]
  })
  return [...figures, ...ofArticles]
}

/** Of all questions of an hour, those of one part. */
function shareOf(subject: Subject, total: Hour[], part: Hour[]): Series {
  const own = new Map(part.map((h) => [h.at, h.sum]))
  const hours = total.map(({ at, n }) => {
    const sum = Math.min(n, own.get(at) ?? 0)
    return { at, n, sum, squares: sum }
  })
  return { metric: 'share', binary: true, ...subject, hours }
}

/** Rows of one part, in order, added up by the hour. */
function hoursOf(rows: MeasuredHour[], of: Figures): Hour[] {
  const hours: Hour[] = []
  for (const row of rows) {
    const { n, sum, squares } = of(row)
    const last = hours.at(-1)
    if (last?.at !== row.at) hours.push({ at: row.at, n, sum, squares })
    else {
      last.n += n
      last.sum += sum
      last.squares += squares
    }
  }
  return hours
}

const EVERYTHING: Subject = { topic: null, channel: null, tier: null, article: null }

const partsOf = ({ topic, channel, tier }: MeasuredHour): Subject[] => [
  EVERYTHING,
  { ...EVERYTHING, topic },
  { ...EVERYTHING, channel, tier },
  { ...EVERYTHING, topic, channel, tier },
]
