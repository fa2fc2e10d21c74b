/** What was found wrong, whom it reached, and what must not be said of it again. Types only. Statements stand here with personal data masked. */
import type { Span } from '../../kb/types.ts'
import type { Actor, Channel } from '../types.ts'
import type { ContactStore, CorrectionStore } from './correction-types.ts'
import type { Mistake } from './label-types.ts'
import type { RevisionSpan, ToldAnswer } from './reach-types.ts'

/** Reached in this order; a closed one can be opened again. */
export type IncidentState = 'open' | 'contained' | 'correcting' | 'corrected' | 'closed'

export type Severity = 'low' | 'medium' | 'high'

export type Cause =
  | 'article-missing'
  | 'article-wrong'
  | 'article-outdated'
  | 'article-contradicts'
  | 'search'
  | 'generation'
  | 'check'
  | 'threshold'
  | 'scope'
  | 'tone'

/** What was changed so that it can't happen again. `phrase`: the statement stays quarantined for good. */
export type ChangeKind = 'article' | 'threshold' | 'scope' | 'phrase' | 'label'

/** What the incident was opened from, and its id there. */
export interface Origin {
  from: 'report' | 'review' | 'alarm' | 'article' | 'answer'
  id: string
}

/** Words of an article. */
export interface Source extends RevisionSpan {
  article: string
  title: string
  quote: string
}

/** What staff say about it, and may change while it is not closed. */
export interface IncidentFacts {
  /** What was said and is wrong: one sentence or a few; empty while nobody has said which. */
  wrong: string
  /** What is right; empty while nobody knows. */
  right: string
  /** Where that stands; null: in no article. */
  source: Source | null
  /** Where the wrong words stand in the articles; empty: no article says it. */
  spans: Source[]
  kind: Mistake
  severity: Severity
  topic: string
}

export interface Incident extends IncidentFacts {
  id: string
  state: IncidentState
  origin: Origin
  /** The answer or the article that it is about, where it was opened from neither itself. */
  message: string | null
  article: string | null
  /** The question that it was said in answer to, personal data masked; empty: none. */
  question: string
  openedBy: Actor
  openedAt: number
  /** When it was first said to somebody, as far as is known. */
  firstAt: number | null
  containedAt: number | null
  correctedAt: number | null
  closedAt: number | null
  cause: Cause | null
  change: { kind: ChangeKind; note: string } | null
  /** Answers that said it again after it had been closed. */
  cameBack: number
  /** Goes up with every change: who writes names the one that they read. */
  version: number
  changedBy: Actor
  changedAt: number
}

export type NewIncident = IncidentFacts & Pick<Incident, 'origin' | 'message' | 'article' | 'question' | 'firstAt'>

/** One thing that happened to an incident: an entry of the log, in words. */
export interface Step {
  seq: number
  at: number
  by: Actor
  type: string
  note: string
}

/** One answer that carried the mistake, whom it reached, and why it is in. */
export interface Hit extends ToldAnswer {
  /** `passage`: it cites the wrong words; `claim`: it says the same, whatever it cites. */
  via: 'passage' | 'claim'
  /** How sure it is that the answer says it, 0..1. */
  score: number
  /** In words for a support lead, most telling first. */
  why: string[]
  /** The sentence or sentences of the message that say it; null when it is in by its citation alone. */
  said: Span | null
  /** ms since the epoch; null while it is not delivered */
  delivered: number | null
  /** The first sign that the customer has read it: rated or reported it, or wrote after it. Null: there is none. */
  seen: number | null
  /** When the customer wrote again, in any conversation. */
  cameBack: number | null
  /** Why it was put out; null: it is in. */
  out: { reason: string; by: Actor; at: number } | null
}

export type NewHit = Omit<Hit, 'out'>

/** What nothing may be answered from: these words wherever they stand, this article, this statement from wherever, this topic without a person. */
export interface Quarantine {
  id: string
  incident: string
  kind: 'words' | 'article' | 'claim' | 'topic'
  /** The words, the article's id, the statement, the topic's id. */
  what: string
  since: number
  by: Actor
  /** Position in the log: a turn that began before it has to begin again. */
  seq: number
  lifted: { by: Actor; at: number; reason: string } | null
}

/** A question that is asked again at every change: what must and must not be in the answer. */
export interface RegressionCase {
  id: string
  incident: string
  question: string
  tier: string
  channel: Channel
  /** Each must stand in an answer that is sent. */
  mustSay: string[]
  /** None may be stated in an answer that is sent, in whatever words. */
  mustNotSay: string[]
  at: number
  by: Actor
  active: boolean
  last: CaseResult | null
}

/** `held`: nothing wrong was sent, and nothing right either. */
export interface CaseResult {
  result: 'right' | 'held' | 'wrong' | 'failed'
  why: string
  at: number
}

export interface IncidentFilter {
  state?: IncidentState | 'unfinished'
  kind?: Mistake
  severity?: Severity
  topic?: string
  limit?: number
}

export interface IncidentStore {
  open(incident: NewIncident, by: Actor): Incident
  get(id: string): Incident | null
  /** The newest first. */
  list(filter: IncidentFilter): Incident[]
  /** How many are not closed. */
  unfinished(): number
  /** The one that was opened from this and is not closed. */
  openedFrom(origin: Origin): Incident | null
  /** Errors: conflict when somebody has changed it since `version`. */
  describe(id: string, facts: IncidentFacts, version: number, by: Actor): Incident
  setState(id: string, state: IncidentState, note: string, by: Actor): Incident
  close(id: string, closing: { cause: Cause; change: NonNullable<Incident['change']> }, version: number, by: Actor): Incident
  steps(id: string): Step[]
  /** Adds those that are new, and what has become of the others; takes out those that are not found any more, unless they were put right or put out. Returns how many are new. */
  addHits(id: string, hits: NewHit[], by: Actor): number
  /** Oldest first. */
  hits(id: string, limit?: number): Hit[]
  /** Answers that are in and that were put out; customers whom those that are in reached. */
  counts(id: string): { in: number; out: number; customers: number }
  /** Null puts it back in. */
  putOut(id: string, message: string, reason: string | null, by: Actor): void
  /** An answer said it again although the incident was closed. */
  noteReturn(id: string, message: string): void
  returns(id: string): { message: string; conversation: string; at: number }[]
}

export interface QuarantineStore {
  set(incident: string, quarantine: Pick<Quarantine, 'kind' | 'what'>, by: Actor): Quarantine
  lift(id: string, reason: string, by: Actor): void
  active(): Quarantine[]
  of(incident: string): Quarantine[]
  /** Position in the log of the newest that was ever set; 0: none was. */
  stamp(): number
  /** These open reviews use what is quarantined: they are free again, and say so. */
  mark(id: string, reviews: string[]): void
}

export interface CaseStore {
  add(incident: string, given: Pick<RegressionCase, 'question' | 'tier' | 'channel' | 'mustSay' | 'mustNotSay'>, by: Actor): RegressionCase
  of(incident: string): RegressionCase[]
  active(): RegressionCase[]
  noteResult(id: string, result: Omit<CaseResult, 'at'>): void
  retire(id: string, reason: string, by: Actor): void
}

/** The part of the store for what was found wrong. */
export interface RepairStores {
  incidents: IncidentStore
  quarantines: QuarantineStore
  cases: CaseStore
  corrections: CorrectionStore
  contacts: ContactStore
}
