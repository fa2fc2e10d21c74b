import { expect, test } from 'vitest'
import { fill } from './en.ts'

test('places are filled, and one without a value leaves no gap', () => {
  expect(fill('Sorry. {contact}', { contact: 'Call 123.' })).toBe('Sorry. Call 123.')
  expect(fill('Sorry. {contact}', { contact: '' })).toBe('Sorry.')
  expect(fill('{count} of {limit}', { count: 3, limit: 5 })).toBe('3 of 5')
})

test('what is filled in is not filled again', () => {
  expect(fill('From {title}', { title: '{contact}', contact: 'x' })).toBe('From {contact}')
})
