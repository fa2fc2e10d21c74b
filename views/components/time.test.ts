import { expect, test } from 'vitest'
import { ago, dayWords } from './time.tsx'

const now = Date.UTC(2026, 0, 20, 12)
const MINUTE = 60_000
const HOUR = 60 * MINUTE

test('says how long ago, as people do', () => {
  const said = [0, 44_000, 50_000, 3 * MINUTE, 59 * MINUTE, 5 * HOUR, 25 * HOUR, 72 * HOUR, 15 * 24 * HOUR].map((ms) => ago(now - ms, now))
  expect(said).toEqual(['just now', 'just now', '1 min ago', '3 min ago', '59 min ago', '5 h ago', 'yesterday', '3 days ago', '5 Jan 2026'])
})

test('a clock that is a little ahead does not speak of the future', () => {
  expect(ago(now + 5_000, now)).toBe('just now')
})

test('a day is written as every other date, and what is none stays as it is', () => {
  expect(['2027-07-31', 'next summer', '2027-13-01'].map(dayWords)).toEqual(['31 Jul 2027', 'next summer', '2027-13-01'])
})
