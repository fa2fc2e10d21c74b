/** Which of all tests of the house a cell's next one is: what they may go wrong with together is spent in the order in which they were asked for. */
import type { Plan } from '../store/certificate-types.ts'
import type { ProofParts } from './cells.ts'
import { sameMaking } from './evidence.ts'

/** The place that a cell's next test was given, before anybody knew what its labels say; null: none, or the test was made. */
export function heldPlace(plan: Plan | null, { store, fingerprint }: ProofParts): number | null {
  if (plan === null || plan.place === null || plan.making === null || !sameMaking(plan.making, fingerprint())) return null
  const made = store.certificates.attempts(plan.cell).some((a) => a.number === plan.place && sameMaking(a.fingerprint, fingerprint()))
  return made ? null : plan.place
}

/**
 * After all tests that are to hold together with it: those of what answers now, whether made or asked for, and those that shared labels with
 * questions that were asked again.
 */
export function nextPlace({ store, fingerprint }: ProofParts): number {
  const now = fingerprint()
  const shared = Math.min(...(['written', 'quoted'] as const).map((form) => oldestAsked(form)))
  const made = store.certificates.attempts().filter((a) => sameMaking(a.fingerprint, now) || a.at >= shared)
  const given = store.certificates.places().filter((p) => sameMaking(p.making, now))
  return 1 + Math.max(0, ...made.map((a) => a.number), ...given.map((p) => p.place))

  function oldestAsked(form: Plan['cell']['form']): number {
    const round = store.rounds.newest(form)
    return round && sameMaking(round.making, now) ? round.oldest : Infinity
  }
}
