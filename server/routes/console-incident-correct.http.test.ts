import request from 'supertest'
import { expect, test } from 'vitest'
import { hashToken } from '../people/sessions.ts'
import { digestOf } from '../repair/approve-correction.ts'
import { opened, told } from '../store/incident.fixture.ts'
import type { Incident } from '../store/incident-types.ts'
import { incidentDesk, QUESTION } from './incidents.fixture.ts'
import type { Agent } from './staff.fixture.ts'

const desk = incidentDesk()
const { staff, asked, now, post, looked } = desk

/** An incident with what is right, whom it reached, and a letter that waits for approval. */
async function proposed(maya: Agent) {
  desk.house.sendFrom(0)
  const first = await asked()
  await asked()
  const incident = await desk.opened(maya, { from: 'answer', id: first.id })
  const right = 'A transfer abroad takes three working days.'
  await post(maya, incident, 'describe', {
    version: '1',
    wrong: incident.wrong,
    right,
    kind: 'factual',
    severity: 'high',
    topic: incident.topic,
  })
  await post(maya, incident, 'reach', {})
  await looked(incident)
  await post(maya, incident, 'correction', { why: 'A page was out of date.', toDo: 'Check your last payment.' })
  const correction = desk.house.context.store.corrections.of(incident.id)!
  await post(maya, incident, 'correction/propose', { correction: correction.id })
  return { incident, first, correction: { correction: correction.id }, text: correction.text }
}

async function sent(incident: Incident): Promise<void> {
  while (now(incident).state !== 'corrected') await new Promise((resolve) => setTimeout(resolve, 5))
}

test('a letter is written from the incident, and blames no machine and names no customer', async () => {
  const maya = await staff('maya')
  const { text, incident } = await proposed(maya)
  expect(text).toMatch(/not right.*What is right: A transfer abroad takes three working days\..*out of date\..*Check your last payment\./s)
  const store = desk.house.context.store.corrections
  const before = store.of(incident.id)?.id
  for (const why of ['Our AI made a mistake.', 'Ann (ann@example.com) told us.']) {
    const refused = await post(maya, incident, 'correction', { why })
    expect(refused.status).toBe(409)
    expect(refused.text).toContain(why)
  }
  expect(store.of(incident.id)?.id).toBe(before)
})

test('it is proposed once, and rejected among the proposals it is off the incident too', async () => {
  const maya = await staff('maya')
  const ben = await staff('ben')
  const { incident, correction } = await proposed(maya)
  const { proposals, corrections } = desk.house.context.store
  expect((await post(ben, incident, 'correction/propose', correction)).text).toContain('waiting for approval already')
  const open = proposals.list({ state: 'open' })
  expect(open).toHaveLength(1)
  await ben.post(`/console/proposals/${open[0]!.id}`).type('form').send({ what: 'reject', note: 'Say it shorter.' }).expect(303)
  expect(corrections.get(correction.correction)?.state).toBe('withdrawn')
})

test('two people send it: who wrote it cannot approve it, then every thread is told once, strikes the answer through, and is followed', async () => {
  const maya = await staff('maya')
  const ben = await staff('ben')
  const { incident, first, correction, text } = await proposed(maya)
  expect((await post(maya, incident, 'correction/approve', correction)).text).toContain('somebody else has to decide')
  expect((await post(maya, incident, 'correction/send', correction)).status).toBe(409)
  await post(ben, incident, 'correction/approve', correction)
  const both = await Promise.all([post(maya, incident, 'correction/send', correction), post(ben, incident, 'correction/send', correction)])
  expect(both.map((r) => r.status)).toEqual([303, 303])
  await sent(incident)
  const { conversations, corrections } = desk.house.context.store
  for (const { conversation } of corrections.recipients(correction.correction)) {
    const letters = conversations.messages(conversation).filter((m) => m.corrects)
    expect(letters).toMatchObject([{ text }])
  }
  expect(conversations.message(first.id)?.correctedBy).toBeDefined()
  const page = await maya.get(`/console/incidents/${incident.id}`)
  expect(page.text).toContain('2 of 2 threads told')
  expect(page.text).toContain('To be called')
  const { conversation } = corrections.recipients(correction.correction)[0]!
  await post(maya, incident, 'correction/called', { ...correction, conversation, note: 'She knew already.' })
  expect(corrections.recipients(correction.correction).find((r) => r.conversation === conversation)?.called?.note).toBe('She knew already.')
})

test('a program sees which message was put right by which, and has it counted as opened when it fetches it', async () => {
  desk.house.sendFrom(0)
  const maya = await staff('maya')
  const ben = await staff('ben')
  const { store } = desk.house.context
  const token = 'a-key-of-the-test-long-enough'
  store.apiKeys.create({ name: 'crm', tokenHash: hashToken(token), tier: 'standard', channel: 'api' }, 'system')
  const crm = () => request(desk.house.url)
  const auth = { Authorization: `Bearer ${token}` }
  const { body: made } = await crm().post('/api/v1/conversations').set(auth).send({ customer: 'c1', email: 'ann@example.com' }).expect(201)
  await crm().post(`/api/v1/conversations/${made.id}/messages`).set(auth).send({ text: QUESTION }).expect(200)
  const { incident, correction } = await proposed(maya)
  await post(ben, incident, 'correction/approve', correction)
  await post(ben, incident, 'correction/send', correction)
  await sent(incident)
  const { body } = await crm().get(`/api/v1/conversations/${made.id}/messages`).set(auth).expect(200)
  const [answer, letter] = body.messages.slice(-2)
  expect(answer.corrected_by).toBe(letter.id)
  expect(letter.corrects).toEqual([answer.id])
  expect(store.corrections.recipients(correction.correction).find((r) => r.conversation === made.id)).toMatchObject({ openedBy: 'api' })
  expect(store.contacts.get(store.conversations.get(made.id)!.customer)).toEqual({ email: 'ann@example.com' })
})

test('the button to remind says of how many it will be, however many are shown', async () => {
  const { context } = desk.house
  const { store } = context
  const { id, wrong } = opened(store)
  store.incidents.addHits(
    id,
    Array.from({ length: 201 }, () => told(store)),
    'staff:maya',
  )
  const letter = { wrong, right: 'It costs £12.', why: '', toDo: '', text: 'It costs £12.', findings: [] }
  const correction = store.corrections.write(id, letter, 'staff:maya')
  store.corrections.propose(correction.id, 'prop_1', 'staff:maya')
  const ben = await staff('ben')
  store.corrections.approve(correction.id, digestOf(letter.text), `staff:${store.staff.byName('ben')!.id}`)
  store.corrections.begin(correction.id, 'staff:ben')
  for (const { conversation } of store.corrections.waiting(300)) store.corrections.deliver(correction.id, conversation, [])
  const later = Date.now() + 2 * 86_400_000
  Object.assign(context, { clock: () => later, repair: { ...context.repair, waysOf: () => ['webhook'] } })
  const remind = async () => /Remind \d+/.exec((await ben.get(`/console/incidents/${id}`).expect(200)).text)?.[0]
  expect(await remind()).toBe('Remind 201')
  // Who was called knows.
  store.corrections.called(correction.id, store.corrections.recipients(correction.id)[0]!.conversation, 'She knows.', 'staff:ben')
  expect(await remind()).toBe('Remind 200')
})
