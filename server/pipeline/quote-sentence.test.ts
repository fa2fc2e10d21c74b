import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sentenceText } from './quote-sentence.ts'

const yearly =
  'If you pay for a year at once you get 12 months for the price of 11: £418 for an adult on Linden Care and £704 for an adult on Care Plus.'
const leaving = 'There is a charge of £60 for Linden Care and £90 for Linden Care Plus.'
const review = 'A repeat prescription must be reviewed every 6 months, or every 12 months for thyroid tablets and inhalers.'
const line = 'Open: Monday to Friday 8am to 8pm, Saturday 9am to 5pm, Sunday 10am to 4pm'

test('of values for several things, the one for the thing that is named', () => {
  expect(sentenceText(yearly, 'How much is Care Plus for one adult by the year?')).toBe(
    'If you pay for a year at once you get 12 months for the price of 11: … £704 for an adult on Care Plus.',
  )
  expect(sentenceText(leaving, 'What does it cost to leave Linden Care after 7 months?')).toBe('There is a charge of £60 for Linden Care …')
  expect(sentenceText(leaving, 'What does it cost to leave Care Plus?')).toBe('There is a charge of … £90 for Linden Care Plus.')
})
test('"every" goes with its value', () => {
  expect(sentenceText(review, 'how often do I need a review for my inhalers')).toBe(
    'A repeat prescription must be reviewed … every 12 months for thyroid tablets and inhalers.',
  )
})
test.each([
  ['names none', leaving, 'What does it cost to leave?'],
  ['names both', yearly, 'What do Linden Care and Care Plus cost an adult by the year?'],
  ['says no', leaving, 'I am not on Linden Care Plus, what does leaving cost?'],
])('all of it to a question that %s', (_, text, question) => {
  expect(sentenceText(text, question)).toBe(text)
})
test('what holds on a condition stays beside the other', () => {
  const saver = 'It takes up to £400 a month if you have a Premier account, and £250 otherwise.'
  expect(sentenceText(saver, 'How much can I pay in with Premier?')).toBe(saver)
  const boiler = 'You get £600 towards a boiler if yours is less than 7 years old, or £250 if it is older.'
  expect(sentenceText(boiler, 'My boiler is older, what do I get?')).toBe(boiler)
})

test('opening hours of the day that is asked about', () => {
  expect(sentenceText(line, 'what time does the line close on a sunday')).toBe('Open: … Sunday 10am to 4pm')
  expect(sentenceText(line, 'Are you there on Wednesdays?')).toBe('Open: Monday to Friday 8am to 8pm …')
  expect(sentenceText(line, 'open at the weekend?')).toBe('Open: … Saturday 9am to 5pm, Sunday 10am to 4pm')
  expect(sentenceText(line, 'Monday or Sunday?')).toBe('Open: Monday to Friday 8am to 8pm … Sunday 10am to 4pm')
  expect(sentenceText(line, 'When are you open?')).toBe(line)
})

test('nothing is put in: without its gaps a quotation is what the article says, in its order', () => {
  const price = fc.integer({ min: 1, max: 900 }).map((n) => `£${n}`)
  const name = fc.constantFrom('a letter', 'an email', 'Care Plus', 'Linden Care', 'children', 'a visit on Sunday')
  const values = fc.array(fc.tuple(price, name), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(values, name, (list, asked) => {
      const text = `The fee is ${list.map(([p, n]) => `${p} for ${n}`).join(' and ')}.`
      const quoted = sentenceText(text, `What is it for ${asked}?`)
      let at = 0
      for (const stretch of quoted.split('…').map((s) => s.trim())) {
        const found = text.indexOf(stretch, at)
        expect(found).toBeGreaterThanOrEqual(at)
        at = found + stretch.length
      }
    }),
  )
})
