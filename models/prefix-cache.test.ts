import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pickSequence, reusable, SLICE, slices, type Warm } from './prefix-cache.ts'

const tokens = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 5 * SLICE })

describe('the warm cache', () => {
  it('reads every token but the last exactly once, in slices that begin at multiples of their length', () => {
    fc.assert(
      fc.property(tokens, tokens, (cached, prompt) => {
        const from = reusable(cached, prompt)
        expect(from % SLICE).toBe(0)
        expect(prompt.slice(0, from)).toEqual(cached.slice(0, from))
        let at = from
        for (const [begin, end] of slices(from, prompt.length)) {
          expect(begin).toBe(at)
          expect(begin % SLICE).toBe(0)
          at = end
        }
        expect(at).toBe(prompt.length - 1)
      }),
    )
  })

  it('slices a prompt in the same way wherever it begins', () => {
    const whole = slices(0, 300)
    expect(slices(128, 300)).toEqual(whole.slice(2))
  })

  it('keeps the passages of another turn warm when only the system text would be saved', () => {
    const system = Array.from({ length: 64 }, () => 7)
    const passages = Array.from({ length: 448 }, (_, i) => i)
    const mine: Warm = { tokens: [...system, ...passages], usedAt: 2 }
    const unused: Warm = { tokens: [], usedAt: 1 }
    expect(pickSequence([mine, unused], [...system, ...passages, 1, 2, 3])).toBe(mine)
    expect(pickSequence([mine, unused], [...system, ...passages.toReversed()])).toBe(unused)
  })
})
