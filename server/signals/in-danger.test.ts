import { expect, test } from 'vitest'
import { message } from './message.fixture.ts'
import { inDanger } from './in-danger.ts'

const cries = (text: string): boolean => inDanger.read(message(text)) !== null

test.each([
  'I just don’t want to live any more',
  'she has taken too many sleeping pills',
  'my dad can’t breathe',
  'there is a strong smell of gas in our cellar',
  'the carbon monoxide alarm keeps going off',
  'He has collapsed in the kitchen',
  'A power line is down in our street',
  'the bleeding won’t stop',
])('hears: %s', (text) => expect(cries(text)).toBe(true))

test.each([
  'What should I do if I smell gas?',
  'Can I take out a policy after a diagnosis of asthma?',
  'I do not want to be charged twice',
  'How do I report that the power is off?',
  'I took all of my savings out, when does the account close?',
  'Which number do I call when there is a gas leak?',
])('is calm about: %s', (text) => expect(cries(text)).toBe(false))
