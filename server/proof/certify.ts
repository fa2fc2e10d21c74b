/** Certifying a cell's threshold from the labels that count (docs/decisions/0007, 0012). */
import { conflict, invalid } from '../errors.ts'
import { certify, deltaOf, labelsToTest } from '../policy/certificate.ts'
import type { Attempt, Cell, Plan } from '../store/certificate-types.ts'
import type { Label, ScoredAnswer } from '../store/label-types.ts'
import type { Root } from '../store/round-types.ts'
import type { Actor, Form } from '../types.ts'
import { answersOf, rivalsOf, type ProofParts } from './cells.ts'
import { keyOf, sameMaking, sampleOf, type Sample } from './evidence.ts'
import { heldPlace, nextPlace } from './places.ts'

/** All certificates of the house together may be wrong with this probability. */
export const DELTA = 0.05
export const ALPHAS = [0.01, 0.02, 0.03, 0.05, 0.1] as const
/** The first test, where nobody has said otherwise. */
const FIRST = { alpha: 0.05, labels: 300 }
/** Newest answers that say which share a threshold sends. */
const TRAFFIC = 5000

export interface Readiness {
  plan: Pick<Plan, 'alpha' | 'labels' | 'since'> & { fixed: boolean }
  sample: Sample
  /** Confidences of past answers, judged or not. */
  traffic: number[]
  /** Which of all tests of the house the next one is, from 1, and what it may spend. */
  number: number
  spend: number
  /** Labels that it is made with, and how many of them are missing. */
  labels: number
  missing: number
  /** The fewest that a first test can be made with. */
  least: number
}

/** How far a cell is from its next test. Nothing of it depends on what the labels say. */
export function readinessOf(cell: Cell, parts: ProofParts): Readiness {
  const { population, writtenFrom } = answersOf(cell, parts, { drawn: true })
  const fingerprint = parts.fingerprint()
  const fixed = parts.store.certificates.plan(cell)
  const labels = parts.store.labels.list({ form: cell.form })
  const since = Math.max(fixed?.since ?? 0, knownBefore(cell, population, labels, parts))
  const sample = sampleOf({ population, labels, fingerprint, since, writtenFrom })
  const traffic = trafficOf(answersOf(cell, parts, { newest: TRAFFIC }).population, fingerprint.calibration)
  const number = heldPlace(fixed, parts) ?? nextPlace(parts)
  const spend = deltaOf(number, DELTA)
  const counting = population.filter((a) => a.at >= since)
  const plan = fixed ? { ...fixed, since, fixed: true } : { ...planFor(counting, parts, spend), since, fixed: false }
  const repeats = parts.store.certificates.attempts(cell).filter((a) => sameMaking(a.fingerprint, fingerprint)).length
  const wanted = plan.labels * 2 ** repeats
  return {
    plan,
    sample,
    traffic,
    number,
    spend,
    labels: wanted,
    missing: Math.max(0, wanted - sample.rows.length),
    least: labelsToTest(plan.alpha, spend),
  }
}

/**
 * Until when (ms) answers count for nothing, because some were judged before there was this cell: whoever makes a cell of what looks good in the
 * labels, and proves it by the same labels, goes wrong more often than δ. 0: nobody knew anything of them.
 */
function knownBefore(cell: Cell, population: readonly ScoredAnswer[], labels: readonly Label[], { store }: ProofParts): number {
  const { own } = store.thresholds.shaped(cell)
  const before = new Set(labels.flatMap((l) => (l.at < own ? [keyOf(l)] : [])))
  const known = (a: ScoredAnswer): boolean => [a.turn, a.labelsOf ?? a.turn].some((turn) => before.has(keyOf({ turn, form: a.form })))
  return population.some(known) ? own : 0
}

/** Past questions that were taken in to be judged, or that are asked again, are all judged before the first test, if they are enough for one. */
function planFor(
  population: readonly ScoredAnswer[],
  parts: ProofParts,
  spend: number,
  alpha: number = FIRST.alpha,
): Pick<Plan, 'alpha' | 'labels'> {
  const now = parts.fingerprint()
  const past = new Set(
    population.filter((a) => a.source !== 'live' && a.drawn && sameMaking(a.fingerprint, now)).map((a) => a.conversation),
  )
  return { alpha, labels: past.size >= labelsToTest(alpha, spend) ? past.size : FIRST.labels }
}

