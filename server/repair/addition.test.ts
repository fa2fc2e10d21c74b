import { expect, test } from 'vitest'
import { additionOf } from './addition.ts'

const WRONG = 'Going to Night Saver EV is free as well.'
const RIGHT = 'Going from one of our fixed tariffs to Night Saver EV is free, provided that you stay on it for at least 6 months.'

test('a condition that was left out is an addition: who says it too does not say the wrong again', () => {
  const addition = additionOf(WRONG, RIGHT)
  expect(addition?.saidIn('Going to Night Saver EV is free as well, provided that you stay on it for at least 6 months.')).toBe(true)
  const before = 'Changing from one of our fixed tariffs to another counts as leaving. Going to Night Saver EV is free as well.'
  expect(addition?.saidIn(before)).toBe(false)
  expect(addition?.saidIn('Going to Night Saver EV is free, provided that you stay on it for at least 3 months.')).toBe(false)
})

test('another figure, or another statement, is none', () => {
  expect(additionOf('The exit fee is £60.', 'The exit fee for each fuel is £40.')).toBeNull()
  expect(additionOf('A cheque is free.', 'A transfer abroad takes three working days.')).toBeNull()
  expect(additionOf('It costs £12.', 'It costs £12.')).toBeNull()
})
