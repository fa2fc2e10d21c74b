/** Changes that a second person has to approve, and what staff have to be told. Types only. */
import type { Actor, Role } from '../types.ts'

export type ProposalState = 'open' | 'approved' | 'rejected' | 'withdrawn'

export interface Proposal {
  id: string
  /** `threshold`, `calibration`, `scope`, `correction` …: who applies it (server/people/proposals.ts). */
  kind: string
  /** What is proposed, in a few words: the title of its page. */
  title: string
  /** JSON that the kind's applier understands. No personal text: refer to what holds it. */
  payload: unknown
  /** What holds now and what would, as text; the page shows the difference. */
  before: string
  after: string
  reason: string
  by: Actor
  at: number
  state: ProposalState
  decidedBy: Actor | null
  decidedAt: number | null
  /** What was said when it was rejected. */
  note: string | null
}

export type NewProposal = Pick<Proposal, 'kind' | 'title' | 'payload' | 'before' | 'after' | 'reason'>

export interface ProposalStore {
  create(proposal: NewProposal, by: Actor): Proposal
  get(id: string): Proposal | null
  /** Newest first. */
  list(filter: { state?: ProposalState; kind?: string; limit?: number }): Proposal[]
  /** One transaction: the state, its log entry, and for an approval what `apply` changes. Errors: notFound; conflict when it isn't open; forbidden for one's own. */
  decide(id: string, decision: { state: 'approved' | 'rejected'; note: string | null }, by: Actor, apply: () => void): Proposal
  /** Errors: notFound; conflict when it isn't open; forbidden for somebody else's. */
  withdraw(id: string, by: Actor): Proposal
}

/** What staff have to be told: an alarm, a certificate that lapsed. It stays on the overview until it ends or somebody dismisses it. */
export interface Notice {
  id: string
  /** What it is about, `suspended:cards:portal:*:written` for one: while it is open there is one notice of it. */
  key: string
  kind: 'alarm' | 'warning' | 'note'
  /** In words, without personal text. */
  text: string
  /** Where to go on; an address of the console. */
  href: string | null
  /** Who is shown it; empty: all staff. */
  roles: Role[]
  since: number
  seenBy: Actor | null
  seenAt: number | null
}

export interface NoticeStore {
  /** Nothing happens while one of this key is there, dismissed or not, and what it tells of is not over. */
  raise(notice: Pick<Notice, 'key' | 'kind' | 'text' | 'href'> & { roles?: Role[] }): void
  /** What it told of is over. */
  end(key: string): void
  /** Open ones, alarms first, then the newest. */
  open(): Notice[]
  seen(id: string, by: Actor): void
  /** It is not shown any more. Errors: notFound. */
  dismiss(id: string, by: Actor): void
}