/** As the present weights score them; never from what was judged of them. */
const trafficOf = (population: readonly ScoredAnswer[], calibration: string): number[] =>
  population.filter((a) => a.fingerprint.calibration === calibration).map((a) => a.confidence)

/**
 * Fixes what was only a default, and which of all tests of the house this is, once the first label that counts is there: from then on nobody can
 * choose the moment. After a round of questions that were asked again all of them are to count, however many they are.
 */
export function fixPlans(cells: readonly Cell[], parts: ProofParts): void {
  for (const cell of cells) {
    const { certificates } = parts.store
    const fixed = certificates.plan(cell)
    const asked = fixed !== null && askedAgainSince(fixed, parts)
    if (heldPlace(fixed, parts) !== null && !asked) continue
    const ready = readinessOf(cell, parts)
    if (!isAskedFor(cell, ready, parts)) continue
    const { plan, sample, spend, number } = ready
    const labels = asked && sample.again ? planFor(againIn(cell, parts), parts, spend, plan.alpha).labels : plan.labels
    const making = parts.fingerprint()
    certificates.setPlan({ cell, alpha: plan.alpha, labels, since: plan.since, place: number, making }, 'system')
  }
}

/** With the first label that counts; after a test that failed with the first one more; after one that passed only once a further test can be made. */
function isAskedFor(cell: Cell, { sample, missing }: Readiness, { store, fingerprint }: ProofParts): boolean {
  const judged = sample.rows.length + sample.behind
  const last = store.certificates.attempts(cell).find((a) => sameMaking(a.fingerprint, fingerprint()))
  return last?.result ? missing === 0 : judged > (last?.rows ?? 0)
}

const againIn = (cell: Cell, parts: ProofParts): ScoredAnswer[] =>
  answersOf(cell, parts, { drawn: true }).population.filter((a) => a.source === 'again')

function askedAgainSince({ cell, at }: Plan, { store, fingerprint }: ProofParts): boolean {
  const round = store.rounds.newest(cell.form)
  return round?.state === 'done' && (round.endedAt ?? 0) > at && sameMaking(round.making, fingerprint())
}

/** Questions that can be asked again: not those whose judgements made the weights what they are, for these can't be proven by them. */
export const askable = (form: Form, { store }: ProofParts): Root[] => store.rounds.roots(form, store.calibrations.current()?.at ?? 0)

/** What is to be proven, and with how many labels. Labels that are there already no longer count then. Errors: invalid. */
export function changePlan(cell: Cell, given: { alpha: number; labels: number }, parts: ProofParts, by: Actor): void {
  const { sample, spend, number } = readinessOf(cell, parts)
  if (!ALPHAS.includes(given.alpha as 0.05)) throw invalid('Choose one of the shares that may be wrong.')
  const least = labelsToTest(given.alpha, spend)
  if (!Number.isInteger(given.labels) || given.labels < least || given.labels > 100_000)
    throw invalid(`With fewer than ${least} judged answers nothing can be shown here; give a whole number from there on.`)
  const begun = sample.rows.length + sample.behind > 0
  const since = begun ? parts.clock() : (parts.store.certificates.plan(cell)?.since ?? 0)
  parts.store.certificates.setPlan({ cell, ...given, since, place: number, making: parts.fingerprint() }, by)
}

/** Tests with exactly the labels of the plan, the first ones. Errors: conflict while there are too few. */
export function certifyCell(cell: Cell, parts: ProofParts, by: Actor): Attempt {
  const { plan, sample, traffic, number, spend, labels, missing } = readinessOf(cell, parts)
  if (missing > 0) throw conflict(`${missing} more answers have to be judged before this can be tested.`)
  const rows = sample.rows.slice(0, labels)
  const made = certify({ traffic, labels: rows, alpha: plan.alpha, delta: spend })
  const result = made.certified
    ? { threshold: made.threshold, share: made.share, labels: made.labels, errors: made.errors, bound: made.bound }
    : null
  return parts.store.certificates.record(
    {
      cell,
      number,
      alpha: plan.alpha,
      delta: DELTA,
      spent: spend,
      rows: rows.length,
      steps: made.steps,
      result,
      fingerprint: parts.fingerprint(),
      rivals: rivalsOf(cell, parts),
      since: rows[0]?.at ?? parts.clock(),
    },
    by,
  )
}
