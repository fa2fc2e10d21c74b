import { describe, expect, test } from 'vitest'
import { comesBack } from './comes-back.ts'
import { contradicts } from './contradicts.ts'
import { greets } from './greets.ts'
import { readSignals } from './index.ts'
import { message } from './message.fixture.ts'
import { rephrases } from './rephrases.ts'
import { settled } from './settled.ts'
import { thumbsDown } from './thumbs-down.ts'
import { readingsOf, twoReadings } from './two-readings.ts'
import { upset } from './upset.ts'

const answered = { history: [{ author: 'vouch' as const, text: 'It costs £12.' }] }

describe('asks the same again', () => {
  const asked = 'What does a transfer abroad cost?'
  const other = { text: 'When do you open on Saturdays?', cosine: 0.1 }
  test('in other words, also after other questions in between', () => {
    const earlier = [{ text: asked, cosine: 0.86 }, other, { text: 'Can I pay in cash?', cosine: 0.15 }]
    expect(rephrases.read(message('How much do you charge for sending money to another country?', { earlier }))).not.toBeNull()
  })
  test('not when another figure or product by name is meant', () => {
    const earlier = [{ text: 'What is the fee for the Classic account?', cosine: 0.9 }]
    expect(rephrases.read(message('What is the fee for the Premier account?', { earlier }))).toBeNull()
    const sums = [{ text: 'What does it cost to send £50?', cosine: 0.95 }]
    expect(rephrases.read(message('What does it cost to send £500?', { earlier: sums }))).toBeNull()
  })
  test('not when it only goes on from it', () =>
    expect(rephrases.read(message('And for Premier?', { earlier: [{ text: asked, cosine: 0.9 }] }))).toBeNull())
  test('not when nothing is alike', () => expect(rephrases.read(message(asked, { earlier: [other] }))).toBeNull())
  test('within a day in another conversation it comes back', () => {
    const lately = [{ text: asked, cosine: 0.88 }]
    expect(comesBack.read(message('How much is a transfer to another country?', { lately }))?.why).toContain(asked)
    expect(comesBack.read(message('How much is a transfer to another country?', { earlier: lately }))).toBeNull()
  })
})

describe('contradicts the answer', () => {
  test.each([
    "that's not what the branch told me",
    'That’s not what it says on your website',
    'This contradicts the letter I got from you.',
    "No, that's wrong",
    'But the branch said there is no fee',
    'the lady at the branch told me something different',
    'Earlier you said it takes three days.',
    'that cannot be right',
    'But I was told it is free',
    'Your answer is out of date',
    "it isn't what I was told on the phone",
  ])('hears: %s', (text) => expect(contradicts.read(message(text, answered))).not.toBeNull())
  test.each([
    'What did the branch tell you?',
    'I was told it takes three days, how do I follow it up?',
    'That is not clear to me',
    'What if my statement is wrong?',
    'The amount on my bill is wrong, who do I call?',
    'My landlord says I need proof of address',
    'Is it true that it is free?',
  ])('is calm about: %s', (text) => expect(contradicts.read(message(text, answered))).toBeNull())
  test('without an answer there is nothing that "that is wrong" could contradict', () =>
    expect(contradicts.read(message('that is wrong'))).toBeNull())
})

describe('words with two readings', () => {
  test.each([
    ['I’m done with this', 'done'],
    ['ok, i am done', 'done'],
    ['Forget it.', 'done'],
    ['Great, just great.', 'done'],
    ['whatever', 'done'],
    ['cancel it', 'cancel'],
    ['Please close everything now', 'cancel'],
  ] as const)('%s', (text, reading) => expect(readingsOf(text)).toBe(reading))
  test.each([
    'I’m done with this form, where do I send it?',
    'How do I cancel my account?',
    'Please cancel my appointment on Friday',
    'Great, thanks',
    'That is enough money for me, can I close the loan?',
    'Is it fine?',
  ])('has only one: %s', (text) => expect(twoReadings.read(message(text))).toBeNull())
})

test.each(['Thanks!', 'Great, thank you so much for your help', 'ok thx bye', 'That’s all I need, thanks', 'I have all that I need.'])(
  'is settled: %s',
  (text) => expect(settled.read(message(text))).not.toBeNull(),
)
test.each([
  'hi',
  'Hello!',
  'good morning',
  'Hi there, how are you?',
  'hello, is anybody there?',
  'I have a question',
  'help',
  'Can you help me please',
])('greets: %s', (text) => expect(greets.read(message(text))).not.toBeNull())
test.each([
  'Hi, what does a card cost?',
  'help, my card is gone',
  'good',
  'I have a question about my loan',
  'Are you open in the morning?',
])('has a question in it: %s', (text) => expect(greets.read(message(text))).toBeNull())
test.each(['Thanks, and what does it cost?', 'ok', 'Good morning', 'thanks for nothing'])('is not settled: %s', (text) =>
  expect(settled.read(message(text))).toBeNull(),
)

test('an answer marked as not helpful counts with the next message, and only the last one does', () => {
  const rated = [{ author: 'vouch' as const, text: 'An answer.', feedback: 'down' as const }]
  expect(thumbsDown.read(message('So what now?', { history: rated }))).not.toBeNull()
  expect(thumbsDown.read(message('So what now?', { history: [...rated, ...answered.history] }))).toBeNull()
})

describe('upset, by its words alone', () => {
  test.each(['This is ridiculous, I am sick and tired of you people', 'Absolutely disgraceful! You lied to me!!'])('hears: %s', (text) =>
    expect(upset.read(message(text))).not.toBeNull(),
  )
  test.each(['How do I make a complaint?', 'My card was stolen!', 'I was charged twice, can I get it back?', 'NEED NEW CARD'])(
    'is calm about: %s',
    (text) => expect(upset.read(message(text))).toBeNull(),
  )
  test('vectors of another model than it was fitted on are left aside', () => {
    const vector = { of: 'another', values: new Float32Array(384).fill(1) }
    expect(upset.read(message('How do I make a complaint?', { vector }))).toBeNull()
  })
})

test('a plain question gives no signal', () => expect(readSignals(message('What does a transfer abroad cost?', answered))).toEqual([]))
