import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countWords, spelled } from './spelling.ts'

const own = countWords([
  'The contactless limit is £100. Change your address in the app. An overdraft, a transfer abroad, a standing order, a direct debit. He broke it. Order it.',
  'The limit of the card is set in the app; the address too.',
])
const vocabulary = { own, isWord: (word: string) => ['sister', 'texas', 'wages', 'taxes', 'charge'].includes(word) }

test.each([
  ['What is the contactles limit?', 'What is the contactless limit?'],
  ['wats the contactles limmit', 'wats the contactless limit'],
  ['how do i chnage my adress', 'how do i change my address'],
  ['Adress gone', 'Address gone'],
  ['trasnfer to my sister in texas', 'transfer to my sister in texas'],
  ['contctles', 'contactless'],
])('%s → %s', (typed, meant) => expect(spelled(typed, vocabulary)).toBe(meant))

test.each([
  'What about wages and taxes?',
  'I live in Adresse, Germany',
  'What does it charge?',
  'code AB123, contactless £12.50',
  'lasagne for my sister',
  'which charger, how many charges, uncharged',
  'contact the bloke at the grder',
])('nothing to put right in: %s', (text) => expect(spelled(text, vocabulary)).toBe(text))

test('it changes nothing but words, and what was put right stays right', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const once = spelled(text, vocabulary)
      expect(spelled(once, vocabulary)).toBe(once)
      expect(once.replace(/[a-z]+/gi, '')).toBe(text.replace(/[a-z]+/gi, ''))
    }),
  )
})
