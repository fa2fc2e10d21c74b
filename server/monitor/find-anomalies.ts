import { blocksOf, findChange, type Change } from './detector.ts'
import type { Series } from './series.ts'

const DAY = 24 * 3_600_000
/** Learned from before anything is said. */
export const LEARNING_DAYS = 14
/** What is usual is learned anew every so many days, from at most twice as many. */
export const CYCLE_DAYS = 28

export interface Cycle {
  learnFrom: number
  from: number
}

/** The cycle that `now` is in: learned from what was before, watched since. Null while there is too little to learn from. */
export function cycleAt(firstAt: number | null, now: number): Cycle | null {
  if (firstAt === null) return null
  const first = Math.floor(firstAt / DAY) * DAY
  const begin = first + LEARNING_DAYS * DAY
  if (now < begin) return null
  const from = begin + Math.floor((now - begin) / (CYCLE_DAYS * DAY)) * CYCLE_DAYS * DAY
  return { learnFrom: Math.max(first, from - 2 * CYCLE_DAYS * DAY), from }
}

export interface Anomaly {
  series: Series
  change: Change
}

/**
 * Every series that changed in this cycle. The limit is the number of blocks that all of them together are expected to have in a cycle (with a
 * tenth to spare), so at most one false alarm is expected in it, over all series. `rest` is awaited between series: others may work meanwhile.
 */
export async function findAnomalies(
  all: Series[],
  { learnFrom, from }: Cycle,
  rest: () => Promise<void> = () => Promise.resolve(),
): Promise<{ anomalies: Anomaly[]; watched: number; limit: number }> {
  const days = Math.max(1, (from - learnFrom) / 2 / DAY)
  const watched: Series[] = []
  let expected = 0
  for (const series of all) {
    const blocks = blocksOf(series.hours, learnFrom, from)
    if (blocks === 0) continue
    watched.push(series)
    expected += (blocks / days) * CYCLE_DAYS
  }
  const limit = Math.max(100, 1.1 * expected)
  const anomalies: Anomaly[] = []
  for (const series of watched) {
    const change = findChange(series.hours, series.binary, learnFrom, from, limit)
    if (change) anomalies.push({ series, change })
    await rest()
  }
  return { anomalies, watched: watched.length, limit }
}
