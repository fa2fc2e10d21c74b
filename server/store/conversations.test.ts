import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Conversation } from '../conversation-types.ts'
import type { Customer } from '../types.ts'
import { recordOfTurn, temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

let at: TemporaryStore
let customer: Customer
let conversation: Conversation
beforeEach(() => {
  at = temporaryStore()
  customer = at.store.customers.create('standard', 'system')
  conversation = begin()
})
afterEach(() => at.remove())

const begin = () => at.store.conversations.create({ customer: customer.id, channel: 'portal', tier: 'standard' })
const say = (to: Conversation, text: string) =>
  at.store.conversations.say({ conversation: to.id, author: 'customer', kind: 'question', turn: null, text }, `customer:${customer.id}`)

test('the list shows the newest first, with its last words, and goes on where it stopped', () => {
  at.pass(1000)
  const second = begin()
  say(second, 'hello')
  at.pass(1000)
  say(conversation, 'one')
  say(conversation, 'two')
  const list = at.store.conversations.list({ limit: 1 })
  expect(list).toMatchObject([{ id: conversation.id, messages: 2, lastText: 'two' }])
  expect(at.store.conversations.list({ limit: 5, before: list[0]!.lastAt })).toMatchObject([{ id: second.id, lastText: 'hello' }])
  expect(at.store.conversations.list({ limit: 5, channel: 'api' })).toEqual([])
})

test('a customer comes back to the open conversation; a closed one takes in nothing more', () => {
  expect(at.store.conversations.latestOf(customer.id, 'portal')?.id).toBe(conversation.id)
  at.store.conversations.setState(conversation.id, 'closed', null, 'system', 'done')
  expect(at.store.conversations.latestOf(customer.id, 'portal')).toBeNull()
  expect(at.store.conversations.ofCustomer(customer.id, 'portal', 5).map((c) => c.id)).toEqual([conversation.id])
  expect(() => say(conversation, 'more')).toThrow(/closed/)
  expect(() => at.store.turns.start({ conversation: conversation.id, text: 'more' })).toThrow(/closed/)
})

test('who has the conversation and what the customer is told of it are one entry of the log, or nothing', () => {
  const before = at.store.log.size()
  const notice = { text: 'A colleague is here.' }
  const message = at.store.conversations.setState(conversation.id, 'waiting', null, 'staff:1', 'taken over', notice)
  expect(at.store.log.size()).toBe(before + 1)
  expect(at.store.log.tail()).toMatchObject({ type: 'conversation.state', data: { state: 'waiting', message: message?.id } })
  expect(at.store.conversations.messages(conversation.id)).toMatchObject([{ id: message?.id, kind: 'notice', text: notice.text }])
  expect(at.store.outbox.due(10).map((d) => d.message)).toEqual([message?.id])
  expect(at.store.conversations.setState(conversation.id, 'closed', null, 'system', 'done')).toBeNull()
  expect(() => at.store.conversations.setState(conversation.id, 'machine', null, 'staff:1', 'handed back', notice)).toThrow(/closed/)
  expect(at.store.conversations.get(conversation.id)?.state).toBe('closed')
  expect(at.store.log.size()).toBe(before + 2)
  expect(at.store.log.verify()).toBeNull()
})

test('a page that was away asks for what came after the last message it has', () => {
  for (const text of ['one', 'two', 'three']) say(conversation, text)
  expect(at.store.conversations.messages(conversation.id, 1).map((m) => m.text)).toEqual(['two', 'three'])
})

test('thumbs count once a message, the last one given', () => {
  const { turn, message } = at.store.turns.start({ conversation: conversation.id, text: 'q' })
  at.store.turns.record(recordOfTurn(turn, 'q', 'a'))
  const answer = at.store.conversations.messages(conversation.id).at(-1)!
  at.store.conversations.feedback(answer.id, 'up', null, `customer:${customer.id}`)
  at.store.conversations.feedback(answer.id, 'down', 'outdated', `customer:${customer.id}`)
  expect(at.store.conversations.message(answer.id)?.feedback).toBe('down')
  expect(at.store.figures.feedback(0)).toEqual({ up: 0, down: 1 })
  expect(at.store.log.ofTurn(turn.id).filter((e) => e.type === 'message.rated')).toHaveLength(2)
  expect(() => at.store.conversations.feedback(message.id, 'up', null, 'customer:1')).toThrow(/Only an answer/)
})

test('verdicts are counted by the time in which they fell', () => {
  const hour = 3_600_000
  const turn = () => at.store.turns.start({ conversation: conversation.id, text: 'q' }).turn
  const answer = (verdict: 'send' | 'hold') => at.store.turns.record(recordOfTurn(turn(), 'q', 'a', { decision: { verdict } }))
  const first = at.now()
  answer('send')
  answer('send')
  answer('hold')
  at.pass(hour)
  at.store.turns.end(turn().id, 'failed', 'why', null)
  at.store.turns.end(turn().id, 'cancelled', 'why', null)
  turn()
  expect(at.store.figures.verdicts(first, hour)).toEqual([
    { at: first, verdict: 'hold', count: 1 },
    { at: first, verdict: 'send', count: 2 },
    { at: first + hour, verdict: 'failed', count: 1 },
  ])
})

test('the scope is what was set last, and until then it forbids nothing', () => {
  expect(at.store.scope.get()).toEqual({ topics: [], urgent: [], amountAbove: null, contact: '' })
  const rules = { topics: [], urgent: [], amountAbove: { currency: 'GBP', value: 99.5 }, contact: 'Call us.' }
  at.store.scope.set(rules, 'staff:1')
  at = at.reopen()
  expect(at.store.scope.get()).toEqual(rules)
  expect(at.store.scope.get()).toBe(at.store.scope.get())
})
