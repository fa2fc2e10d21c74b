import { expect, test } from 'vitest'
import { asked } from './asked.ts'

const STORY =
  'Hello there, I hope you are well. My name is Margaret and I have been a customer for nearly thirty years. Last month my husband and I went to ' +
  'Portugal to visit our grandchildren, which was lovely, and when we came back we saw some fees on our statement for paying by card in restaurants.'

test('of a long message the sentences that ask', () =>
  expect(asked(`${STORY} Could you explain what you charge for using the debit card in shops abroad? Many thanks, Margaret`)).toBe(
    'Could you explain what you charge for using the debit card in shops abroad?',
  ))
test('with what a question points back to', () =>
  expect(asked(`${STORY} We were told of a rebate on card fees. Can we get it?`)).toBe(
    'We were told of a rebate on card fees. Can we get it?',
  ))
test('all questions, in order', () =>
  expect(asked(`What does a card cost? ${STORY} How long does a new one take to arrive by post?`)).toMatch(/^What does .* by post\?$/))
test.each(['What does a transfer cost? I am in a hurry.', STORY])('a short message, and one that asks nothing, stays whole: %s', (text) =>
  expect(asked(text)).toBe(text),
)
