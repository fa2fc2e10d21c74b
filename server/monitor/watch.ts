/** The watch over patterns: looks at the record every so often, and raises an alarm where something behaves differently. */
import type { Alarm, AlarmStore, AlarmSubject, MeasureStore } from '../store/alarm-types.ts'
import type { NoticeStore } from '../store/proposal-types.ts'
import type { Logger } from '../log.ts'
import { cycleAt, findAnomalies, LEARNING_DAYS, type Anomaly } from './find-anomalies.ts'
import { seriesOf } from './series-of.ts'
import type { Series } from './series.ts'
import { subjectWords } from './words.ts'

export interface Watch {
  /** Looks once; what it raised. Never two at a time: a second call waits for the first and gives its result. */
  look(): Promise<Alarm[]>
  status(): { watched: number; lookedAt: number | null; learnsUntil: number | null }
  close(): Promise<void>
}

interface Needs {
  store: { measures: MeasureStore; alarms: AlarmStore; notices: Pick<NoticeStore, 'raise'> }
  clock: () => number
  log: Logger
  /** ms between looks; 0: only when told. */
  everyMs: number
  /** A topic's or article's id as people call it. */
  nameOf: (kind: 'topic' | 'article', id: string) => string
}

const DAY = 24 * 3_600_000
const EXAMPLES = 8
/** ms after the start: a house that is started again and again looks too. */
const FIRST_LOOK_MS = 60_000
const SAME_EVENT = 7 * DAY

export function createWatch({ store, clock, log, everyMs, nameOf }: Needs): Watch {
  let looking: Promise<Alarm[]> | null = null
  let closed = false
  let seen: { watched: number; lookedAt: number | null } = { watched: 0, lookedAt: null }
  const ticking = everyMs > 0 ? setInterval(() => void look().catch(trouble), everyMs).unref() : null
  const first = everyMs > 0 ? setTimeout(() => void look().catch(trouble), Math.min(everyMs, FIRST_LOOK_MS)).unref() : null

  async function look(): Promise<Alarm[]> {
    looking ??= lookOnce().finally(() => (looking = null))
    return looking
  }

  async function lookOnce(): Promise<Alarm[]> {
    const now = clock()
    const cycle = cycleAt(store.measures.firstAt(), now)
    if (!cycle) return []
    // The hour that is under way is not whole yet.
    const whole = <T extends { at: number }>(hours: T[]): T[] => hours.filter((h) => h.at + 3_600_000 <= now)
    const all = seriesOf(whole(store.measures.hours(cycle.learnFrom)), whole(store.measures.articleHours(cycle.learnFrom)))
    const { anomalies, watched } = await findAnomalies(
      all.map(settled).filter((s) => s.hours.length > 0),
      cycle,
      breathe,
    )
    seen = { watched, lookedAt: now }
    if (closed) return []
    return grouped(anomalies).flatMap((group) => raise(group))
  }

  /** What staff said of earlier alarms: how things are now is learned anew from there, or what was put right is left out. */
  function settled(series: Series): Series {
    const hours = store.alarms
      .closedOf(subjectOf(series))
      .reduce(
        (left, { outcome, since, closedAt }) =>
          left.filter((h) => h.at >= (outcome === 'normal' ? since : (closedAt ?? since)) || (outcome === 'mended' && h.at < since)),
        series.hours,
      )
    return { ...series, hours }
  }

  /** One alarm for all that changed in one part: the strongest, with the others beside it. */
  function raise(group: Anomaly[]): Alarm[] {
    const [first, ...others] = group
    if (!first) return []
    const { series, change } = first
    const subject = subjectOf(series)
    const known = store.alarms
      .list({ state: 'open', limit: 500 })
      .some((a) => partOf(a) === partOf(subject) && Math.abs(a.since - change.since) < SAME_EVENT)
    if (known) return []
    const up = change.after > change.before
    const alarm = store.alarms.raise({
      ...subject,
      at: change.at,
      since: change.since,
      before: change.before,
      after: change.after,
      examples: store.measures.examples({ ...subject, up, since: change.since, until: change.at, limit: EXAMPLES }),
      also: others.slice(0, 6).map((a) => ({ ...subjectOf(a.series), before: a.change.before, after: a.change.after })),
    })
    store.notices.raise({
      key: `alarm:${alarm.id}`,
      kind: 'alarm',
      text: subjectWords(alarm, nameOf),
      href: `/console/alarms/${alarm.id}`,
    })
    return [alarm]
  }

  const trouble = (error: unknown): void => log.error({ err: String(error) }, 'the watch over patterns could not look')

  return {
    look,
    status() {
      const firstAt = store.measures.firstAt()
      const learnsUntil = firstAt === null ? null : Math.floor(firstAt / DAY) * DAY + LEARNING_DAYS * DAY
      return { ...seen, learnsUntil: learnsUntil !== null && learnsUntil > clock() ? learnsUntil : null }
    },
    async close() {
      closed = true
      if (ticking) clearInterval(ticking)
      if (first) clearTimeout(first)
      await looking?.catch(trouble)
    },
  }
}

const subjectOf = ({ metric, topic, channel, tier, article }: AlarmSubject): AlarmSubject => ({ metric, topic, channel, tier, article })
const partOf = ({ topic, article }: AlarmSubject): string => `${topic ?? '*'}|${article ?? '*'}`

/** By topic or article, the strongest evidence first in each. */
function grouped(anomalies: Anomaly[]): Anomaly[][] {
  const parts = Map.groupBy(
    anomalies.toSorted((a, b) => b.change.evidence - a.change.evidence),
    (a) => partOf(a.series),
  )
  return [...parts.values()]
}

/** Others may work between two series. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
