import { expect, test } from 'vitest'
import { message } from './message.fixture.ts'
import { asksForPerson } from './asks-for-person.ts'

const asks = (text: string): boolean => asksForPerson.read(message(text)) !== null

test.each([
  'I want to talk to a real person',
  'Could somebody from the branch phone me tomorrow?',
  'put me through to an adviser',
  'human please',
  'Is there anybody there that I can speak to?',
  'No more robots, get me someone who can help',
  'I need a human being',
])('obeys: %s', (text) => expect(asks(text)).toBe(true))

test.each([
  'Can someone else use my card?',
  'How many people can share an account?',
  'Who is the person named on the policy?',
  'Will you call me if my card is blocked?',
  'Can I add another person to my account?',
  'What does a human resources reference cost?',
])('is no request for a person: %s', (text) => expect(asks(text)).toBe(false))
