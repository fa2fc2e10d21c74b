import request from 'supertest'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { texts } from '../../views/texts/en.ts'
import { recordUnavailable } from '../errors.ts'
import { staffAgent } from './staff.fixture.ts'
import { temporaryPortal, type TemporaryPortal } from './temporary-portal.ts'

let portal: TemporaryPortal

beforeEach(async () => {
  portal = await temporaryPortal()
  portal.sendFrom(0)
})
afterEach(() => portal.close())

/** A customer who has been answered. */
async function answered() {
  const customer = request.agent(portal.url)
  await customer.get('/').expect(200)
  const { headers } = await customer.post('/messages').type('form').send({ text: 'What does a transfer abroad cost?' }).expect(303)
  const conversation = new URL(headers['location'] ?? '', portal.url).searchParams.get('c') ?? ''
  const { store } = portal.context
  await expect.poll(() => store.conversations.messages(conversation).at(-1)?.kind, { timeout: 20_000 }).toBe('answer')
  return { customer, conversation, answer: store.conversations.messages(conversation).at(-1)! }
}

const reviewer = (name = 'maya') => staffAgent(portal, name)

test('a customer marks a sentence; staff confirm; the customer is told, it counts as a mistake, and an incident knows the sentence', async () => {
  const { store } = portal.context
  const { customer, conversation, answer } = await answered()
  const page = await customer.get(`/messages/${answer.id}/report`).expect(200)
  expect(page.text).toContain(texts.report.kinds.outdated)
  const sentence = answer.sentences[0]!
  await customer
    .post(`/messages/${answer.id}/report`)
    .type('form')
    .send({ sentence: `${sentence.start}-${sentence.end}`, kind: 'outdated', text: 'The branch says £14.' })
    .expect(303)
  expect(store.conversations.messages(conversation).at(-1)?.text).toBe(texts.notices.reported)
  const [report] = store.reports.list({ state: 'open', limit: 5 })
  expect(report).toMatchObject({ kind: 'outdated', text: 'The branch says £14.', message: answer.id })
  expect(store.signals.noticed(conversation)).toContainEqual(expect.objectContaining({ signal: 'reported' }))

  const maya = await reviewer()
  const address = `/console/reports/${report!.id}`
  expect((await maya.get('/console/reports').expect(200)).text).toContain('The branch says £14.')
  const shown = (await maya.get(address).expect(200)).text
  expect(shown).toContain('<mark>')
  expect(shown).toContain('What it rests on')
  expect(shown).toContain(`data-words="${texts.notices.reportConfirmed}"`)
  await maya.post(address).type('form').send({ state: 'confirmed', kind: 'outdated', reply: '' }).expect(422)
  const { headers } = await maya
    .post(address)
    .type('form')
    .send({ state: 'confirmed', kind: 'outdated', reply: 'You are right, it is £14 now.' })
    .expect(303)
  const incident = store.incidents.get(/incidents\/([^?]+)/.exec(headers['location'] ?? '')?.[1] ?? '')
  expect(incident?.origin).toEqual({ from: 'report', id: report!.id })
  expect(incident?.wrong).toContain('£12')
  expect(store.conversations.messages(conversation).at(-1)).toMatchObject({
    author: 'staff',
    by: 'maya',
    text: 'You are right, it is £14 now.',
  })
  expect(store.labels.of(answer.turn!)).toContainEqual(expect.objectContaining({ right: false, mistake: 'outdated', source: 'report' }))
  const ben = await reviewer('ben')
  const late = await ben.post(address).type('form').send({ state: 'dismissed', reply: 'It is right, I looked.' }).expect(422)
  expect(late.text).toContain('maya has answered this report since you opened it. Yours was not sent: “It is right, I looked.”')
  expect(store.log.verify()).toBeNull()
})

