/** All that the state of the house can be asked and told. Whatever changes something writes its log entry in the same transaction. */
import type { RevisionStore } from '../../kb/types.ts'
import type { LogEntry } from '../audit/entry.ts'
import type { AlarmStore, MeasureStore } from './alarm-types.ts'
import type { CalibrationStore } from './calibration-types.ts'
import type { CertificateStore } from './certificate-types.ts'
import type { DecoyStore, ImportStore } from './import-types.ts'
import type { RepairStores } from './incident-types.ts'
import type { LiveStore, NoteStore, SignalStore } from './care-types.ts'
import type { Way } from './correction-types.ts'
import type { AuditStore, LabelStore, NewLabel, ScoredAnswer } from './label-types.ts'
import type { NoticeStore, ProposalStore } from './proposal-types.ts'
import type { ReportStore } from './report-types.ts'
import type { RoundStore } from './round-types.ts'
import type { HeardStore } from './heard-types.ts'
import type { ReachStore } from './reach-types.ts'
import type {
  Author,
  Conversation,
  ConversationState,
  Message,
  MessageKind,
  Review,
  ReviewOutcome,
  TurnState,
  TurnSummary,
} from '../conversation-types.ts'
import type { Actor, Channel, Customer, Form, Role, Segment, Sentence, Citation, StaffMember, Threshold, Trace, Verdict } from '../types.ts'
import type { ScopeRules } from '../scope-types.ts'
import type { ApiKeyStore, IdempotencyStore } from './program-types.ts'

export interface Store extends RepairStores {
  customers: CustomerStore
  conversations: ConversationStore
  turns: TurnStore
  reviews: ReviewStore
  thresholds: ThresholdStore
  knowledge: KnowledgeStore
  scope: { get(): ScopeRules; set(rules: ScopeRules, by: Actor): void }
  gaps: GapStore
  signals: SignalStore
  reports: ReportStore
  measures: MeasureStore
  alarms: AlarmStore
  live: LiveStore
  notes: NoteStore
  labels: LabelStore
  audits: AuditStore
  imports: ImportStore
  rounds: RoundStore
  decoys: DecoyStore
  proposals: ProposalStore
  notices: NoticeStore
  certificates: CertificateStore
  calibrations: CalibrationStore
  reach: ReachStore
  heard: HeardStore
  staff: StaffStore
  sessions: SessionStore
  apiKeys: ApiKeyStore
  idempotency: IdempotencyStore
  outbox: OutboxStore
  log: LogStore
  figures: FigureStore
  /** Several changes as one: all of them are on the record, or none. `work` must not wait for anything. */
  atomic<T>(work: () => T): T
  /** 32 bytes for signing (a visitor's cookie, for one), derived from the master key in KEYS_DIR; another for each purpose. */
  secret(purpose: string): Buffer
  /** Writes, fsyncs and reads back a probe row, and checks the tail of the log. Throws recordUnavailable() while it can't. */
  probe(): void
  /** Null while the record can be written; else since when (ms) and why. A failed write latches until probe() passes. */
  latched(): { since: number; why: string } | null
  close(): void
}

export interface CustomerStore {
  /** A new pseudonymous customer with a key of its own (the key is durable before this returns). */
  create(tier: string, by: Actor): Customer
  get(id: string): Customer | null
  /** The customer that an API key's `subject` stands for; made at first sight. */
  forSubject(subject: string, tier: string): Customer
  /** The subject that a customer was made for; null for a visitor of the portal. */
  subjectOf(id: string): string | null
}

export interface NewMessage {
  conversation: string
  author: Author
  kind: MessageKind
  turn: string | null
  text: string
  sentences?: Sentence[]
  citations?: Citation[]
  verdict?: Verdict | null
  form?: Form | null
  /** Staff id, for staff's messages. */
  staff?: string | null
}

