import { createHash } from 'node:crypto'
import type { Proposal } from '../store/proposal-types.ts'
import type { Store } from '../store/types.ts'
import type { Actor, Role } from '../types.ts'

/** What is proposed: this text and no other. */
export interface CorrectionProposal {
  correction: string
  /** SHA-256 (hex) of the text. */
  digest: string
}

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** A second person approves exactly the text that was proposed (server/people/proposals.ts). */
export const correctionApplier = (store: Pick<Store, 'corrections'>) => ({
  roles: ['reviewer', 'admin'] as readonly Role[],
  apply(payload: unknown, _proposal: Proposal, by: Actor): void {
    const { correction, digest } = payload as CorrectionProposal
    store.corrections.approve(correction, digest, by)
  },
  drop(payload: unknown, by: Actor): void {
    store.corrections.withdraw((payload as CorrectionProposal).correction, by)
  },
})
