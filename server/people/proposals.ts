/** Changes that a second person has to approve: who may, and what happens then. */
import { conflict, forbidden, invalid, notFound } from '../errors.ts'
import type { NewProposal, Proposal, ProposalStore } from '../store/proposal-types.ts'
import type { StaffStore, Store } from '../store/types.ts'
import type { Actor, Role, StaffMember } from '../types.ts'

/** What a kind of proposal needs. `context.ts` lists them. */
export interface Applier {
  /** Who may approve it: somebody with one of these roles, never the one who proposed it. */
  roles: readonly Role[]
  /**
   * Makes the change, inside the transaction that approves it. `by`: who approved. Throws a VouchError when it can't be made any more (what
   * it builds on has changed, the payload is none): then nothing is approved either.
   */
  apply(payload: unknown, proposal: Proposal, by: Actor): void
  /** What else ends when it is rejected or withdrawn, inside the transaction that does so. */
  drop?(payload: unknown, by: Actor): void
}

export interface Proposals {
  /** Errors: invalid without a reason, or for a kind that nobody applies. */
  propose(proposal: NewProposal, who: StaffMember): Proposal
  /** Approving applies it and notes it in one transaction. Errors: notFound, conflict when it isn't open, forbidden for one's own and without the role. */
  approve(id: string, who: StaffMember): Proposal
  /** Errors: as for approve; invalid without a reason. */
  reject(id: string, why: string, who: StaffMember): Proposal
  withdraw(id: string, who: StaffMember): Proposal
  /** Null when this person may decide about it; else why not, in words. */
  whyNot(proposal: Pick<Proposal, 'kind' | 'by'>, who: StaffMember): string | null
  /**
   * True when nobody else who is active could approve what this person proposes; not for a week after they took a right from somebody, or
   * whoever administers accounts could send the second person away and call them back.
   */
  alone(kind: string, who: StaffMember): boolean
}

export function createProposals(of: {
  store: { proposals: ProposalStore; staff: Pick<StaffStore, 'list' | 'tookRights'>; atomic: Store['atomic'] }
  appliers: Readonly<Record<string, Applier>>
  clock: () => number
}): Proposals {
  const { proposals, staff, atomic } = of.store

  const applierOf = (kind: string): Applier => {
    const found = of.appliers[kind]
    if (!found) throw invalid(`Nothing knows how to apply a proposal of the kind ${kind}.`)
    return found
  }
  const whyNot: Proposals['whyNot'] = ({ kind, by }, who) => {
    const { roles } = applierOf(kind)
    if (by === actor(who)) return 'You proposed it yourself: somebody else has to decide.'
    if (!roles.some((role) => who.roles.includes(role))) return `Only ${roles.join(' or ')} can decide about this.`
    return null
  }
  const decide = (id: string, state: 'approved' | 'rejected', note: string | null, who: StaffMember): Proposal => {
    const proposal = proposals.get(id)
    if (!proposal) throw notFound('proposal')
    if (proposal.state !== 'open') throw conflict(`This proposal was ${proposal.state} already.`)
    const why = whyNot(proposal, who)
    if (why) throw forbidden(why)
    const applier = applierOf(proposal.kind)
    return atomic(() => {
      if (state === 'rejected') applier.drop?.(proposal.payload, actor(who))
      return proposals.decide(id, { state, note }, actor(who), () => applier.apply(proposal.payload, proposal, actor(who)))
    })
  }

  return {
    propose(proposal, who) {
      applierOf(proposal.kind)
      return proposals.create(proposal, actor(who))
    },
    approve: (id, who) => decide(id, 'approved', null, who),
    reject(id, why, who) {
      if (why.trim() === '') throw invalid('Say why it is rejected.')
      return decide(id, 'rejected', why.trim(), who)
    },
    withdraw: (id, who) =>
      atomic(() => {
        const withdrawn = proposals.withdraw(id, actor(who))
        applierOf(withdrawn.kind).drop?.(withdrawn.payload, actor(who))
        return withdrawn
      }),
    whyNot,
    alone(kind, who) {
      const { roles } = applierOf(kind)
      const others = staff.list().some((s) => s.active && s.id !== who.id && roles.some((role) => s.roles.includes(role)))
      return !others && !staff.tookRights(who.id, of.clock() - WEEK)
    },
  }
}

const WEEK = 7 * 24 * 3_600_000

const actor = (who: StaffMember): Actor => `staff:${who.id}`
