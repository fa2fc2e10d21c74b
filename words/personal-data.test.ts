import { expect, test } from 'vitest'
import { maskPersonalData } from './personal-data.ts'

test('card numbers, addresses and account numbers are masked, amounts and dates stay', () => {
  expect(maskPersonalData('My card 4111 1111 1111 1111 and jo@home.example, £2,500 on 3 May')).toEqual({
    text: 'My card [card number] and [email address], £2,500 on 3 May',
    kinds: ['email address', 'card number'],
  })
  expect(maskPersonalData('20-00-00 account 12345678').kinds).toEqual(['sort code and account number'])
})

test('a long number that is no card number stays', () => {
  expect(maskPersonalData('order 4111 1111 1111 1112').text).toBe('order 4111 1111 1111 1112')
})
