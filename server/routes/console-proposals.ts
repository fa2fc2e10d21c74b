import { z } from 'zod'
import { Console, ROOMS } from '../../views/console/frame.tsx'
import { ProposalPage, ProposalsPage, type ProposalView } from '../../views/console/proposals.tsx'
import { notFound } from '../errors.ts'
import type { Proposal } from '../store/proposal-types.ts'
import { readFields } from './body.ts'
import { actorOf, askedOf, frameOf, goOn, mendable, namesOf, param, saidOf, show, type StaffVisit } from './console-reply.ts'
import type { Route } from './route.ts'

const { roles } = ROOMS.proposals

export const proposalRoutes: Route[] = [
  { method: 'get', path: '/console/proposals', access: roles, handle: list },
  { method: 'get', path: '/console/proposals/:id', access: roles, handle: (visit) => showProposal(visit, null) },
  { method: 'post', path: '/console/proposals/:id', access: roles, handle: decide },
]

function list(visit: StaffVisit): void {
  const { req, res, context } = visit
  const state = askedOf(req, 'state', ['open', 'decided']) ?? 'open'
  const all = context.store.proposals.list({ limit: 500, ...(state === 'open' ? { state } : {}) })
  const page = ProposalsPage({
    state,
    proposals: all.filter((p) => (p.state === 'open') === (state === 'open')).map((p) => viewOf(visit, p)),
    said: saidOf(req),
    now: context.clock(),
  })
  show(res, Console({ frame: frameOf(visit), place: 'proposals', title: 'Proposals', children: page }))
}

function viewOf({ context, who }: StaffVisit, proposal: Proposal): ProposalView {
  const name = namesOf(context)
  return {
    proposal,
    by: name(proposal.by),
    decidedBy: proposal.decidedBy && name(proposal.decidedBy),
    mine: proposal.by === actorOf(who),
    whyNot: context.proposals.whyNot(proposal, who),
  }
}

function showProposal(visit: StaffVisit, problem: string | null): void {
  const { req, res, context } = visit
  const proposal = context.store.proposals.get(param(req, 'id'))
  if (!proposal) throw notFound('proposal')
  const incident = incidentBehind(visit, proposal)
  // A letter to customers is decided where its checks, its source and whom it reaches stand.
  if (incident && proposal.state === 'open' && !problem) return goOn(res, `/console/incidents/${incident}`, { at: 'correct' })
  const page = ProposalPage({ ...viewOf(visit, proposal), incident, problem, said: saidOf(req), now: context.clock() })
  const frame = frameOf(visit)
  show(res, Console({ frame, place: 'proposals', title: proposal.title, children: page }), problem ? 422 : 200)
}

function incidentBehind({ context }: StaffVisit, { kind, payload }: Proposal): string | null {
  const { correction } = (payload ?? {}) as { correction?: string }
  return kind === 'correction' && correction ? (context.store.corrections.get(correction)?.incident ?? null) : null
}

const fields = z.object({ what: z.enum(['approve', 'reject', 'withdraw']), note: z.string().trim().max(500).default('') })

function decide(visit: StaffVisit): void {
  const { req, res, context, who } = visit
  const { what, note } = readFields(fields, req.body)
  const id = param(req, 'id')
  try {
    if (what === 'approve') context.proposals.approve(id, who)
    else if (what === 'reject') context.proposals.reject(id, note, who)
    else context.proposals.withdraw(id, who)
  } catch (error) {
    return showProposal(visit, mendable(error))
  }
  goOn(res, `/console/proposals/${id}`, { said: `proposal-${what}` })
}
