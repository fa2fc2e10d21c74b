import { afterEach, beforeEach, expect, test } from 'vitest'
import { texts } from '../../views/texts/en.ts'
import { temporaryPortal, type TemporaryPortal } from './temporary-portal.ts'

let portal: TemporaryPortal
beforeEach(async () => {
  portal = await temporaryPortal()
})
afterEach(() => portal.close())

function begin(): string {
  const { customers, conversations } = portal.context.store
  return conversations.create({ customer: customers.create('standard', 'system').id, channel: 'portal', tier: 'standard' }).id
}

async function say(text: string, conversation: string) {
  const { turn, done } = portal.context.turns.ask({ conversation, text })
  await done
  const { store } = portal.context
  const trace = store.turns.trace(turn?.id ?? '')
  return { turn: turn?.id ?? '', trace, last: store.conversations.messages(conversation).at(-1) }
}

const signs = (said: Awaited<ReturnType<typeof say>>): string[] => said.trace?.intake.signals.map((s) => s.signal) ?? []

test('an answer that was enough before is held once the customer asks the same again', async () => {
  portal.sendFrom(0)
  const conversation = begin()
  const first = await say('What does a transfer abroad cost?', conversation)
  expect(first.last?.kind).toBe('answer')
  const { written, quoted } = first.trace!.confidence
  portal.sendFrom(Math.max(written?.value ?? 0, quoted?.value ?? 0) - 0.0001)
  await say('What does a lost debit card cost?', conversation)
  const again = await say('What does a transfer abroad cost?', conversation)
  expect(signs(again)).toContain('rephrases')
  expect(again.trace?.decision).toMatchObject({ verdict: 'hold' })
  expect(again.trace?.decision.rules).toContainEqual(
    expect.objectContaining({ rule: 'care', why: expect.stringContaining('asks the same again') }),
  )
  expect(portal.context.store.reviews.ofTurn(again.turn)?.state).toBe('open')
})

test('who was told otherwise gets a person’s look, however sure the answer is', async () => {
  portal.sendFrom(0)
  const conversation = begin()
  await say('What does a transfer abroad cost?', conversation)
  const said = await say('That is not what the branch told me about a transfer abroad, they said it costs nothing', conversation)
  expect(signs(said)).toContain('contradicts')
  expect(said.last?.kind).toBe('notice')
  expect(['hold', 'escalate']).toContain(said.trace?.decision.verdict)
})

test('a thumb down is remembered, and the same question in a new conversation comes back', async () => {
  portal.sendFrom(0)
  const { store } = portal.context
  const conversation = begin()
  const { last } = await say('What does a transfer abroad cost?', conversation)
  store.conversations.feedback(last?.id ?? '', 'down', null, 'customer')
  expect(store.signals.noticed(conversation)).toEqual([expect.objectContaining({ signal: 'thumbs-down', strength: 1 })])
  const { customer, channel, tier } = store.conversations.get(conversation) ?? { customer: '', channel: 'portal' as const, tier: '' }
  const next = store.conversations.create({ customer, channel, tier }).id
  const back = await say('What would a transfer abroad cost?', next)
  expect(signs(back)).toContain('comes-back')
  const entry = store.log.ofTurn(back.turn).find((e) => e.type === 'turn.recorded')
  expect(entry?.data['signals']).toContainEqual(expect.objectContaining({ signal: 'comes-back' }))
})

test('words with two readings are asked back about, and either choice is understood, by its button or by its number', async () => {
  const conversation = begin()
  const asked = await say('I’m done with this', conversation)
  expect(asked.last?.text).toBe(texts.notices.askBack.done.text)
  expect(asked.trace?.hits).toEqual([])
  expect(portal.context.store.gaps.list(5)).toEqual([])
  const well = await say('1', conversation)
  expect(well.last?.text).toBe(texts.notices.settled)
  await say('forget it', conversation)
  const person = await say(texts.notices.askBack.done.choices[1], conversation)
  expect(person.trace?.decision.verdict).toBe('escalate')
  expect(portal.context.store.conversations.get(conversation)?.state).toBe('waiting')
})

test('a colleague who steps in while an answer is made gets it held, with their word, and has it to themselves', async () => {
  portal.sendFrom(0)
  const { context } = portal
  const ada = context.store.staff.create({ name: 'Ada', passwordHash: 'x', roles: ['reviewer'] }, 'system')
  const release = portal.hold()
  const conversation = begin()
  const { turn, done } = context.turns.ask({ conversation, text: 'What does a transfer abroad cost?' })
  await expect.poll(() => context.turns.running(conversation)?.stage).toBe('writing')
  context.turns.whisper(turn?.id ?? '', ada, 'The price changes on Monday.')
  release()
  await done
  const review = context.store.reviews.ofTurn(turn?.id ?? '')
  expect(review).toMatchObject({ state: 'open', lockedBy: ada.id, reason: expect.stringContaining('The price changes on Monday.') })
  expect(context.store.conversations.messages(conversation).at(-1)?.text).toBe(texts.notices.held)
  expect(() => context.turns.whisper(turn?.id ?? '', ada, 'too late')).toThrow(/decided already/)
  expect(context.store.log.verify()).toBeNull()
})
