import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rowOf } from './row.ts'

test('heads and cells may hold colons and semicolons of their own', () => {
  expect(rowOf('Open: Mon: 9am; 12am; Closed: Sun', '| Mon: 9am; 12am | Sun |')).toEqual([
    { head: 'Open', cell: 'Mon: 9am; 12am' },
    { head: 'Closed', cell: 'Sun' },
  ])
})

test('a column without a head, an empty cell, and marks of Markdown', () => {
  expect(rowOf('Savings; Rate: 4.1%', '| **Savings** | 4.1% | |')).toEqual([
    { head: '', cell: 'Savings' },
    { head: 'Rate', cell: '4.1%' },
  ])
})

test('what is not a row, or not this row, is left as it is', () => {
  expect(rowOf('A sentence.', 'A sentence.')).toBeNull()
  expect(rowOf('Fee: £6', '| £7 |')).toBeNull()
  expect(rowOf('Fee: £6; Note: none', '| £6 |')).toBeNull()
})

test('every row of a table comes back as its cells', () => {
  const word = fc.stringMatching(/^[A-Z][a-z]{1,8}$/)
  const cell = fc.stringMatching(/^[a-z0-9£][a-z0-9£. ,:]{0,10}[a-z0-9]$/)
  fc.assert(
    fc.property(fc.array(fc.tuple(word, cell), { minLength: 1, maxLength: 5 }), (columns) => {
      const text = columns.map(([head, value]) => `${head}: ${value}`).join('; ')
      const found = rowOf(text, `| ${columns.map(([, value]) => value).join(' | ')} |`)
      expect(found).toEqual(columns.map(([head, value]) => ({ head, cell: value })))
    }),
  )
})

test('a column that the quotation leaves out is passed over, wherever it stands', () => {
  const quote = '| Lowest payment | £10 | £3 |'
  expect(rowOf('Term: Lowest payment; Priority plan: £3', quote)).toEqual([
    { head: 'Term', cell: 'Lowest payment' },
    { head: 'Priority plan', cell: '£3' },
  ])
  expect(rowOf('Term: Lowest payment; Usual plan: £10', quote)?.at(-1)).toEqual({ head: 'Usual plan', cell: '£10' })
})

test('a cell of which a part was left out', () => {
  expect(
    rowOf(
      'Line: General; Open: … Sunday 10am to 4pm; Note: None',
      '| General | Monday to Friday 8am to 8pm, Saturday 9am to 5pm, Sunday 10am to 4pm | None |',
    ),
  ).toEqual([
    { head: 'Line', cell: 'General' },
    { head: 'Open', cell: '… Sunday 10am to 4pm' },
    { head: 'Note', cell: 'None' },
  ])
})
