import { expect, test, vi } from 'vitest'
import { ModelDiedError } from '../../models/errors.ts'
import { FEES, WRITTEN, ask, begin, context, open, sureModel } from './turns.fixture.ts'
import type { TurnEvent } from './turns.ts'

test('a written answer that passes its checks is sent with the words of the article that it rests on', async () => {
  await open(sureModel, { written: 0, quoted: 2 })
  const { messages, trace } = await ask('What does a transfer abroad cost?')
  expect(trace?.findings.filter((f) => f.result === 'failed')).toEqual([])
  expect(messages.at(-1)).toMatchObject({ author: 'vouch', kind: 'answer', form: 'written', text: WRITTEN })
  const [citation] = messages.at(-1)?.citations ?? []
  const revision = context.knowledge.revision(citation?.revision ?? '')
  expect(revision?.text.slice(citation?.start, citation?.end)).toBe(citation?.quote)
  expect(citation?.quote).toContain('£12')
})

test('a figure that the documents do not give rules the written answer out; the quotation goes instead', async () => {
  await open({ ...sureModel, generate: () => 'A transfer abroad costs £15 for each payment.' }, { written: 0, quoted: 0 })
  const { messages, trace } = await ask('What does a transfer abroad cost?')
  expect(trace?.findings).toContainEqual(expect.objectContaining({ check: 'quantities', result: 'failed' }))
  expect(messages.at(-1)).toMatchObject({ form: 'quoted', text: expect.stringContaining('£12') })
})

test('the one sentence that fails a check is cut, and what remains is checked again and sent', async () => {
  const generate = () => 'A transfer abroad costs £12 for each payment. Our Paris branch sells stamps for £99.'
  await open({ ...sureModel, generate }, { written: 0, quoted: 2 })
  const { messages, trace } = await ask('What does a transfer abroad cost?')
  expect(messages.at(-1)).toMatchObject({ form: 'written', text: WRITTEN })
  expect(trace?.draft?.cut).toMatchObject({ sentence: 'Our Paris branch sells stamps for £99.', whole: generate() })
  expect(trace?.findings.filter((f) => f.result === 'failed')).toEqual([])
})

test.each([
  ['bounds what remains', 'A transfer abroad costs £12 for each payment. You must pay at least £99 in stamps.'],
  ['says what was asked', 'Stamps in Paris cost £99. A transfer abroad costs £12 for each payment.'],
  [
    'is what the next one leans on',
    'A transfer abroad costs £12 for each payment. Paris sells stamps for £99. It arrives in three working days.',
  ],
])('a sentence that %s is not cut', async (_, draft) => {
  await open({ ...sureModel, generate: () => draft }, { written: 0, quoted: 2 })
  const { messages, trace } = await ask('What does a transfer abroad cost?')
  expect(trace?.draft?.text).toBe(draft)
  expect(messages.at(-1)?.verdict).toBe('hold')
})

test('the model is not asked for a second opinion when another check has failed, and the record says so', async () => {
  const choose = vi.fn(() => [-0.05, -4])
  await open({ choose, generate: () => 'A transfer abroad costs £15 for each payment.' }, { written: 0, quoted: 2 })
  const { trace } = await ask('What does a transfer abroad cost?')
  expect(choose).not.toHaveBeenCalled()
  expect(trace?.costs).toContainEqual(
    expect.objectContaining({ step: 'second-opinion', skipped: expect.stringContaining('failed already') }),
  )
})

const PAST = `---\nreview: 2020-01-31\n---\n${FEES}`

test('an answer from an article past its review date waits for a person, who is told why', async () => {
  await open(sureModel, { written: 0, quoted: 0 }, PAST)
  const { messages, trace } = await ask('What does a transfer abroad cost?')
  expect(trace?.decision.verdict).toBe('hold')
  expect(messages.at(-1)).toMatchObject({ kind: 'notice', verdict: 'hold' })
  expect(context.store.reviews.list({ state: 'open' })).toMatchObject([{ reason: expect.stringContaining('“Fees” (by 2020-01-31)') }])
})

test('where the firm has set so, it goes out by itself all the same', async () => {
  await open(sureModel, { written: 0, quoted: 0 }, PAST, { EXPIRED_ARTICLES: 'send' })
  const { messages } = await ask('What does a transfer abroad cost?')
  expect(messages.at(-1)).toMatchObject({ kind: 'answer', form: 'written' })
})

test('no byte of an answer is announced before it is on the record', async () => {
  await open(sureModel, { written: 0, quoted: 0 })
  const events: TurnEvent[] = []
  const conversation = begin()
  context.turns.watch(conversation, (event) => {
    if (event.type === 'message' && event.message.author === 'vouch') {
      const entries = context.store.log.ofTurn(event.message.turn ?? '')
      expect(entries.length).toBeGreaterThan(0)
    }
    events.push(event)
  })
  await ask('What does a transfer abroad cost?', conversation)
  const answered = events.findIndex((e) => e.type === 'message' && e.message.author === 'vouch')
  expect(answered).toBeGreaterThan(0)
  expect(JSON.stringify(events.slice(0, answered))).not.toContain('£12')
  expect(events.flatMap((e) => (e.type === 'stage' ? e.stage : []))).toEqual(['reading', 'searching', 'writing', 'checking'])
  expect(context.store.log.verify()).toBeNull()
})

test('a check that cannot run counts as failed', async () => {
  const reworded = 'For each payment, a transfer abroad costs £12.'
  await open({ generate: () => reworded, choose: () => Promise.reject(new ModelDiedError('killed')) }, { written: 0, quoted: 2 })
  const { trace, messages } = await ask('What does a transfer abroad cost?')
  expect(trace?.findings).toContainEqual(expect.objectContaining({ check: 'second-opinion', result: 'failed', broken: true }))
  expect(messages.at(-1)).toMatchObject({ kind: 'notice', verdict: 'hold' })
})

test('a model that dies leaves the quotation, or a person', async () => {
  await open({ generate: () => Promise.reject(new ModelDiedError('killed')) }, { written: 0, quoted: 2 })
  const { trace, messages } = await ask('What does a transfer abroad cost?')
  expect(trace?.findings).toContainEqual(expect.objectContaining({ check: 'writing', broken: true }))
  expect(messages.at(-1)?.verdict).toBe('hold')
  expect(context.store.reviews.list({ state: 'open' })).toHaveLength(1)
})

test('"not in the documents" is told as such and recorded as a gap', async () => {
  await open({ ...sureModel, generate: () => 'NOT IN THE DOCUMENTS' }, { written: 0, quoted: 2 })
  const { messages } = await ask('What does a transfer to the moon cost?')
  expect(messages.at(-1)).toMatchObject({ kind: 'notice', verdict: 'decline' })
  expect(context.store.gaps.list(10)).toHaveLength(1)
})

test('who asks for a person gets one, and what they write next is for that person', async () => {
  await open(sureModel, { written: 0, quoted: 0 })
  const { conversation, messages } = await ask('I want to talk to a real person please')
  expect(messages.at(-1)?.verdict).toBe('escalate')
  expect(context.store.conversations.get(conversation)?.state).toBe('waiting')
  const next = context.turns.ask({ conversation, text: 'Are you there?' })
  expect(next.turn).toBeNull()
})

test('a large amount is held whatever the confidence', async () => {
  await open(sureModel, { written: 0, quoted: 0 })
  context.store.scope.set({ ...context.store.scope.get(), amountAbove: { currency: 'GBP', value: 2500 } }, 'system')
  expect((await ask('What does a transfer abroad of £3,000 cost?')).messages.at(-1)?.verdict).toBe('hold')
})
