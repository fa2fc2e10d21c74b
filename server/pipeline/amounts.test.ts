import { expect, test } from 'vitest'
import { largestAmount } from './amounts.ts'

test.each([
  ['Can I transfer £30,000 to my brother today?', 30_000],
  ['can i send 30000 to my brother', 30_000],
  ['I want to pay 12k into my saver', 12_000],
  ['lend me 30 grand', 30_000],
  ['£1.5m for a house, and £200 for the fee', 1_500_000],
  ['Can I send €50,000 to Spain?', 50_000],
  ['send five thousand pounds', 5000],
  ['I took out 2000 by mistake', 2000],
  ['250p', 2.5],
])('%s', (question, amount) => expect(largestAmount(question)).toBe(amount))

test.each([
  'What is the fee?',
  'My reference number 8812345 does not work',
  'order #55512 is late',
  'Has it changed since 2026?',
  'I opened it in 2019, is that too long ago?',
  'Call me on 03069 990100 within 3 working days',
])('no amount: %s', (question) => expect(largestAmount(question)).toBeLessThan(100))
