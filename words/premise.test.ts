import fc from 'fast-check'
import { expect, test } from 'vitest'
import { condensed, unitsOf } from './premise.ts'

const FEES = `## Fees

A transfer *abroad* costs **£12**. It arrives [within five days](/days).

- by card
1. by phone

| Plan | Fee |
|---|---|
| Basic | £3 |
| Plus | £5 |`

test('units are sentences, bare items and rows with their header, as plain text', () => {
  expect(unitsOf(FEES)).toEqual([
    'Fees',
    'A transfer abroad costs £12.',
    'It arrives within five days.',
    'by card',
    'by phone',
    'Plan: Basic; Fee: £3',
    'Plan: Plus; Fee: £5',
  ])
})

test('a short premise stays whole', () => {
  expect(condensed('anything', FEES)).toBe(unitsOf(FEES).join(' '))
})

test('of a long one remains what the claim speaks of, with what stands beside it, in its order', () => {
  const filler = Array.from({ length: 30 }, (_, i) => `Branch number ${i} opens at nine on most days of the working year.`)
  const premise = [...filler.slice(0, 15), 'Ask us first.', 'The Plus card costs £5 a month.', ...filler.slice(15)].join(' ')
  const short = condensed('The Plus card costs £6 a month.', premise)
  expect(short).toContain('Ask us first. The Plus card costs £5 a month.')
  expect(short.split(/\s+/).length).toBeLessThanOrEqual(110)
})

test('never more than 110 words unless one unit alone has more, and nothing that the premise does not say', () => {
  const words = fc.array(fc.constantFrom('card', 'fee', 'Plus', 'not', 'five', 'days'), { minLength: 1, maxLength: 30 })
  const sentences = fc.array(words, { minLength: 1, maxLength: 20 }).map((all) => all.map((s) => `A ${s.join(' ')}.`).join(' '))
  fc.assert(
    fc.property(sentences, sentences, (claim, premise) => {
      const kept = unitsOf(condensed(claim, premise))
      const all = unitsOf(premise)
      expect(kept.every((unit) => all.includes(unit))).toBe(true)
      if (kept.length > 1) expect(kept.join(' ').split(/\s+/).length).toBeLessThanOrEqual(110)
    }),
  )
})
