import { certify, type Certificate, type Label } from '../server/policy/certificate.ts'
import { audit, beginEProcess } from '../server/policy/e-process.ts'

/** A segment whose truth is known. Confidence is the place of an answer in the traffic, 0…1. */
export interface World {
  /** Chance that an answer with this confidence is wrong. */
  wrong: (confidence: number) => number
  /** Chance that a wrong answer is judged right, and that a right one is judged wrong. */
  missed?: number
  falselyBlamed?: number
  /** Chance that a drawn answer is judged at all; who skips by what he sees biases the labels. */
  judged?: (confidence: number, wrong: boolean) => number
}

export interface Tally {
  worlds: number
  certified: number
  /** Certificates whose threshold in truth sends more than alpha wrong. */
  wrong: number
  /** Median share sent among the certified, 0…1. */
  share: number
}

const CELLS = 2000

/** Errors fall with confidence on a logistic curve, so steep that the AUROC is `auroc`, so high that `base` of all is wrong. */
export function logisticWorld(base: number, auroc: number): World['wrong'] {
  const curve = (steepness: number): World['wrong'] => {
    const at = (level: number) => (u: number) => 1 / (1 + Math.exp(steepness * Math.log(u / (1 - u)) - level))
    return at(bisect(-30, 30, (level) => errorAbove(at(level), 0) < base))
  }
  return curve(bisect(0, 8, (steepness) => aurocOf(curve(steepness)) < auroc))
}

/** True error rate of what a threshold sends. */
export function errorAbove(wrong: World['wrong'], threshold: number): number {
  let sum = 0
  for (let i = 0; i < CELLS; i++) sum += wrong(threshold + ((1 - threshold) * (i + 0.5)) / CELLS)
  return sum / CELLS
}

function aurocOf(wrong: World['wrong']): number {
  let [wrongBelow, pairs, rights] = [0, 0, 0]
  for (let i = 0; i < CELLS; i++) {
    const p = wrong((i + 0.5) / CELLS)
    pairs += (1 - p) * (wrongBelow + p / 2)
    wrongBelow += p
    rights += 1 - p
  }
  return pairs / (wrongBelow * rights)
}

function bisect(low: number, high: number, tooLow: (x: number) => boolean): number {
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2
    if (tooLow(middle)) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Certifies in each of so many draws of a world; `attempt` is tried with n labels. `alpha` is the promise, `tested` what the test is told. */
export function certifyWorlds(
  world: World,
  of: { worlds: number; n: number; alpha: number; tested?: number; deltas: readonly number[] },
  random: () => number,
): Tally {
  const shares: number[] = []
  let wrong = 0
  for (let i = 0; i < of.worlds; i++) {
    const got = tryFor(world, of, random)
    if (!got.certified) continue
    shares.push(1 - got.threshold)
    if (errorAbove(world.wrong, got.threshold) > of.alpha) wrong++
  }
  return { worlds: of.worlds, certified: shares.length, wrong, share: median(shares) ?? 0 }
}

/** One attempt for each of `deltas`; after one that failed it waits until there are as many labels as `needs` says. */
function tryFor(
  world: World,
  of: { n: number; alpha: number; tested?: number; deltas: readonly number[] },
  random: () => number,
): Certificate {
  const labels: Label[] = []
  let n = of.n
  let got: Certificate | undefined
  for (const delta of of.deltas) {
    while (labels.length < n) labels.push(...drawLabel(world, `c${labels.length}`, random))
    got = certify({ traffic: [], labels, alpha: of.tested ?? of.alpha, delta })
    if (got.certified) break
    n += got.needs
  }
  if (!got) throw new RangeError('there must be at least one attempt')
  return got
}

/** None when the answer that was drawn isn't judged. */
function drawLabel(world: World, conversation: string, random: () => number): Label[] {
  const confidence = random()
  const wrong = random() < world.wrong(confidence)
  if (world.judged && random() >= world.judged(confidence, wrong)) return []
  const turned = random() < ((wrong ? world.missed : world.falselyBlamed) ?? 0)
  return [{ conversation, confidence, right: wrong === turned }]
}

export interface Watch {
  worlds: number
  /** Alarmed before the change. */
  early: number
  /** Alarmed after it, within the horizon. */
  found: number
  /** Median and 90th percentile of audits from the change to the alarm, of all not alarmed early; null when it lies beyond the horizon. */
  delay: { median: number | null; slow: number | null }
}

/** Audits with error rate `before`, and from audit `change` on with `later`, watched for `horizon` audits after the change. */
export function watchWorlds(
  of: { worlds: number; before: number; change: number; later: number; horizon: number; alpha: number; delta: number },
  random: () => number,
): Watch {
  const delays: number[] = []
  let early = 0
  for (let i = 0; i < of.worlds; i++) {
    let state = beginEProcess()
    while (state.alarmAt === null && state.audits < of.change + of.horizon)
      state = audit(state, random() < (state.audits < of.change ? of.before : of.later), of.alpha, of.delta)
    if (state.alarmAt !== null && state.alarmAt <= of.change) early++
    else delays.push(state.alarmAt === null ? Infinity : state.alarmAt - of.change)
  }
  const finite = (x: number | undefined): number | null => (x !== undefined && Number.isFinite(x) ? x : null)
  return {
    worlds: of.worlds,
    early,
    found: delays.filter(Number.isFinite).length,
    delay: { median: finite(median(delays)), slow: finite(quantile(delays, 0.9)) },
  }
}

const median = (of: number[]): number | undefined => quantile(of, 0.5)
const quantile = (of: number[], q: number): number | undefined => of.toSorted((a, b) => a - b)[Math.floor(q * of.length)]
