import { expect, test } from 'vitest'
import { randomOf } from './random.ts'
import { certifyWorlds, errorAbove, logisticWorld, watchWorlds } from './simulate-worlds.ts'

const settings = { worlds: 200, n: 500, alpha: 0.05, deltas: [0.05] }

test('chance is the same for the same seed, and spread evenly', () => {
  const draw = (seed: number): number[] => Array.from({ length: 10_000 }, randomOf(seed))
  expect(draw(7)).toEqual(draw(7))
  expect(draw(7)).not.toEqual(draw(8))
  expect(draw(7).filter((x) => x < 0.05).length / 10_000).toBeCloseTo(0.05, 2)
  expect(draw(7).reduce((a, b) => a + b) / 10_000).toBeCloseTo(0.5, 1)
})

test('a world has the error rate it was made with, and less of it among the surer answers', () => {
  const wrong = logisticWorld(0.11, 0.8)
  expect(errorAbove(wrong, 0)).toBeCloseTo(0.11, 6)
  expect(errorAbove(wrong, 0.7)).toBeLessThan(0.05)
  expect(errorAbove(logisticWorld(0.11, 0.9), 0.7)).toBeLessThan(errorAbove(wrong, 0.7))
})

test('a wrong certificate is counted as one, and none is had where nearly all is wrong', () => {
  const luck = certifyWorlds({ wrong: () => 0.06 }, settings, randomOf(1))
  expect(luck.certified).toBeGreaterThan(0)
  expect(luck.wrong).toBe(luck.certified)
  expect(certifyWorlds({ wrong: () => 0.9 }, settings, randomOf(1))).toMatchObject({ certified: 0, wrong: 0 })
  expect(certifyWorlds({ wrong: () => 0 }, settings, randomOf(1))).toMatchObject({ certified: 200, wrong: 0 })
})

test('an alarm before the change is early, one after it has a delay', () => {
  const of = { worlds: 20, change: 50, horizon: 100, alpha: 0.05, delta: 0.05 }
  expect(watchWorlds({ ...of, before: 0, later: 1 }, randomOf(1))).toMatchObject({ early: 0, found: 20 })
  expect(watchWorlds({ ...of, before: 1, later: 1 }, randomOf(1))).toMatchObject({ early: 20, found: 0 })
  expect(watchWorlds({ ...of, before: 0, later: 0 }, randomOf(1)).delay).toEqual({ median: null, slow: null })
})
