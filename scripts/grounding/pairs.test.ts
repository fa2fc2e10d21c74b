import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blocksOf } from '../../kb/blocks.ts'
import { randomOf } from '../random.ts'
import { apply, editOf } from './edits.ts'
import { FALSE_KINDS, makePairs, TRUE_KINDS } from './pairs.ts'
import { reworded, withoutCondition } from './reword.ts'

const article = (id: string, text: string) => blocksOf({ id, article: id, title: id, text })
const BLOCKS = [
  ...article(
    'cards',
    `You can block a lost card in the app at any time. We send the new card within five working days. If you ring before 5pm on Friday, we post it the same day. With the Blue Card and the Red Card you pay £3.50 a month, and for the Red Card you must ask in a branch.

| Card | Monthly fee | Limit |
|---|---|---|
| Blue Card | £3.50 | £500 a day |
| Red Card | £12 | £1,000 a day |`,
  ),
  ...article(
    'loans',
    'We lend up to £9,000 for at most seven years. The Blue Card is not needed for a loan. You do not have to be a customer with the Red Card.',
  ),
]
const NONE = { names: [], plans: [], tiers: [] }

test('the same documents and seed give the same pairs, another seed others', () => {
  expect(makePairs(BLOCKS, [], 3)).toEqual(makePairs(BLOCKS, [], 3))
  expect(makePairs(BLOCKS, [], 3)).not.toEqual(makePairs(BLOCKS, [], 4))
})

test('what is true is so by a true kind, what is false by a false one; no claim stands in its own premise when false', () => {
  for (let seed = 1; seed <= 30; seed++)
    for (const { claim, premise, label, kind } of makePairs(BLOCKS, ['business', 'private'], seed)) {
      expect((label === 1 ? TRUE_KINDS : FALSE_KINDS) as readonly string[]).toContain(kind)
      if (label === 0 && kind !== 'condition') expect(premise).not.toContain(claim)
    }
})

test('every edited claim is also true of a premise edited alike, and its original false of that', () => {
  const pairs = makePairs(BLOCKS, [], 5)
  const count = (label: 0 | 1) => pairs.filter((p) => p.edited && p.label === label).length
  expect(count(0)).toBeGreaterThan(0)
  expect(count(1)).toBeGreaterThanOrEqual(count(0))
})

test.each([
  ['number', 'It costs £3.50 here'],
  ['number', 'seven calls here'],
  ['unit', 'some working days'],
  ['date', 'on a Friday'],
  ['negation', 'it is here'],
  ['modality', 'you should ask'],
  ['plan', 'with Blue Card', ['Blue Card', 'Red Card']],
])('a %s is changed: %s', (kind, text, plans: string[] = []) => {
  const edit = editOf(text, { ...NONE, plans }, randomOf(1))
  expect(edit?.kind).toBe(kind)
  expect(apply(text, edit!)).not.toBe(text)
})

test('an edit replaces exactly the words that it names', () => {
  fc.assert(
    fc.property(fc.constantFrom(...BLOCKS.map((b) => b.text)), fc.nat(), (text, seed) => {
      const edit = editOf(text, { ...NONE, names: ['Blue Card', 'Red Card'] }, randomOf(seed))
      if (!edit) return
      expect(text.slice(edit.at, edit.at + edit.from.length)).toBe(edit.from)
      expect(apply(apply(text, edit), { from: edit.to, to: edit.from, at: edit.at })).toBe(text)
      expect(apply(text, edit)).not.toMatch(/\bnot not\b|\bdo not do not\b/)
    }),
  )
})

test('telephone numbers and words with a hyphen stay as they are', () => {
  for (let seed = 0; seed < 40; seed++) expect(editOf('Ring 0808 157 on a tax-free line', NONE, randomOf(seed))).toBeNull()
})

test('rewording keeps every figure, in figures or in words', () => {
  const figures = (text: string) =>
    text
      .replace(/\bfive\b/, '5')
      .replace(/\bfourteen\b/, '14')
      .match(/\d+/g)
      ?.sort()
  for (let seed = 0; seed < 50; seed++) {
    const text = 'If you ask within 14 days, we refund up to £9,000 in five working days.'
    expect(figures(reworded(text, randomOf(seed)))).toEqual(figures(text))
  }
})

test('a condition is dropped before or behind, and only where there is one', () => {
  expect(withoutCondition('If you ring within 14 days, we refund the whole fee.')).toBe('We refund the whole fee.')
  expect(withoutCondition('We refund the whole fee, unless the card was used.')).toBe('We refund the whole fee.')
  expect(withoutCondition('We refund the whole fee.')).toBeNull()
})
