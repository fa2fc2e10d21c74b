import { expect, test } from 'vitest'
import type { Block } from '../../kb/types.ts'
import { rowText } from './quote-row.ts'

const row = (header: string[], cells: string[]): Block => ({
  kind: 'row',
  revision: 'r',
  article: 'a',
  title: 't',
  headings: [],
  start: 0,
  end: 1,
  leadIn: null,
  around: { start: 0, end: 1 },
  text: header.map((h, i) => (h ? `${h}: ${cells[i]}` : cells[i])).join('; '),
  header,
  cells,
})
const fees = row(['', 'Classic', 'Classic Plus'], ['Balance transfer fee', '3.2%', '2.5%'])

test('a question that names a column gets that column', () => {
  expect(rowText(fees, 'What is the balance transfer fee on the Classic?')).toBe('Balance transfer fee; Classic: 3.2%')
})
test('the longer name wins when the question says all of it', () => {
  expect(rowText(fees, 'What is the balance transfer fee on the Classic Plus?')).toBe('Balance transfer fee; Classic Plus: 2.5%')
})
test('a question that names no column gets the whole row', () => {
  expect(rowText(fees, 'What is the balance transfer fee?')).toBe(fees.text)
})

test('a column is named by the words that only its header has', () => {
  const interest = row(['You owe', 'Everyday Plus, interest for 30 days', 'Premier, interest for 30 days'], ['£300', '£1.43', 'Nothing'])
  expect(rowText(interest, 'Premier here, £300 overdrawn: how much interest is that?')).toBe(
    'You owe: £300; Premier, interest for 30 days: Nothing',
  )
  const visits = row(['', 'Maternity Package', 'Maternity Package Complete'], ['Home visits', 'None', '5'])
  expect(rowText(visits, 'How many home visits come with the Complete one?')).toBe('Home visits; Maternity Package Complete: 5')
})
test('of columns alike, a word that only one has is enough; of columns that may all be asked about it is not', () => {
  const term = row(['Term', 'Usual plan', 'Priority Care plan'], ['Lowest payment', '£10', '£3'])
  expect(rowText(term, "I'm on your priority list. What's the lowest I can pay?")).toBe('Term: Lowest payment; Priority Care plan: £3')
  const test = row(['Meter', 'Test fee', 'Error allowed', 'Result within'], ['Gas', '£110', '2%', '20 working days'])
  expect(rowText(test, 'What does it cost to send the meter for testing, and how long does it take?')).toBe(test.text)
})
test('a word that all columns share names none of them', () => {
  const plans = row(['', 'Fixed 12 price', 'Fixed 24 price'], ['Unit', '24.9p', '25.6p'])
  expect(rowText(plans, 'What is the price of a unit?')).toBe(plans.text)
})

test('a row about a product is quoted whole, whatever its columns are called', () => {
  const tariff = row(['Tariff', 'Electricity per kWh', 'Gas per kWh'], ['Halden Green Fixed', '25.9p', 'Not offered'])
  expect(rowText(tariff, "What's the green tariff per kWh, and can I get gas on it too?")).toBe(tariff.text)
})