test('what was right is answered kindly and opens nothing', async () => {
  const { store } = portal.context
  const { customer, conversation, answer } = await answered()
  await customer.post(`/messages/${answer.id}/report`).type('form').send({}).expect(303)
  const [report] = store.reports.list({ state: 'open', limit: 5 })
  const maya = await reviewer()
  await maya
    .post(`/console/reports/${report!.id}`)
    .type('form')
    .send({ state: 'dismissed', reply: 'We checked: it is £12 at the moment.' })
    .expect(303)
  expect(store.conversations.messages(conversation).at(-1)?.text).toBe('We checked: it is £12 at the moment.')
  expect(store.incidents.list({})).toEqual([])
  expect(store.labels.of(answer.turn!)).toContainEqual(expect.objectContaining({ right: true, mistake: null }))
})

test('what a customer adds joins the report that is open, and they are thanked once', async () => {
  const { store } = portal.context
  const { customer, conversation, answer } = await answered()
  await customer.post(`/messages/${answer.id}/report`).type('form').send({ text: 'Wrong.' }).expect(303)
  await customer.post(`/messages/${answer.id}/report`).type('form').send({ text: 'It is £14.' }).expect(303)
  expect(store.reports.list({ state: 'open', limit: 5 }).map((r) => r.text)).toEqual(['Wrong.\nIt is £14.'])
  expect(store.conversations.messages(conversation).filter((m) => m.text === texts.notices.reported)).toHaveLength(1)
})

test('nobody reports another customer’s answer, and a sentence that is not there is refused', async () => {
  const { customer, answer } = await answered()
  const stranger = request.agent(portal.url)
  await stranger.get('/').expect(200)
  await stranger.get(`/messages/${answer.id}/report`).expect(404)
  await stranger.post(`/messages/${answer.id}/report`).type('form').send({}).expect(404)
  await customer.post(`/messages/${answer.id}/report`).type('form').send({ sentence: '5-99999' }).expect(400)
  expect(portal.context.store.reports.openCount()).toBe(0)
})

test('staff report any answer; the customer hears nothing until it is decided, and only if there is something to tell', async () => {
  const { store } = portal.context
  const { conversation, answer } = await answered()
  const before = store.conversations.messages(conversation).length
  const maya = await reviewer()
  expect((await maya.get(`/console/conversations/${conversation}`).expect(200)).text).toContain(`/console/reports/new?message=${answer.id}`)
  await maya.get(`/console/reports/new?message=${answer.id}`).expect(200)
  await maya.post('/console/reports').type('form').send({ message: answer.id, kind: 'tone', text: 'Too curt.' }).expect(303)
  const [report] = store.reports.list({ state: 'open', limit: 5 })
  await maya.post(`/console/reports/${report!.id}`).type('form').send({ state: 'confirmed', kind: 'tone' }).expect(303)
  expect(store.conversations.messages(conversation)).toHaveLength(before)
  expect(store.labels.of(answer.turn!)).toContainEqual(expect.objectContaining({ right: true, toneOnly: true, source: 'report' }))
})

test('a report whose judgement cannot be recorded stays open, and can be answered later', async () => {
  const { store } = portal.context
  const { customer, answer } = await answered()
  await customer.post(`/messages/${answer.id}/report`).type('form').send({ text: 'The branch says £14.' }).expect(303)
  const [report] = store.reports.list({ state: 'open', limit: 5 })
  const maya = await reviewer()
  const add = vi.spyOn(store.labels, 'add').mockImplementation(() => {
    throw recordUnavailable()
  })
  const decide = () =>
    maya.post(`/console/reports/${report!.id}`).type('form').send({ state: 'confirmed', kind: 'outdated', reply: 'You are right.' })
  await decide().expect(503)
  expect(store.reports.get(report!.id)?.state).toBe('open')
  add.mockRestore()
  await decide().expect(303)
  expect(store.labels.of(answer.turn!)).toMatchObject([{ right: false, source: 'report' }])
})

test('who adds to a report without marking a sentence again keeps the one that was marked', async () => {
  const { store } = portal.context
  const { customer, answer } = await answered()
  const { start, end } = answer.sentences[0]!
  const send = (fields: object) => customer.post(`/messages/${answer.id}/report`).type('form').send(fields).expect(303)
  await send({ sentence: `${start}-${end}`, text: 'The branch says £14.' })
  await send({ text: 'I have it in writing.' })
  expect(store.reports.list({ state: 'open', limit: 5 })).toMatchObject([
    { span: { start, end }, text: 'The branch says £14.\nI have it in writing.' },
  ])
})
