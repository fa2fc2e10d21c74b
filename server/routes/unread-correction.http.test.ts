import request from 'supertest'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { texts } from '../../views/texts/en.ts'
import { sha256 } from '../audit/entry.ts'
import { temporaryPortal, type TemporaryPortal } from './temporary-portal.ts'

const QUESTION = 'What does a transfer abroad cost?'

let portal: TemporaryPortal
beforeEach(async () => {
  portal = await temporaryPortal()
  portal.sendFrom(0)
})
afterEach(() => portal.close())

async function answered(customer: ReturnType<typeof request.agent>) {
  const { headers } = await customer.post('/messages').type('form').send({ text: QUESTION, conversation: 'new' }).expect(303)
  const conversation = new URL(headers['location'] ?? '', portal.url).searchParams.get('c') ?? ''
  const { store } = portal.context
  await expect.poll(() => store.conversations.messages(conversation).at(-1)?.kind, { timeout: 20_000 }).toBe('answer')
  return store.conversations.messages(conversation).at(-1)!
}

/** The answer is put right in its thread; the message that does it. */
function putRight(answer: { id: string; conversation: string }): string {
  const { store } = portal.context
  const told = {
    message: answer.id,
    conversation: answer.conversation,
    customer: store.conversations.get(answer.conversation)!.customer,
    channel: 'portal' as const,
    turn: null,
    at: 1,
    via: 'claim' as const,
    score: 0.9,
    why: [],
    said: null,
    delivered: null,
    seen: null,
    cameBack: null,
  }
  const { id: incident } = store.incidents.open(
    {
      origin: { from: 'answer', id: answer.id },
      message: answer.id,
      article: null,
      question: '',
      firstAt: null,
      wrong: 'It costs £12.',
      right: 'It costs £14.',
      source: null,
      spans: [],
      kind: 'factual',
      severity: 'high',
      topic: 'general',
    },
    'staff:maya',
  )
  store.incidents.addHits(incident, [told], 'staff:maya')
  const letter = { wrong: 'It costs £12.', right: 'It costs £14.', why: '', toDo: '', text: 'What is right: It costs £14.', findings: [] }
  const correction = store.corrections.write(incident, letter, 'staff:maya')
  store.corrections.propose(correction.id, 'prop_1', 'staff:maya')
  const ben = `staff:${store.staff.create({ name: 'ben', passwordHash: 'x', roles: ['reviewer'] }, 'system').id}`
  store.corrections.approve(correction.id, sha256(letter.text), ben)
  store.corrections.begin(correction.id, ben)
  return store.corrections.deliver(correction.id, answer.conversation, [])!.id
}

test('until it is read, a correction stands above every page that the customer opens', async () => {
  const customer = request.agent(portal.url)
  const wrong = await answered(customer)
  const later = await answered(customer)
  const message = putRight(wrong)
  const link = `/?c=${wrong.conversation}#message-${message}`
  for (const page of [
    '/?new=1',
    `/?c=${later.conversation}`,
    `/person?conversation=${later.conversation}`,
    `/messages/${later.id}/report`,
  ]) {
    const { text } = await customer.get(page).expect(200)
    expect(text, page).toContain(texts.correction.unread)
    expect(text, page).toContain(link)
  }
  expect((await request.agent(portal.url).get('/')).text).not.toContain(texts.correction.unread)

  expect((await customer.get(`/?c=${wrong.conversation}`)).text).not.toContain(texts.correction.unread)
  expect((await customer.get('/?new=1')).text).not.toContain(texts.correction.unread)
})

test('what arrives in a tab that nobody looks at is not opened; the page says so once somebody does', async () => {
  const customer = request.agent(portal.url)
  const first = await customer.post('/messages').type('form').send({ text: '' }).expect(422)
  const wrong = await answered(customer)
  const message = putRight(wrong)
  const unopened = () => portal.context.store.corrections.unopened(portal.context.store.conversations.get(wrong.conversation)!.customer)
  const stop = new AbortController()
  const cookie = first.headers['set-cookie']![0]!.split(';')[0]!
  const { body } = await fetch(`${portal.url}/events?conversation=${wrong.conversation}`, { headers: { cookie }, signal: stop.signal })
  const { value } = await body!.getReader().read()
  expect(new TextDecoder().decode(value)).toContain('What is right')
  stop.abort()
  expect(unopened()).toHaveLength(1)
  await request.agent(portal.url).post(`/messages/${message}/opened`).expect(404)
  expect(unopened()).toHaveLength(1)
  await customer.post(`/messages/${message}/opened`).expect(204)
  expect(unopened()).toEqual([])
})
