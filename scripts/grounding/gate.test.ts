import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { randomOf } from '../random.ts'
import { baselineOf, compare, LEVEL, type Baseline } from './gate.ts'
import type { Checked } from './test.ts'

/** A run over wrong claims: whether each passed. `from`: the number of the first, so that runs may have other claims. */
const run = (passed: boolean[], from = 0): Baseline =>
  baselineOf(
    passed.map((one, i): Checked => ({
      id: String(i),
      claim: `claim ${from + i}`,
      premise: 'premise',
      label: 0,
      kind: 'number',
      article: 'a',
      edited: false,
      group: 'a',
      right: false,
      score: one ? 1 : 0,
    })),
    true,
    '2026-01-01',
  )
const mixed = (n: number, passed: number): boolean[] => Array.from({ length: n }, (_, i) => i < passed)

test('the words of articles are not kept', () => {
  expect(JSON.stringify(run([true]))).not.toContain('claim 0')
})

describe('the same claims', () => {
  test('the same result passes, whatever it is', () => {
    for (const passed of [0, 10, 100])
      expect(compare(run(mixed(100, passed)), run(mixed(100, passed)))).toMatchObject({ failed: false, p: 1 })
  })

  test('five of a hundred more fail and four don’t: five coins all fall on one side in 3 of 100 cases', () => {
    expect(compare(run(mixed(100, 14)), run(mixed(100, 10)))).toMatchObject({
      failed: false,
      changed: { worse: 4, better: 0 },
      tolerated: 14,
    })
    expect(compare(run(mixed(100, 15)), run(mixed(100, 10)))).toMatchObject({ failed: true, p: 1 / 32 })
  })

  test('what became better speaks for it', () => {
    const then = mixed(100, 10)
    const now = then.map((one, i) => (i < 5 ? false : i >= 90 && i < 96 ? true : one))
    expect(compare(run(now), run(then))).toMatchObject({ failed: false, changed: { worse: 6, better: 5 } })
  })

  test('it never fails when no more wrong claims pass than before', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 1, maxLength: 80 }), (pairs) => {
        const [now, then] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)]
        const count = (of: boolean[]) => of.filter(Boolean).length
        if (count(now) <= count(then)) expect(compare(run(now), run(then)).failed).toBe(false)
      }),
    )
  })
})

describe('other claims, since the articles changed', () => {
  test('as two samples: 10 of 100 before, and how many more are too many', () => {
    const then = run(mixed(100, 10))
    const { changed, tolerated, failed } = compare(run(mixed(100, 18), 1000), then)
    expect(changed).toBeNull()
    expect(failed).toBe(false)
    expect(compare(run(mixed(100, tolerated), 1000), then).failed).toBe(false)
    expect(compare(run(mixed(100, tolerated + 1), 1000), then).failed).toBe(true)
  })

  test('Fisher’s tea: three of four against one of four is no proof, four of four against none is', () => {
    expect(compare(run(mixed(4, 3), 100), run(mixed(4, 1))).p).toBeCloseTo(17 / 70, 10)
    expect(compare(run(mixed(4, 4), 100), run(mixed(4, 0)))).toMatchObject({ p: expect.closeTo(1 / 70, 10), failed: true })
  })
})

test('a checker that is as good as before fails in at most one of twenty comparisons', () => {
  const random = randomOf(7)
  const drawn = () => Array.from({ length: 60 }, () => random() < 0.3)
  for (const from of [0, 1000]) {
    const failures = Array.from({ length: 400 }, () => compare(run(drawn(), from), run(drawn())).failed).filter(Boolean).length
    expect(failures / 400).toBeLessThan(LEVEL + 0.02)
  }
})
