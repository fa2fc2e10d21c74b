/** Figures about scores with labels, each with a 95 % interval. */
import { randomOf } from '../random.ts'

export interface Figure {
  value: number
  low: number
  high: number
}

export interface Scored {
  /** Higher: more likely supported. */
  score: number
  right: boolean
  /** Taken together into a bootstrap sample or left out together: pairs of one article are alike. */
  group: string
}

const SAMPLES = 1000

/** The figure, and the 2.5th and 97.5th percentile of it over bootstrap samples of whole groups (Efron 1979; seed 1). */
export function withInterval<T extends { group: string }>(rows: T[], figure: (rows: T[]) => number): Figure {
  const groups = [...Map.groupBy(rows, (row) => row.group).values()]
  const random = randomOf(1)
  const values = Array.from({ length: SAMPLES }, () => figure(groups.flatMap(() => groups[Math.floor(random() * groups.length)] ?? [])))
    .filter((value) => !Number.isNaN(value))
    .sort((a, b) => a - b)
  const at = (share: number): number => values[Math.floor(share * (values.length - 1))] ?? Number.NaN
  return { value: figure(rows), low: at(0.025), high: at(0.975) }
}

/** Mean of the share of true ones found supported and of false ones found not, at a limit that was fixed beforehand. NaN without one of the two. */
export function balancedAccuracy(rows: Scored[], limit: number): number {
  const share = (right: boolean): number => {
    const mine = rows.filter((row) => row.right === right)
    return mine.filter((row) => row.score >= limit === right).length / mine.length
  }
  return (share(true) + share(false)) / 2
}
