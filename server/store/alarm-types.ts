/** Figures of what was answered, hour by hour, and the alarms that they gave. Types only; no personal text in any of it. */
import type { Actor } from '../types.ts'

/** All turns of one hour, topic, channel and tier. */
export interface MeasuredHour {
  /** ms since the epoch, at its beginning */
  at: number
  topic: string
  channel: string
  tier: string
  n: number
  sent: number
  held: number
  declined: number
  handedOver: number
  asks: number
  again: number
  upset: number
  /** Of what was sent: characters, and their squares. */
  length: number
  lengthSquares: number
  /** Of turns that scored: how many, 0..1 each, and their squares. */
  scored: number
  confidence: number
  confidenceSquares: number
}

/** One hour of one article: answers that cite it, and what came after them. */
export interface ArticleHour {
  at: number
  article: string
  cited: number
  /** Messages that followed such an answer, and those of them that showed trouble. */
  followed: number
  trouble: number
}

export interface MeasureStore {
  /** ms of the first turn that was measured; null: none. */
  firstAt(): number | null
  hours(since: number): MeasuredHour[]
  articleHours(since: number): ArticleHour[]
  /** Turns that show what an alarm is about, newest first. */
  examples(of: AlarmSubject & { up: boolean; since: number; until: number; limit: number }): string[]
}

export interface AlarmSubject {
  metric: string
  topic: string | null
  channel: string | null
  tier: string | null
  article: string | null
}

/** `normal`: it is how things are now; `mended`: it was put right, and what happened meanwhile is left out of the reference. */
export type AlarmOutcome = 'normal' | 'mended'

export interface Alarm extends AlarmSubject {
  id: string
  state: 'open' | 'closed'
  /** ms since the epoch */
  at: number
  /** When the change probably began. */
  since: number
  before: number
  after: number
  /** Ids of turns. */
  examples: string[]
  /** What else changed at the same time in the same part. */
  also: (AlarmSubject & { before: number; after: number })[]
  outcome: AlarmOutcome | null
  reason: string | null
  closedBy: Actor | null
  closedAt: number | null
}

export interface AlarmStore {
  list(filter: { state?: Alarm['state']; limit: number }): Alarm[]
  get(id: string): Alarm | null
  openCount(): number
  raise(alarm: Pick<Alarm, keyof AlarmSubject | 'at' | 'since' | 'before' | 'after' | 'examples' | 'also'>): Alarm
  /** Closed ones of a topic or an article (both null: of everything), oldest first. */
  closedOf(part: Pick<AlarmSubject, 'topic' | 'article'>): Alarm[]
  /** Errors: notFound, conflict when it is closed already. */
  close(id: string, outcome: AlarmOutcome, reason: string, by: Actor): void
}
