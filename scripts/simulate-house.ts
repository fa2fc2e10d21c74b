/** Several segments of a house, whose tests share what they may go wrong with. */
import { certify, deltaOf, type Label } from '../server/policy/certificate.ts'
import type { Tally } from './simulate-worlds.ts'

export interface House {
  worlds: number
  segments: number
  /** Labels of a first test; a repeat takes twice as many. */
  n: number
  tests: number
  alpha: number
  delta: number
  /** True: the larger parts go to the segments that look best, once their labels are known. */
  looked: boolean
}

/**
 * A little more than alpha is wrong everywhere, so that any certificate is one too many: a world counts once, if any test of any segment
 * certifies. Segments are tested in the order in which they were asked for, and those that failed again after all others.
 */
export function houseWorlds({ worlds, segments, n, tests, alpha, delta, looked }: House, random: () => number): Tally {
  let wrong = 0
  for (let i = 0; i < worlds; i++) {
    const labels: Label[][] = Array.from({ length: segments }, () => [])
    let place = 0
    let any = false
    for (let test = 0; test < tests && !any; test++) {
      for (const mine of labels)
        while (mine.length < n * 2 ** test)
          mine.push({ conversation: `c${mine.length}`, confidence: random(), right: random() >= alpha + 0.0001 })
      const order = looked ? labels.toSorted((a, b) => wrongIn(a) - wrongIn(b)) : labels
      any = order.map((mine) => certify({ traffic: [], labels: mine, alpha, delta: deltaOf(++place, delta) }).certified).includes(true)
    }
    if (any) wrong++
  }
  return { worlds, certified: wrong, wrong, share: 0 }
}

/** Among the surest, which the first steps test. */
const wrongIn = (labels: readonly Label[]): number =>
  labels
    .toSorted((a, b) => b.confidence - a.confidence)
    .slice(0, labels.length / 2)
    .filter((label) => !label.right).length