export interface ConversationStore {
  create(input: { customer: string; channel: Channel; tier: string }): Conversation
  get(id: string): Conversation | null
  /** The customer's open conversation in this channel, newest first. */
  latestOf(customer: string, channel: Channel): Conversation | null
  /** The customer's conversations in this channel, the one with the newest message first; closed ones too. */
  ofCustomer(customer: string, channel: Channel, limit: number): Conversation[]
  list(filter: {
    state?: ConversationState
    channel?: Channel
    limit: number
    before?: number
  }): (Conversation & { messages: number; lastText: string })[]
  messages(conversation: string, afterSeq?: number): Message[]
  message(id: string): Message | null
  /** Adds a message that staff or the customer wrote, or a notice. */
  say(message: NewMessage, by: Actor): Message
  /** One transaction: state, log entry, and the notice that the customer is told, with its outbox. Null when there is no notice. Errors: conflict for a notice in a closed conversation. */
  setState(
    id: string,
    state: ConversationState,
    assignee: string | null,
    by: Actor,
    why: string,
    notice?: Pick<NewMessage, 'text' | 'verdict'>,
  ): Message | null
  feedback(message: string, value: 'up' | 'down', reason: string | null, by: Actor): void
}

export interface TurnStore {
  /** Takes in the customer's message and starts its turn; durable before it returns. */
  start(input: { conversation: string; text: string }): { turn: TurnSummary; message: Message }
  /**
   * One transaction: checks that every cited revision is still in force (else `stale`), then log entry, trace, the
   * message to the customer, review (for a hold), gap, hand-over and outbox.
   */
  record(input: TurnRecord): { result: 'recorded'; messages: Message[]; seq: number } | { result: 'stale'; revisions: string[] }
  /** Failed or cancelled, with the notice that the customer is told (null: none). */
  end(turn: string, state: 'failed' | 'cancelled', why: string, notice: string | null): Message | null
  get(id: string): TurnSummary | null
  /** What the customer wrote; empty once it is erased. */
  question(turn: string): string
  trace(id: string): Trace | null
  list(filter: TurnFilter): TurnSummary[]
  /** Turns that were running when the process ended. */
  unfinished(): { turn: TurnSummary; text: string }[]
}

export interface TurnRecord {
  trace: Trace
  /** Message for the customer now. */
  message: Omit<NewMessage, 'conversation' | 'turn' | 'author'>
  /** For a hold: a review with its due time. */
  review: { reason: string; due: number } | null
  /** For `escalate`: the conversation waits for a person. */
  handOver: boolean
  /** The question is one that the documents do not answer. */
  gap: boolean
  /** The newest quarantine when the turn began (`QuarantineStore.stamp`): with a newer one it is `stale`. */
  quarantine?: number
  /** What its forms scored, and whether chance chose them to be judged, by how many. */
  scored?: { answers: ScoredAnswer[]; judges: number }
}

export interface TurnFilter {
  verdict?: Verdict
  state?: TurnState
  topic?: string
  channel?: Channel
  /** Words in question or answer: decrypts and looks, at most at the first 2,000. */
  text?: string
  since?: number
  before?: number
  /** Newest first, unless this says otherwise. */
  oldestFirst?: boolean
  limit: number
}

export interface ReviewStore {
  list(filter: { state?: 'open' | 'decided'; topic?: string; channel?: Channel; limit?: number }): Review[]
  get(id: string): Review | null
  ofTurn(turn: string): Review | null
  /** One reviewer an item at a time: takes or renews the lock (10 min); false if somebody else has it. */
  lock(id: string, staff: string): boolean
  unlock(id: string, staff: string): void
  /** One transaction: outcome, log entry, message to the customer, outbox. Errors: conflict when decided already or locked by somebody else. */
  decide(input: ReviewDecision): Message
}

export interface ReviewDecision {
  review: string
  staff: string
  outcome: ReviewOutcome
  /** Which form was approved, or edited from. */
  form: Form | null
  reason: string | null
  message: Omit<NewMessage, 'conversation' | 'turn'>
  /** Findings on the edited text, for the record. */
  trace: Pick<Trace, 'claims' | 'findings'> | null
  /** What the decision says of the answer that was held; null when it says nothing. */
  label?: Omit<NewLabel, 'turn' | 'source'> | null
  /** The newest quarantine when it was looked at: with a newer one it is a conflict. */
  quarantine?: number
}

