import { describe, expect, test } from 'vitest'
import { partsOf } from './claim-parts.ts'
import { likenessOf } from './likeness.ts'
import { likelyBeside } from './likely.ts'

const beside = (statement: string, text: string) => likenessOf(partsOf(statement), partsOf(text), text)

describe('figures', () => {
  test.each([
    ['It costs £25.', 'It costs twenty-five pounds.'],
    ['It takes two hours.', 'It takes 120 minutes.'],
    ['They are open until 4pm.', 'They are open until four o’clock in the afternoon.'],
    ['They are open until 4pm.', 'On Saturdays they are open until 4.'],
    ['It is for those aged over 60.', 'You have to be more than 60 years old.'],
    ['Keep it for 28 days.', 'Keep it for four weeks.'],
  ])('%s / %s: the same', (statement, text) => expect(beside(statement, text)).toMatchObject({ figuresAgree: 1, figureInstead: 0 }))

  test.each([
    ['It costs £25.', 'It costs £12.'],
    ['It takes 20 weeks.', 'It takes 20 working days.'],
    ['They are open until 4pm.', 'They are open until 1pm.'],
  ])('%s / %s: another one instead', (statement, text) =>
    expect(beside(statement, text)).toMatchObject({ figuresAgree: 0, figureInstead: 1 }),
  )

  test('a figure that is missing is not one that is instead', () =>
    expect(beside('It costs £25 within 3 days.', 'It costs £25.')).toMatchObject({
      figuresMissing: 0.5,
      figureInstead: 0,
      figuresAgree: 0,
    }))
})

describe('denial', () => {
  test('“free of charge”, “costs nothing” and “no fee” say the same and deny nothing', () => {
    for (const text of ['The talk costs nothing.', 'There is no fee for the talk.', 'You don’t pay for the talk.'])
      expect(beside('The talk is free of charge.', text), text).toMatchObject({ denialDiffers: 0, coverage: 1 })
  })
  test('one that denies and one that doesn’t differ, two denials don’t', () => {
    expect(beside('You can say no to it.', 'You cannot refuse it.').denialDiffers).toBe(1)
    expect(beside('It is shown online.', 'It is not shown online.').denialDiffers).toBe(1)
    expect(beside('It is shown online.', 'It is not true that it isn’t shown online.').denialDiffers).toBe(0)
  })
})

test('how it was is told from how it is', () => {
  expect(beside('It costs £25.', 'Until last year it cost £25.').past).toBe(1)
  expect(beside('It costs £25.', 'It no longer costs £25.').past).toBe(1)
  expect(beside('It costs £25.', 'You may wait until 5pm; it costs £25.').past).toBe(0)
})

test('another name in the place of the statement’s own is seen, the customer’s name in the greeting is none', () => {
  const statement = 'Complaints go to the Retail Tribunal.'
  expect(beside(statement, 'Your complaint goes to the Bank Ombudsman.')).toMatchObject({ namesMissing: 1, nameInstead: 1 })
  expect(beside(statement, 'hello, complaints are handled by the retail tribunal')).toMatchObject({ namesMissing: 0, nameInstead: 0 })
})

test('the other thing of its kind is seen: gas for electricity, Sunday for Saturday', () => {
  expect(beside('A gas test costs £65.', 'An electricity test costs £65.').otherKind).toBe(1)
  expect(beside('It closes at 4pm on Saturdays.', 'It closes at 4pm on Sundays.').otherKind).toBe(1)
  expect(beside('A gas test costs £65.', 'A gas test costs £65, one for electricity £80.').otherKind).toBe(0)
})

test('misspelt words count as theirs', () => {
  expect(beside('A transfer abroad is refunded.', 'A tranfser abroad is refuned.').coverage).toBeGreaterThan(0.6)
})

test('a cheap look lets through what shares words or figures, and nothing else', () => {
  const likeness = likelyBeside(partsOf('A transfer abroad costs £25.'))
  expect(likeness('Sending money overseas will set you back twenty-five pounds.')).toBe(1)
  expect(likeness('It is £25.')).toBeGreaterThanOrEqual(0.5)
  expect(likeness('Good morning, our branch closes at noon.')).toBe(0)
  expect(likeness('')).toBe(0)
})
