import { afterEach, beforeEach, expect, test } from 'vitest'
import { sha256 } from '../audit/entry.ts'
import type { Conversation } from '../conversation-types.ts'
import type { Citation } from '../types.ts'
import { recordOfTurn, revisionOf, temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

let at: TemporaryStore
let conversation: Conversation
const fees = revisionOf('fees', 'A transfer abroad costs £5.')
const cited: Citation = { article: 'fees', revision: fees.id, title: fees.title, start: 0, end: 27, quote: fees.text }

beforeEach(() => {
  at = temporaryStore()
  at.store.knowledge.apply({ put: [fees], retire: [] }, 'system')
  const customer = at.store.customers.create('standard', 'system')
  conversation = at.store.conversations.create({ customer: customer.id, channel: 'portal', tier: 'standard' })
})
afterEach(() => at.remove())

const ask = (text: string) => at.store.turns.start({ conversation: conversation.id, text })

test('a recorded answer is in the conversation, the list, the trace, the outbox and the log', () => {
  const { turn } = ask('What does a transfer abroad cost?')
  at.pass(1200)
  const done = at.store.turns.record(recordOfTurn(turn, 'What does a transfer abroad cost?', 'It costs £5.', { citations: [cited] }))

  expect(done.result).toBe('recorded')
  const messages = at.store.conversations.messages(conversation.id)
  expect(messages.map(({ seq, author, text }) => [seq, author, text])).toEqual([
    [1, 'customer', 'What does a transfer abroad cost?'],
    [2, 'vouch', 'It costs £5.'],
  ])
  expect(messages[1]).toMatchObject({ citations: [cited], verdict: 'send', form: 'written', turn: turn.id })
  expect(at.store.turns.list({ limit: 10 })).toEqual([
    { ...turn, state: 'done', verdict: 'send', form: 'written', confidence: 0.912345, topic: 'payments', took: 1200 },
  ])
  expect(at.store.turns.trace(turn.id)?.decision.text).toBe('It costs £5.')
  expect(at.store.outbox.due(10).map((d) => d.message)).toEqual([messages[1]!.id])
  expect(at.store.log.verify()).toBeNull()
})

test('a turn in which it was asked back what is meant says so', () => {
  const say = (text: string, signal: string) => {
    const { turn } = ask(text)
    const intake = { question: text, language: 'en', signals: [{ signal, strength: 1, why: '' }] }
    at.store.turns.record(
      recordOfTurn(turn, text, 'Which do you mean?', { decision: { verdict: 'decline', form: null }, trace: { intake } }),
    )
    return at.store.turns.get(turn.id)?.fixed
  }
  expect(say('I’m done with this', 'two-readings')).toBe('asked-back')
  expect(say('Hello', 'greets')).toBe('nothing-asked')
  expect(say('Thanks', 'settled')).toBe('nothing-asked')
  expect(say('What does a moon cost?', 'upset')).toBeNull()
  expect(at.store.turns.list({ limit: 4 }).map((t) => t.fixed)).toEqual([null, 'nothing-asked', 'nothing-asked', 'asked-back'])
})

test('the log says what the decision rests on, without a personal word', () => {
  const { turn } = ask('What does a transfer abroad cost?')
  at.store.turns.record(recordOfTurn(turn, 'What does a transfer abroad cost?', 'It costs £5.', { citations: [cited] }))
  const entry = at.store.log.ofTurn(turn.id).find((e) => e.type === 'turn.recorded')!
  expect(entry.data).toMatchObject({
    verdict: 'send',
    form: 'written',
    confidence: 912345,
    threshold: { written: 800000, quoted: 800000 },
    cited: [{ article: 'fees', revision: fees.id, start: 0, end: 27, quote: sha256(fees.text) }],
    findings: [{ check: 'numbers', passed: 1, doubtful: 1, failed: 0, broken: 0 }],
    rules: [{ rule: 'confidence', verdict: 'send' }],
    models: [{ id: 'model', sha256: 'abc', runtime: 'runtime 1' }],
    timings: { search: 4, write: 41 },
  })
  expect(entry.body).toMatch(/^[0-9a-f]{64}$/)
  expect(JSON.stringify(entry)).not.toMatch(/transfer|costs/)
})

test('an answer from a revision that is no longer in force is not recorded', () => {
  const { turn } = ask('Cost?')
  at.store.knowledge.apply({ put: [revisionOf('fees', 'A transfer abroad costs £6.')], retire: [] }, 'staff:1')
  const before = at.store.log.size()
  const done = at.store.turns.record(recordOfTurn(turn, 'Cost?', 'It costs £5.', { citations: [cited] }))
  expect(done).toEqual({ result: 'stale', revisions: [fees.id] })
  expect(at.store.log.size()).toBe(before)
  expect(at.store.turns.get(turn.id)?.state).toBe('running')
})

test('a turn is decided once', () => {
  const { turn } = ask('Cost?')
  at.store.turns.record(recordOfTurn(turn, 'Cost?', 'It costs £5.'))
  expect(() => at.store.turns.record(recordOfTurn(turn, 'Cost?', 'It costs £9.'))).toThrow(/ended already/)
  expect(at.store.turns.end(turn.id, 'cancelled', 'too late', 'Given up.')).toBeNull()
  expect(at.store.conversations.messages(conversation.id)).toHaveLength(2)
})

test('what was running when the process ended is found again with its question', () => {
  const { turn } = ask('Cost?')
  at = at.reopen()
  expect(at.store.turns.unfinished()).toEqual([{ turn, text: 'Cost?' }])
  const notice = at.store.turns.end(turn.id, 'failed', 'restart', 'Please ask again.')
  expect(notice).toMatchObject({ author: 'vouch', kind: 'notice', text: 'Please ask again.' })
  expect(at.store.turns.unfinished()).toEqual([])
})

test('a turn is found by words of its question and answer', () => {
  for (const [question, answer] of [
    ['Where is my card?', 'On its way.'],
    ['What does a transfer cost?', 'Five pounds.'],
  ] as const)
    at.store.turns.record(recordOfTurn(ask(question).turn, question, answer))
  const found = at.store.turns.list({ text: 'POUNDS transfer', limit: 10 })
  expect(found.map((t) => at.store.turns.trace(t.id)?.question)).toEqual(['What does a transfer cost?'])
  expect(at.store.turns.list({ text: 'pounds card', limit: 10 })).toEqual([])
})

test('a hand-over leaves the conversation waiting for a person, and a gap is kept', () => {
  const { turn } = ask('Cost?')
  at.store.turns.record(recordOfTurn(turn, 'Cost?', 'A person takes over.', { record: { handOver: true, gap: true } }))
  expect(at.store.conversations.get(conversation.id)?.state).toBe('waiting')
  expect(at.store.gaps.list(5)).toMatchObject([{ turn: turn.id, topic: 'payments', state: 'open' }])
  expect(at.store.figures.waiting()).toEqual({ reviews: 0, overdue: 0, conversations: 1, gaps: 1 })
})

test('the turn directly after another one is the first of the list from there, oldest first', () => {
  const turns = ['one', 'two', 'three', 'four'].map((text) => {
    at.pass(1000)
    return ask(text).turn
  })
  const after = { since: turns[1]!.at + 1, limit: 1 }
  expect(at.store.turns.list({ ...after, oldestFirst: true }).map((t) => t.id)).toEqual([turns[2]!.id])
  expect(at.store.turns.list({ ...after, oldestFirst: true, text: 'four' }).map((t) => t.id)).toEqual([turns[3]!.id])
  expect(at.store.turns.list(after).map((t) => t.id)).toEqual([turns[3]!.id])
})
