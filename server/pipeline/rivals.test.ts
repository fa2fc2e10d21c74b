import { expect, test } from 'vitest'
import type { Block } from '../../kb/types.ts'
import type { ScoredBlock } from '../types.ts'
import { withoutRivals } from './rivals.ts'

const paragraph = (...sentences: string[]): Block[] =>
  sentences.map((text, i) => ({
    kind: 'sentence',
    revision: 'r',
    article: 'a',
    title: 't',
    headings: [],
    start: i * 100,
    end: i * 100 + text.length,
    leadIn: null,
    around: { start: 0, end: 1000 },
    text,
    header: null,
    cells: null,
  }))
const scored = (block: Block | undefined, relevance: number): ScoredBlock => ({
  block: block as Block,
  relevance,
  score: 0,
  words: 0,
  cosine: 0,
  coverage: 0,
})
const left = (blocks: Block[], best: number, others: Record<number, number> = {}): string[] =>
  withoutRivals(
    blocks,
    scored(blocks[best], 4),
    Object.entries(others).map(([i, relevance]) => scored(blocks[Number(i)], relevance)),
  ).map((b) => b.text)

test("another matter's figure of the same kind is left out", () => {
  const account = paragraph(
    'We send a code when you sign in.',
    'The code works for 10 minutes.',
    'After 5 wrong passwords the account is locked for 30 minutes.',
    'You can unlock it by resetting the password.',
  )
  expect(left(account, 2)).toEqual([account[0], account[2], account[3]].map((b) => b?.text))
})
test('a figure of another kind, and a sentence that answers too, stay', () => {
  const plans = paragraph('The Saver costs £16 a month.', 'The Saver Extra costs £23 a month.', 'Both run for 12 months.')
  expect(left(plans, 1, { 0: 0 })).toEqual(plans.map((b) => b.text))
  const delivery = paragraph('Delivery costs £8.', 'Orders over 3 kilos take 2 days.')
  expect(left(delivery, 0)).toEqual(delivery.map((b) => b.text))
})
test('what bounds the sentence stays, and what leans on it or is leaned on', () => {
  const gas = paragraph('We pay £65 for each day.', 'We do not pay for the first £5.', 'The most we pay is £1,000.')
  expect(left(gas, 0)).toEqual(gas.map((b) => b.text))
  const card = paragraph('The Plus card has a fee of £5.', 'It gives back £1 for every hundred.', 'Then £2 is added.', 'A copy costs £3.')
  expect(left(card, 1)).toEqual([card[0], card[1], card[2]].map((b) => b?.text))
})
