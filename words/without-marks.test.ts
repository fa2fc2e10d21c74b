import { expect, test } from 'vitest'
import { withoutMarks } from './without-marks.ts'

test.each([
  ['| Gas | £110 | 2% fast or slow |', 'Gas · £110 · 2% fast or slow'],
  ['| Meter | Fee |\n|---|---|\n| Gas | £110 |', 'Meter · Fee Gas · £110'],
  ['- you leave in the last 49 days of the term;', 'you leave in the last 49 days of the term;'],
  ['2. Wait 15 minutes.', 'Wait 15 minutes.'],
  ['Customers on [Energy Help](support-help-tariff.md) pay half.', 'Customers on Energy Help pay half.'],
  ['It costs £12 - no more.', 'It costs £12 - no more.'],
])('%s is read as %s', (words, read) => {
  expect(withoutMarks(words)).toBe(read)
})