export interface ThresholdStore {
  /** All cells that were set; the shipped defaults are cells of `*` × `*` × `*`. */
  all(): Threshold[]
  set(cell: Omit<Threshold, 'at' | 'state' | 'setBy'>, by: Actor): void
  /** Removes a cell, so that the more general one applies again. */
  clear(cell: Pick<Threshold, 'topic' | 'channel' | 'tier' | 'form'>, by: Actor, reason: string): void
  /** The value that applies to a segment. */
  for(segment: Segment, form: Form): Threshold
  /** When (ms) this cell last came to be, and when one last came or went that takes answers from it; 0: never. */
  shaped(cell: Pick<Threshold, 'topic' | 'channel' | 'tier' | 'form'>): { own: number; within: number }
}

export interface KnowledgeStore extends RevisionStore {
  /** Every article with its newest revision, also retired ones and those of which there is only a draft. */
  articles(): ArticleRow[]
  /** Revisions of an article, newest first, with the log positions from and until which each was in force. */
  history(article: string): { revision: string; fromSeq: number; untilSeq: number | null; at: number; by: string }[]
}

export interface ArticleRow {
  article: string
  revision: string
  title: string
  topic: string | null
  owner: string | null
  review: string | null
  tier: string
  state: 'in-force' | 'retired' | 'draft'
  /** The revision that waits to be put in force; that of the row where there is nothing else. */
  draft: string | null
  at: number
  words: number
}

export interface GapStore {
  list(limit: number): { id: string; turn: string; topic: string; at: number; state: 'open' | 'dismissed' }[]
  dismiss(id: string, by: Actor): void
}

export interface StaffStore {
  /** `oneTime`: the password was made up for them, and has to be changed at the first sign-in. */
  create(input: { name: string; passwordHash: string; roles: Role[]; oneTime?: boolean }, by: Actor): StaffMember
  byName(name: string): (StaffMember & { passwordHash: string }) | null
  get(id: string): StaffMember | null
  list(): (StaffMember & { active: boolean })[]
  /** Ends all their sessions. */
  setPassword(id: string, passwordHash: string, by: Actor, oneTime?: boolean): void
  setRoles(id: string, roles: Role[], by: Actor): void
  setActive(id: string, active: boolean, by: Actor): void
  /** Whether this member has deactivated another, or set another's roles, since `since`. */
  tookRights(id: string, since: number): boolean
  /** Failed sign-ins of a name since `since`. */
  failures(name: string, since: number): number
  noteSignIn(name: string, ok: boolean): void
}

export interface SessionStore {
  /** Stores only a hash of the token. */
  create(staff: string, tokenHash: string): void
  /** The staff member, if the session was used within `idleMs`; renews it. */
  use(tokenHash: string, idleMs: number): StaffMember | null
  /** Whose it is, without using it; null once it has ended, or they may no longer sign in. */
  holder(tokenHash: string): StaffMember | null
  end(tokenHash: string): void
}

export interface OutboxStore {
  /** Deliveries by these ways that are still due, oldest first. */
  due(limit: number, ways?: Way[]): { id: number; channel: Way; conversation: string; message: string; attempts: number }[]
  delivered(id: number): void
  failed(id: number, why: string, nextAt: number): void
  /** It is not tried any more. */
  givenUp(id: number, why: string): void
}

export interface LogStore {
  /** Entries from `from` (a seq), ascending. */
  entries(from: number, limit: number): LogEntry[]
  tail(): LogEntry | null
  /** The newest entry of one of these types, if it stands after this seq. */
  latest(types: string[], after: number): { seq: number; at: number } | null
  ofTurn(turn: string): LogEntry[]
  /** Recomputes hashes and links, and those of the words that were said; null when whole, else the first bad seq and the kind of damage. */
  verify(): { seq: number; damage: string } | null
  size(): number
}

export interface FigureStore {
  /** Counts of verdicts by bucket (ms width) since `since`. */
  verdicts(since: number, bucketMs: number): { at: number; verdict: Verdict | 'failed'; count: number }[]
  waiting(): { reviews: number; overdue: number; conversations: number; gaps: number }
  feedback(since: number): { up: number; down: number }
}
