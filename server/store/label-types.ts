/** What answers scored, which of them were chosen to be judged, and what people said of them. Types only; no personal text in any of it. */
import type { Actor, Form, Segment } from '../types.ts'

export type Mistake = 'factual' | 'misread' | 'tone' | 'outdated' | 'out of scope'

/** What an answer was made by, a hash each: labels hold as long as these stay the same. */
export interface Fingerprint {
  /** The revisions in force. */
  knowledge: string
  models: string
  prompt: string
  /** Selection, checks and rules. */
  checker: string
  /** The weights that turn signals into the confidence. */
  calibration: string
}

/** One form of one answer: what it scored, whether it was sent, whether chance chose it to be judged. */
export interface ScoredAnswer {
  /** The turn; for a past question that was taken in or one that is asked again, an id of its own. */
  turn: string
  /** Only one answer of a conversation counts in a certificate. */
  conversation: string
  segment: Segment
  form: Form
  source: 'live' | 'import' | 'again'
  /** ms since the epoch; of one that is asked again, when it was first answered */
  at: number
  /** 0..1 */
  confidence: number
  /** What the confidence was computed from. */
  signals: Record<string, number>
  /** It goes out by itself if its confidence suffices: no check failed, and no other rule holds it back. */
  eligible: boolean
  sent: boolean
  /** For a quotation: the confidence of the written answer that would go out instead if it sufficed. Null: there was none. */
  rival: number | null
  /** The threshold that this written answer had to reach at the time; null for a written answer. */
  rivalFrom: number | null
  /** The probability with which it was chosen to be judged, settled before anybody saw it (0..1), and whether chance chose it. */
  probability: number
  drawn: boolean
  fingerprint: Fingerprint
  /** Asked again: the judged answer that it is the same as, whose labels hold for it. */
  labelsOf?: string
  /** Asked again: it was judged wrong before and is answered from other words since. It counts as wrong (docs/decisions/0016). */
  mended?: true
}

/** `review`: a held answer was decided; `audit`: one chosen by chance; `report`: a customer's report that staff confirmed; `import`: a past question. */
export type LabelSource = 'review' | 'audit' | 'report' | 'import'

/** One person's judgement of one form of one answer. */
export interface Label {
  id: string
  turn: string
  conversation: string
  segment: Segment
  form: Form
  /** When it was scored, 0..1. */
  confidence: number
  /** False: wrong, or its substance had to be changed. Null: this person can't tell. */
  right: boolean | null
  /** Something was changed, but in the tone alone: that is right. */
  toneOnly: boolean
  mistake: Mistake | null
  source: LabelSource
  by: Actor
  /** ms since the epoch */
  at: number
  /** Time spent on it; null when not measured. */
  seconds: number | null
  /** Null: judged because of what it was (held, reported), not chosen by chance. Only the others count in a certificate. */
  probability: number | null
  /** Somebody else had judged this answer before. */
  second: boolean
}

export interface NewLabel {
  turn: string
  form: Form
  right: boolean | null
  toneOnly?: boolean
  mistake?: Mistake | null
  source: LabelSource
  seconds?: number | null
}

export interface LabelFilter {
  form?: Form
  source?: LabelSource
  by?: Actor
  /** ms since the epoch */
  since?: number
  limit?: number
}

export interface LabelStore {
  /**
   * Notes what past questions scored that were answered for judging (`source: 'import'`; `drawn` where they are to be judged). Note all of them
   * before the first is judged: how many there are settles with how many labels the first test is made. Live turns bring theirs with their record. Errors: conflict when this form of this turn is there already.
   */
  score(answers: ScoredAnswer[], by: Actor): void
  /** What was scored, oldest first; without a label in sight. `drawn`: only what chance chose; `newest`: at most so many. */
  scored(filter: { form?: Form; source?: ScoredAnswer['source']; since?: number; drawn?: true; newest?: number }): ScoredAnswer[]
  /**
   * One transaction: the label, its log entry, and the audit that it settles. Errors: notFound when there is no such answer; conflict when the
   * same person has judged it already from the same source.
   */
  add(label: NewLabel, by: Actor): Label
  /**
   * Takes back a judgement of one's own while it is fresh (10 minutes): a wrong key was pressed. The log keeps both. An audit that it settled is
   * open again. Errors: notFound when there is none of this person; conflict when it is older.
   */
  withdraw(id: string, by: Actor): void
  /** Says what kind of mistake it was, of a judgement of one's own. Errors: notFound; conflict when it wasn't judged wrong. */
  amend(id: string, mistake: Mistake, by: Actor): Label
  /** All judgements of a turn, oldest first. */
  of(turn: string): Label[]
  /** Newest first. */
  list(filter: LabelFilter): Label[]
}

/** An answer that chance chose when it was decided, for a person to judge. */
export interface Audit {
  id: string
  turn: string
  conversation: string
  segment: Segment
  form: Form
  confidence: number
  /** False: it was held, and is judged because chance chose it among all. */
  sent: boolean
  /** With which it was chosen, 0..1. */
  probability: number
  /** How many people are to judge it. */
  judges: number
  /** How many have. */
  judged: number
  state: 'open' | 'done'
  at: number
  doneAt: number | null
}

export interface AuditStore {
  /** Oldest first while open, newest first when done. */
  list(filter: { state: Audit['state']; limit?: number }): Audit[]
  /** Open ones that this person has not judged, the oldest first, so that what is hard to judge isn't left out. */
  openFor(by: Actor, limit?: number): Audit[]
  waiting(): { open: number; oldestAt: number | null }
}
