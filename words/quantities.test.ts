import { describe, expect, test } from 'vitest'
import { isStatedBy, quantitiesOf } from './quantities.ts'

const forms = (text: string): string[] => quantitiesOf(text).map((q) => `${q.kind} ${q.value} ${q.unit}`.trim())
const says = (claim: string, text: string): boolean => quantitiesOf(claim).every((q) => isStatedBy(q, quantitiesOf(text)))

describe('figures', () => {
  test.each([
    ['It costs £2,500.', ['money 2500 gbp']],
    ['five working days', ['measure 5 working day']],
    ['within 2 weeks', ['measure 14 day']],
    ['by 3.30pm on 3 May 2026', ['time 15:30', 'date 3 may 2026']],
    ['call 0306 999 0155', ['code 03069990155']],
    ['26.4p per kWh', ['money 26.4 penny']],
    ['4.35% a year', ['percent 4.35 %']],
    ['twenty-one days', ['measure 21 day']],
    ['fifteen hundred pounds', ['money 1500 gbp']],
    ['two thousand five hundred and ten miles', ['measure 2510 mile']],
    ['a hundred days', ['measure 100 day']],
    ['between five and ten days', ['number 5', 'measure 10 day']],
    ['half past ten at night', ['time 22:30']],
    ['four o’clock in the afternoon', ['time 16:00']],
    ['from 9 o’clock', ['time 09:00']],
    ['quarter to two', ['time 13:45']],
    ['500 quid', ['money 500 gbp']],
    ['over sixty may join', ['number 60']],
    ['one of them', []],
    ['one day', ['measure 1 day']],
  ])('%s', (text, expected) => expect(forms(text)).toEqual(expected))

  test('offsets point at what was written, also after number words', () => {
    const text = 'Wait twenty-five days, then pay £10.'
    expect(quantitiesOf(text).map((q) => text.slice(q.start, q.end))).toEqual(['twenty-five days', '£10'])
  })
})

describe('is a figure stated', () => {
  test('in other words, yes', () => {
    expect(says('It takes 14 days.', 'It takes two weeks.')).toBe(true)
    expect(says('5 business days', 'within five working days')).toBe(true)
    expect(says('It closes at 15:00.', 'It closes at 3pm.')).toBe(true)
  })
  test('with another unit, value or kind, no', () => {
    expect(says('5 days', '5 working days')).toBe(false)
    expect(says('£20', '20%')).toBe(false)
    expect(says('a fee of £2.5%', 'a fee of 2.5%')).toBe(false)
    expect(says('£20', '£200')).toBe(false)
    expect(says('3 May', '3 June')).toBe(false)
  })
})
