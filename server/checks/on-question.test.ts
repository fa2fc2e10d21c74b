import { describe, expect, test } from 'vitest'
import { fakeEmbedder } from '../../models/fakes.ts'
import { gives, onQuestion, wants } from './on-question.ts'

describe('what a question asks for is seen in its wording', () => {
  test.each([
    ['What does a transfer abroad cost?', 'a price'],
    ['What do you charge me for paying by card in Norway?', 'a price'],
    ["What's the monthly fee?", 'a price'],
    ['what will my daughter cost on the plan', 'a price'],
    ['What am I paying for a unit at night?', 'a price'],
    ['What interest does the saver pay?', 'a rate of interest'],
    ['What rate do I get if I end it early?', 'a rate'],
    ['How long does it take?', 'a length of time'],
    ['What time do you close?', 'a time of day'],
    ['How many visits are included?', 'a number'],
    ['How much can I get for a broken fridge?', 'an amount'],
  ])('%s: %s', (question, what) => expect(wants(question)?.what).toBe(what))

  test.each([
    'What happens to the fee if I am right?',
    'What happens to the interest when I leave?',
    'Can I pay by card?',
    'Who charges my phone?',
  ])('%s: nothing of the kind', (question) => expect(wants(question)).toBeNull())
})

test.each([
  ['What do you charge me abroad?', 'Our fee for payments abroad is charged in either case.', false],
  ['What do you charge me abroad?', 'We charge 2.75% of the amount.', true],
  ['What do you charge me abroad?', 'Paying abroad is free.', true],
  ['What rate do I get?', 'Interest is paid monthly.', false],
  ['How much can I take out?', 'Call us on 0306 999 0200.', false],
])('%s “%s”: %s', (question, text, given) => {
  const wanted = wants(question)
  expect(wanted && gives(text, wanted)).toBe(given)
})

test.each([
  ['Who was the enemy of the town and the castle?', 'The enemy of the town was the castle.', 'failed'],
  ['Who was the enemy of the town?', 'The enemy of the town was the bishop.', 'passed'],
  ['Can I keep a book for six weeks?', 'Yes, you can keep a book for six weeks.', 'passed'],
])('%s “%s” %s', async (question, answer, result) => {
  const input = { question, answer, claims: [], windows: [], idf: () => 1, embedder: fakeEmbedder(), judge: null }
  expect(await onQuestion.run(input)).toMatchObject([{ result }])
})
