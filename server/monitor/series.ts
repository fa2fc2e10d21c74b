/** What is watched: one figure of one part of the traffic, hour by hour. */
export interface Hour {
  /** ms since the epoch, at its beginning */
  at: number
  n: number
  sum: number
  /** Sum of squares; of a yes or no, the sum. */
  squares: number
}

export const METRICS = [
  'sent',
  'held',
  'declined',
  'handed-over',
  'asks-for-person',
  'asks-again',
  'upset',
  'length',
  'confidence',
  'share',
  'trouble',
] as const
/** `share`: of all questions; `trouble`: what follows an answer from an article is a repeat, an upset word, or a call for a person. */
export type Metric = (typeof METRICS)[number]

export interface Series {
  metric: Metric
  topic: string | null
  channel: string | null
  tier: string | null
  article: string | null
  /** Each message says yes or no; else a size. */
  binary: boolean
  hours: Hour[]
}

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** The rhythm of day and week: Monday to Friday, Saturday, Sunday, each in six parts of four hours (UTC); 0..17. */
export function slotOf(at: number): number {
  const day = new Date(at).getUTCDay()
  const kind = day === 0 ? 2 : day === 6 ? 1 : 0
  return kind * 6 + Math.floor((at % DAY) / (4 * HOUR))
}

export const SLOTS = 18
