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
