import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mostSent } from './share.ts'

const rows = (pattern: string) => [...pattern].map((c, i) => ({ score: 1 - i / 100, right: c === '+', group: `${i}` }))

test('the most confident go out until too many of them are wrong, and again when enough right ones follow', () => {
  expect(mostSent(rows('+++-'), 0)).toBe(3)
  expect(mostSent(rows('-+++'), 0)).toBe(0)
  expect(mostSent(rows('-+++'), 0.25)).toBe(4)
})

test('equal confidences cannot be told apart, so they go out together or not at all', () => {
  const equal = rows('++-').map((row, i) => ({ ...row, score: i === 0 ? 1 : 0.5 }))
  expect(mostSent(equal, 0)).toBe(1)
})

test('whoever allows more mistakes never sends less', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ score: fc.integer({ min: 0, max: 9 }), right: fc.boolean(), group: fc.constant('') })), (all) => {
      const sent = [0, 0.05, 0.2, 0.5, 1].map((wrong) => mostSent(all, wrong))
      expect(sent).toEqual(sent.toSorted((a, b) => a - b))
      expect(sent.at(-1)).toBe(all.length)
    }),
  )
})
