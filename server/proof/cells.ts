/** The cells of the matrix of thresholds, and what decides where they stand. */
import { createHash } from 'node:crypto'
import type { ConfidenceModels } from '../policy/confidence.ts'
import type { Attempt, Cell } from '../store/certificate-types.ts'
import type { ScoredAnswer, Fingerprint } from '../store/label-types.ts'
import type { Store } from '../store/types.ts'
import type { Segment, Threshold } from '../types.ts'
import { populationOf } from './evidence.ts'

export interface ProofParts {
  store: Pick<Store, 'labels' | 'audits' | 'thresholds' | 'certificates' | 'notices' | 'calibrations' | 'rounds'>
  /** What an answer would be made by now. */
  fingerprint: () => Fingerprint
  /** The weights of the confidence that hold now. */
  calibration: () => ConfidenceModels
  /** The firm sends by itself only what is certified. */
  certifiedOnly: boolean
  clock: () => number
}

/** Confidence from which nothing goes out. */
export const NEVER = 2

export const cellOf = ({ topic, channel, tier, form }: Threshold): Cell => ({ topic, channel, tier, form })

export const isCell = (cell: Cell) => (t: Threshold) =>
  t.topic === cell.topic && t.channel === cell.channel && t.tier === cell.tier && t.form === cell.form

/** What a cell's threshold decides about, of all that was scored. */
export function answersOf(
  cell: Cell,
  parts: ProofParts,
  which: { since?: number; drawn?: true; newest?: number },
): { population: ScoredAnswer[]; writtenFrom: (answer: ScoredAnswer) => number } {
  const applying = bySegment((segment) => cellOf(parts.store.thresholds.for(segment, cell.form)))
  const written = bySegment((segment) => sendsFrom(parts.store.thresholds.for(segment, 'written'), parts))
  const same = (a: Cell): boolean => a.topic === cell.topic && a.channel === cell.channel && a.tier === cell.tier
  const writtenFrom = ({ segment }: ScoredAnswer): number => written(segment)
  const scored = parts.store.labels.scored({ form: cell.form, ...which })
  return { population: populationOf(scored, ({ segment }) => same(applying(segment)), writtenFrom), writtenFrom }
}

/** The confidence from which a form goes out by itself where this threshold applies. */
function sendsFrom(threshold: Threshold, parts: ProofParts): number {
  const off = parts.store.certificates.suspensions().some(({ cell }) => isCell(cell)(threshold))
  return off || (parts.certifiedOnly && certificateOf(threshold, parts) === null) ? NEVER : Math.min(NEVER, threshold.value)
}

/** The newest attempt, if it certified the threshold as it is set. */
export function certificateOf(threshold: Threshold, { store }: ProofParts): Attempt | null {
  const [newest] = store.certificates.attempts(cellOf(threshold))
  return newest?.steps.some((s) => s.passed && sameValue(s.threshold, threshold.value)) ? newest : null
}

/** Thresholds are kept in millionths. */
const sameValue = (a: number, b: number): boolean => Math.abs(a - b) < 1e-6

/** Quotations go out where no written answer does: when those thresholds move, other quotations go out. Null for written answers. */
export function rivalsOf(cell: Cell, parts: ProofParts): string | null {
  if (cell.form === 'written') return null
  const meets = (a: string, b: string): boolean => a === '*' || b === '*' || a === b
  const rivals = parts.store.thresholds
    .all()
    .filter((t) => t.form === 'written' && meets(t.topic, cell.topic) && meets(t.channel, cell.channel) && meets(t.tier, cell.tier))
    .map((t) => [t.topic, t.channel, t.tier, sendsFrom(t, parts)])
  return createHash('sha256').update(JSON.stringify(rivals)).digest('hex')
}

/** Answers of the same segment share the answer to the same question. */
function bySegment<T>(find: (segment: Segment) => T): (segment: Segment) => T {
  const known = new Map<string, T>()
  return (segment) => {
    const key = `${segment.topic}\0${segment.channel}\0${segment.tier}`
    const before = known.get(key)
    if (before !== undefined) return before
    const found = find(segment)
    known.set(key, found)
    return found
  }
}
