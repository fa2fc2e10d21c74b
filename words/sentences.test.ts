import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sentencesOf } from './sentences.ts'

const split = (text: string): string[] => sentencesOf(text).map((s) => text.slice(s.start, s.end))

test('sentences end where a reader says they end', () => {
  expect(split('We charge £1.50. It is taken at 5 p.m. on Monday, e.g. on 3 May. Ask us.')).toEqual([
    'We charge £1.50.',
    'It is taken at 5 p.m. on Monday, e.g. on 3 May.',
    'Ask us.',
  ])
})

test('no word is lost and no two sentences overlap', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'B', '.', ' ', '?', '\n', '1', 'p.m.', 'é') }), (text) => {
      let at = 0
      for (const s of sentencesOf(text)) {
        expect(text.slice(at, s.start).trim()).toBe('')
        expect(s.end).toBeGreaterThan(s.start)
        at = s.end
      }
      expect(text.slice(at).trim()).toBe('')
    }),
  )
})
