import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Review } from '../conversation-types.ts'
import type { Citation } from '../types.ts'
import { recordOfTurn, revisionOf, temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'
import type { ReviewDecision } from './types.ts'

const MINUTE = 60_000
let at: TemporaryStore
let review: Review
let ada: string
let bob: string
const fees = revisionOf('fees', 'A transfer costs £5.')
const cited: Citation = { article: 'fees', revision: fees.id, title: fees.title, start: 0, end: 20, quote: fees.text }

beforeEach(() => {
  at = temporaryStore()
  at.store.knowledge.apply({ put: [fees], retire: [] }, 'system')
  ada = at.store.staff.create({ name: 'Ada', passwordHash: 'h', roles: ['reviewer'] }, 'system').id
  bob = at.store.staff.create({ name: 'Bob', passwordHash: 'h', roles: ['reviewer'] }, 'system').id
  const customer = at.store.customers.create('standard', 'system')
  const { id } = at.store.conversations.create({ customer: customer.id, channel: 'portal', tier: 'standard' })
  review = hold(id)
})
afterEach(() => at.remove())

function hold(conversation: string, due = at.now() + 60 * MINUTE): Review {
  const { turn } = at.store.turns.start({ conversation, text: 'Cost?' })
  at.store.turns.record(
    recordOfTurn(turn, 'Cost?', 'A colleague checks.', {
      decision: { verdict: 'hold', form: null, confidence: 0.5 },
      record: { review: { reason: 'Not sure enough.', due }, message: { kind: 'notice', text: 'A colleague checks.' } },
    }),
  )
  return at.store.reviews.ofTurn(turn.id)!
}

const decision = (given: Partial<ReviewDecision> = {}): ReviewDecision => ({
  review: review.id,
  staff: ada,
  outcome: 'approved',
  form: 'written',
  reason: null,
  message: { author: 'vouch', kind: 'answer', text: 'It costs £5.', citations: [cited], verdict: 'send', form: 'written' },
  trace: null,
  ...given,
})

test('a held answer waits with its reason, and arrives in the conversation when approved', () => {
  expect(at.store.reviews.list({ state: 'open' })).toMatchObject([{ reason: 'Not sure enough.', confidence: 0.5, outcome: null }])
  const message = at.store.reviews.decide(decision())
  expect(at.store.conversations.messages(review.conversation).map((m) => m.text)).toEqual(['Cost?', 'A colleague checks.', 'It costs £5.'])
  expect(message).toMatchObject({ turn: review.turn, citations: [cited] })
  expect(at.store.reviews.get(review.id)).toMatchObject({ state: 'decided', outcome: 'approved', decidedBy: ada, lockedBy: null })
  expect(at.store.outbox.due(10).map((d) => d.message)).toContain(message.id)
  expect(at.store.log.tail()).toMatchObject({
    type: 'review.decided',
    actor: `staff:${ada}`,
    data: { outcome: 'approved', message: message.id },
  })
})

test('it is decided once', () => {
  at.store.reviews.decide(decision())
  expect(() => at.store.reviews.decide(decision({ outcome: 'rejected' }))).toThrow(/decided already/)
  expect(at.store.reviews.lock(review.id, bob)).toBe(false)
})

test('one reviewer has it at a time, for ten minutes after she last did something', () => {
  expect(at.store.reviews.lock(review.id, ada)).toBe(true)
  at.pass(9 * MINUTE)
  expect(at.store.reviews.lock(review.id, ada)).toBe(true)
  at.pass(9 * MINUTE)
  expect(at.store.reviews.lock(review.id, bob)).toBe(false)
  expect(at.store.reviews.get(review.id)?.lockedBy).toBe(ada)
  expect(() => at.store.reviews.decide(decision({ staff: bob }))).toThrow(/colleague has this review/)
  at.pass(MINUTE)
  expect(at.store.reviews.lock(review.id, bob)).toBe(true)
  at.store.reviews.unlock(review.id, ada)
  expect(at.store.reviews.get(review.id)?.lockedBy).toBe(bob)
  at.store.reviews.unlock(review.id, bob)
  expect(at.store.reviews.lock(review.id, ada)).toBe(true)
})

test('an answer whose article has changed meanwhile is not released', () => {
  at.store.knowledge.apply({ put: [revisionOf('fees', 'A transfer costs £6.')], retire: [] }, 'staff:1')
  expect(() => at.store.reviews.decide(decision())).toThrow(/has changed since/)
  const rejected = { author: 'vouch', kind: 'notice', text: 'We cannot answer this.' } as const
  at.store.reviews.decide(decision({ outcome: 'rejected', form: null, reason: 'outdated', message: rejected }))
  expect(at.store.reviews.get(review.id)?.outcome).toBe('rejected')
  expect(at.store.conversations.get(review.conversation)?.state).toBe('waiting')
})

test('who takes over has the conversation', () => {
  const message = { author: 'staff', kind: 'notice', text: 'Ada is here now.', staff: ada } as const
  expect(at.store.reviews.decide(decision({ outcome: 'taken-over', form: null, message })).by).toBe('Ada')
  expect(at.store.conversations.get(review.conversation)).toMatchObject({ state: 'person', assignee: ada })
})

test('the queue shows what is due first, and what is overdue is counted', () => {
  const urgent = hold(review.conversation, at.now() + MINUTE)
  expect(at.store.reviews.list({ state: 'open' }).map((r) => r.id)).toEqual([urgent.id, review.id])
  at.pass(2 * MINUTE)
  expect(at.store.figures.waiting()).toMatchObject({ reviews: 2, overdue: 1 })
  at.store.reviews.decide(decision())
  expect(at.store.reviews.list({ state: 'decided' }).map((r) => r.id)).toEqual([review.id])
})
