import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blocksOf, eValue, findChange } from './detector.ts'
import { exactP } from './exact.ts'
import { cycleAt, findAnomalies } from './find-anomalies.ts'
import { slotOf, type Hour, type Series } from './series.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const FIRST = Date.UTC(2026, 0, 5)
const FROM = FIRST + 42 * DAY

/** Numbers in [0, 1) from a seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let x = Math.imul(state ^ (state >>> 15), state | 1)
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61)
    return ((x ^ (x >>> 14)) >>> 0) / 4_294_967_296
  }
}

function hours(days: number, perHour: number, rate: (at: number) => number, seed = 1): Hour[] {
  const random = randomOf(seed)
  return Array.from({ length: days * 24 }, (_, i) => {
    const at = FIRST + i * HOUR
    const sum = Array.from({ length: perHour }, () => (random() < rate(at) ? 1 : 0)).reduce<number>((a, b) => a + b, 0)
    return { at, n: perHour, sum, squares: sum }
  })
}

describe('Fisher’s exact p-value', () => {
  test('is right where it can be counted by hand: 0 of 2 beside 2 of 2', () => expect(exactP(0, 2, 2, 2)).toBeCloseTo(2 / 6))
  test('lies between 0 and 1, and is 1 where nothing can differ', () => {
    const n = fc.integer({ min: 1, max: 80 })
    fc.assert(
      fc.property(n, n, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (a, b, u, v) => {
        const p = exactP(Math.round(u * a), a, Math.round(v * b), b)
        expect(p).toBeGreaterThan(0)
        expect(p).toBeLessThanOrEqual(1)
      }),
    )
    expect(exactP(5, 5, 9, 9)).toBe(1)
  })
  test('is smaller the further the block is from the reference', () => {
    const far = Array.from({ length: 11 }, (_, k) => exactP(k, 20, 500, 1000))
    expect(far.toSorted((a, b) => a - b)).toEqual(far)
  })
  test('stays exact with counts of a busy year', () => {
    expect(exactP(700, 1000, 700_000, 1_000_000)).toBeGreaterThan(0.9)
    expect(exactP(0, 1000, 700_000, 1_000_000)).toBeLessThan(1e-100)
  })
})

test('an e-value of a uniform p-value is 1 on average, and falls with p', () => {
  const grid = 200_000
  const mean = Array.from({ length: grid }, (_, i) => eValue((i + 0.5) / grid)).reduce((a, b) => a + b, 0) / grid
  expect(mean).toBeGreaterThan(0.8)
  expect(mean).toBeLessThanOrEqual(1.001)
  const p = fc.double({ min: 1e-12, max: 1, noNaN: true })
  // Nearer to each other than doubles can tell, an e-value of 1e9 is rounded by more than the two differ; farther apart it falls strictly.
  const apart = fc.tuple(p, p).filter(([a, b]) => Math.abs(a - b) > 1e-9 * Math.max(a, b))
  fc.assert(fc.property(apart, ([a, b]) => eValue(Math.min(a, b)) > eValue(Math.max(a, b))))
})

describe('a change', () => {
  test('all at once is found within hours, with its beginning and both figures', () => {
    const changed = FROM + 3 * DAY + 9 * HOUR
    const found = findChange(
      hours(50, 10, (at) => (at >= changed ? 0.1 : 0.7)),
      true,
      FIRST,
      FROM,
      20_000,
    )
    expect(found).not.toBeNull()
    expect(found!.at - changed).toBeLessThanOrEqual(12 * HOUR)
    expect(Math.abs(found!.since - changed)).toBeLessThanOrEqual(12 * HOUR)
    expect(found!.before).toBeCloseTo(0.7, 1)
    expect(found!.after).toBeLessThan(0.4)
  })
  test('a small one that lasts is found in days', () => {
    const changed = FROM + 3 * DAY
    const found = findChange(
      hours(70, 20, (at) => (at >= changed ? 0.58 : 0.7)),
      true,
      FIRST,
      FROM,
      20_000,
    )
    expect(found).not.toBeNull()
    expect(found!.at).toBeGreaterThan(changed)
  })
  test('the rhythm of day and week is none', () => {
    const rate = (at: number): number => [0.2, 0.3, 0.8, 0.7, 0.5, 0.3][slotOf(at) % 6]! * (slotOf(at) >= 6 ? 0.5 : 1)
    for (const seed of [1, 2, 3]) expect(findChange(hours(70, 10, rate, seed), true, FIRST, FROM, 2000)).toBeNull()
  })
  test('before it, the same is said however much comes after: nothing looks ahead', () => {
    const list = hours(70, 10, (at) => (at >= FROM + 20 * DAY ? 0.1 : 0.7))
    const whole = findChange(list, true, FIRST, FROM, 20_000)
    expect(
      findChange(
        list.filter((h) => h.at < whole!.at),
        true,
        FIRST,
        FROM,
        20_000,
      ),
    ).toEqual(whole)
  })
})

test('with p-values of chance, false alarms are no more than promised', () => {
  const limit = 200
  let [alarms, blocks] = [0, 0]
  for (let seed = 1; seed <= 40; seed++) {
    const list = hours(70, 6, () => 0.5, seed)
    blocks += blocksOf(list, FIRST, FROM) * (28 / 21)
    if (findChange(list, true, FIRST, FROM, limit)) alarms++
  }
  // Expected at most `blocks / limit`; ten more than that are beyond chance.
  expect(alarms).toBeLessThanOrEqual(blocks / limit + 10)
})

test('what is too little is not watched', () => {
  expect(
    blocksOf(
      hours(42, 0, () => 0),
      FIRST,
      FROM,
    ),
  ).toBe(0)
  expect(
    findChange(
      hours(3, 5, () => 0.5),
      true,
      FIRST,
      FIRST + 2 * DAY,
      100,
    ),
  ).toBeNull()
})

test('cycles: two weeks of learning, then four weeks watched, learned anew from at most eight weeks before', () => {
  expect(cycleAt(null, FROM)).toBeNull()
  expect(cycleAt(FIRST, FIRST + 13 * DAY)).toBeNull()
  expect(cycleAt(FIRST, FIRST + 14 * DAY)).toEqual({ learnFrom: FIRST, from: FIRST + 14 * DAY })
  expect(cycleAt(FIRST, FIRST + 41 * DAY)).toEqual({ learnFrom: FIRST, from: FIRST + 14 * DAY })
  expect(cycleAt(FIRST, FIRST + 126 * DAY)).toEqual({ learnFrom: FIRST + 70 * DAY, from: FIRST + 126 * DAY })
})

test('the series that changed is named, and the others are not', async () => {
  const of = (topic: string, rate: (at: number) => number, seed: number): Series => ({
    metric: 'sent',
    topic,
    channel: null,
    tier: null,
    article: null,
    binary: true,
    hours: hours(56, 10, rate, seed),
  })
  const all = [of('cards', (at) => (at >= FROM + 4 * DAY ? 0.2 : 0.7), 1), of('loans', () => 0.6, 2), of('app', () => 0.5, 3)]
  const { anomalies, watched } = await findAnomalies(all, { learnFrom: FIRST, from: FROM })
  expect(watched).toBe(3)
  expect(anomalies.map((a) => a.series.topic)).toEqual(['cards'])
})
