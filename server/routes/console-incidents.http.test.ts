import request from 'supertest'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hashPassword } from '../people/passwords.ts'
import { hashToken } from '../people/sessions.ts'
import type { Incident } from '../store/incident-types.ts'
import type { Role } from '../types.ts'
import { temporaryPortal } from './temporary-portal.ts'
import type { TemporaryPortal } from './temporary-portal.ts'

const PASSWORD = 'correct horse battery'
const QUESTION = 'What does a transfer abroad cost?'

let house: TemporaryPortal
beforeEach(async () => {
  house = await temporaryPortal()
})
afterEach(() => house.close())

async function staff(name: string, roles: Role[] = ['reviewer']) {
  house.context.store.staff.create({ name, passwordHash: await hashPassword(PASSWORD), roles }, 'system')
  const agent = request.agent(house.url)
  await agent.post('/console/sign-in').type('form').send({ name, password: PASSWORD }).expect(303)
  return agent
}
type Agent = Awaited<ReturnType<typeof staff>>

/** A customer asks; the last message is what they were told. */
async function asked(text = QUESTION) {
  const { store, turns } = house.context
  const customer = store.customers.create('standard', 'system').id
  const { id } = store.conversations.create({ customer, channel: 'portal', tier: 'standard' })
  await turns.ask({ conversation: id, text }).done
  return store.conversations.messages(id).at(-1)!
}

async function opened(agent: Agent, fields: Record<string, string>): Promise<Incident> {
  const { headers } = await agent.post('/console/incidents').type('form').send(fields).expect(303)
  return house.context.store.incidents.get(headers['location']!.split('/').pop()!)!
}

const now = (incident: Incident): Incident => house.context.store.incidents.get(incident.id)!

async function post(agent: Agent, incident: Incident, what: string, fields: Record<string, string | string[]>) {
  return agent.post(`/console/incidents/${incident.id}/${what}`).type('form').send(fields)
}

async function looked(incident: Incident): Promise<void> {
  while (house.context.repair.reach.of(incident.id)?.state === 'running') await new Promise((resolve) => setTimeout(resolve, 5))
}

test('one button carries over what was said, what it rests on, what was asked, and what about', async () => {
  house.sendFrom(0)
  const message = await asked()
  const maya = await staff('maya')
  const incident = await opened(maya, { from: 'answer', id: message.id })
  expect(incident).toMatchObject({ state: 'open', question: QUESTION, firstAt: message.at })
  expect(incident.wrong).toContain('£12')
  expect(incident.spans[0]).toMatchObject({ article: expect.stringContaining('transfer'), quote: expect.stringContaining('£12') })
  expect((await opened(maya, { from: 'answer', id: message.id })).id).toBe(incident.id)
  const page = await maya.get(`/console/incidents/${incident.id}`).expect(200)
  expect(page.text).toContain('What was wrong, and what is right')
})

test('an incident begins at a review and at an article too; of an article, a click says which sentence', async () => {
  house.sendFrom(2)
  await asked()
  const maya = await staff('maya')
  const review = house.context.store.reviews.list({ state: 'open' })[0]!
  expect((await opened(maya, { from: 'review', id: review.id })).wrong).toContain('£12')

  const { article } = house.context.store.knowledge.articles().find((a) => a.title.includes('transfer'))!
  const fromArticle = await opened(maya, { from: 'article', id: article })
  expect(fromArticle.wrong).toBe('')
  const page = await maya.get(`/console/incidents/${fromArticle.id}`).expect(200)
  expect(page.text).toContain('It arrives in three working days.')
  await post(maya, fromArticle, 'pick', { version: '1', candidate: '1' })
  expect(now(fromArticle)).toMatchObject({ wrong: 'It arrives in three working days.', spans: [{ article }] })
})

test('what is right is taken from the words of an article, without copying', async () => {
  house.sendFrom(0)
  const maya = await staff('maya')
  const incident = await opened(maya, { from: 'answer', id: (await asked()).id })
  const page = await maya.get(`/console/incidents/${incident.id}?find=working+days`).expect(200)
  const source = /name="source" value="([^"]+)"[^>]*>It arrives/.exec(page.text)?.[1]
  await post(maya, incident, 'source', { version: '1', source: source! })
  expect(now(incident)).toMatchObject({
    right: 'It arrives in three working days.',
    source: { quote: 'It arrives in three working days.' },
  })
})

test('after the quarantine the same question is not answered from it, in any form, and the incident counts as stopped', async () => {
  house.sendFrom(0)
  const maya = await staff('maya')
  const incident = await opened(maya, { from: 'answer', id: (await asked()).id })
  await post(maya, incident, 'stop', { what: ['words', 'claim'] })
  expect(now(incident).state).toBe('contained')
  const again = await asked()
  expect(again.text).not.toContain('£12')
  expect(again.kind).toBe('notice')
  const [quarantine] = house.context.store.quarantines.active()
  for (const { id } of house.context.store.quarantines.active())
    await post(maya, incident, 'lift', { quarantine: id, reason: 'It was right after all.' })
  expect(quarantine).toBeDefined()
  expect((await asked()).text).toContain('£12')
})

test('held answers that use it come back to the queue marked, and cannot be approved as they are', async () => {
  house.sendFrom(2)
  await asked()
  const maya = await staff('maya')
  const ben = await staff('ben')
  const review = house.context.store.reviews.list({ state: 'open' })[0]!
  await ben.get(`/console/reviews/${review.id}`).expect(200)
  const incident = await opened(maya, { from: 'review', id: review.id })
  await post(maya, incident, 'stop', { what: 'words' })
  expect(house.context.store.reviews.get(review.id)).toMatchObject({ quarantined: incident.id, lockedBy: null })
  expect((await maya.get('/console/reviews')).text).toContain('found wrong since')
  const approval = await ben.post(`/console/reviews/${review.id}/decision`).type('form').send({ outcome: 'approved', form: 'written' })
  expect(approval.status).toBe(422)
  expect(approval.text).toContain('approved as it is')
  expect(house.context.store.reviews.get(review.id)?.state).toBe('open')
})

test('everyone whom it reached is found, and one who is not among them is put out with a reason', async () => {
  house.sendFrom(0)
  const first = await asked()
  await asked()
  const maya = await staff('maya')
  const incident = await opened(maya, { from: 'answer', id: first.id })
  await post(maya, incident, 'reach', {})
  await looked(incident)
  expect(house.context.store.incidents.counts(incident.id)).toEqual({ in: 2, out: 0, customers: 2 })
  expect((await post(maya, incident, `hits/${first.id}`, { reason: '' })).status).toBe(409)
  await post(maya, incident, `hits/${first.id}`, { reason: 'It was a test.' })
  expect(house.context.store.incidents.counts(incident.id)).toEqual({ in: 1, out: 1, customers: 1 })
})

test('who writes over a colleague’s words is told, and sees both', async () => {
  house.sendFrom(0)
  const maya = await staff('maya')
  const ben = await staff('ben')
  const incident = await opened(maya, { from: 'answer', id: (await asked()).id })
  const fields = { version: '1', kind: 'factual', severity: 'high', topic: incident.topic, wrong: incident.wrong }
  await post(maya, incident, 'describe', { ...fields, right: 'It costs £14.' })
  const late = await post(ben, incident, 'describe', { ...fields, right: 'It is free.' })
  expect(late.status).toBe(409)
  expect(late.text).toContain('A colleague has changed this incident')
  expect(late.text).toContain('It is free.')
  expect(late.text).toContain('It costs £14.')
  expect(now(incident).right).toBe('It costs £14.')
})

test('an auditor reads along and changes nothing', async () => {
  house.sendFrom(0)
  const maya = await staff('maya')
  const incident = await opened(maya, { from: 'answer', id: (await asked()).id })
  const ada = await staff('ada', ['auditor'])
  const page = await ada.get(`/console/incidents/${incident.id}`).expect(200)
  expect(page.text).not.toContain('Quarantine</span>')
  expect((await post(ada, incident, 'stop', { what: 'words' })).status).toBe(403)
})

/** An incident with what is right, whom it reached, and a letter that waits for approval. */
async function proposed(maya: Agent) {
  house.sendFrom(0)
  const first = await asked()
  await asked()
  const incident = await opened(maya, { from: 'answer', id: first.id })
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
  const correction = house.context.store.corrections.of(incident.id)!
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
  const store = house.context.store.corrections
  const before = store.of(incident.id)?.id
  for (const why of ['Our AI made a mistake.', 'Ann (ann@example.com) told us.']) {
    const refused = await post(maya, incident, 'correction', { why })
    expect(refused.status).toBe(409)
    expect(refused.text).toContain(why)
  }
  expect(store.of(incident.id)?.id).toBe(before)
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
  const { conversations, corrections } = house.context.store
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
  house.sendFrom(0)
  const maya = await staff('maya')
  const ben = await staff('ben')
  const { store } = house.context
  const token = 'a-key-of-the-test-long-enough'
  store.apiKeys.create({ name: 'crm', tokenHash: hashToken(token), tier: 'standard', channel: 'api' }, 'system')
  const crm = () => request(house.url)
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

test('it closes only with a cause, a change that was really made, and a question that is asked again from then on', async () => {
  const maya = await staff('maya')
  house.sendFrom(0)
  const incident = await opened(maya, { from: 'answer', id: (await asked()).id })
  const facts = {
    wrong: incident.wrong,
    right: 'A transfer abroad costs £14 for each payment.',
    kind: 'factual',
    severity: 'low',
    topic: incident.topic,
  }
  await post(maya, incident, 'describe', { version: '1', ...facts })
  await post(maya, incident, 'stop', { what: 'words' })
  const closing = (more: Record<string, string> = {}) => ({
    version: String(now(incident).version),
    cause: 'article-wrong',
    change: 'article',
    note: 'The fee is corrected.',
    ...Object.fromEntries(house.context.store.quarantines.active().map((q) => [`q-${q.id}`, 'lift'])),
    ...more,
  })
  expect((await post(maya, incident, 'close', closing())).text).toContain('Add a question')
  await post(maya, incident, 'cases', { question: QUESTION, mustSay: '£14', mustNotSay: incident.wrong })
  expect((await post(maya, incident, 'close', closing())).text).toContain('No article has been changed')

  const { knowledge, store } = house.context
  const row = store.knowledge.articles().find((a) => a.title.includes('transfer'))!
  const before = knowledge.revision(row.revision)!
  const text = before.text.replace('£12', '£14')
  await new Promise((resolve) => setTimeout(resolve, 5))
  store.knowledge.apply({ put: [{ ...before, id: 'f'.repeat(64), text }], retire: [] }, 'staff:maya')
  expect((await post(maya, incident, 'close', closing({ version: '1' }))).status).toBe(409)
  expect((await post(maya, incident, 'close', closing())).status).toBe(303)
  expect(now(incident)).toMatchObject({ state: 'closed', cause: 'article-wrong', change: { kind: 'article' } })
  expect(store.quarantines.active()).toEqual([])

  const report = await maya.get(`/console/incidents/${incident.id}/report`).expect(200)
  for (const said of ['Incident report', 'A transfer abroad costs £14', 'An article is wrong', 'Entries of the log'])
    expect(report.text).toContain(said)
  expect((await maya.get('/console/incidents/figures').expect(200)).text).toContain('Time to stop')
})

test('a question of a past incident that is answered wrong after a change is an alarm until it is right again; said again, the incident shows it', async () => {
  const maya = await staff('maya')
  house.sendFrom(0)
  const incident = await opened(maya, { from: 'answer', id: (await asked()).id })
  const { store, repair } = house.context
  const wrong = store.cases.add(
    incident.id,
    { question: QUESTION, tier: 'standard', channel: 'portal', mustSay: [], mustNotSay: ['£12'] },
    'staff:maya',
  )
  expect(await repair.regression.run([wrong])).toMatchObject([{ result: 'wrong' }])
  expect(store.notices.open()).toMatchObject([{ key: `case:${wrong.id}`, kind: 'alarm' }])
  house.sendFrom(2)
  expect(await repair.regression.run([wrong])).toMatchObject([{ result: 'held' }])
  expect(store.notices.open()).toEqual([])

  house.sendFrom(0)
  store.incidents.close(
    incident.id,
    { cause: 'generation', change: { kind: 'label', note: 'judged' } },
    now(incident).version,
    'staff:maya',
  )
  const again = await asked()
  while (now(incident).cameBack === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  expect(store.incidents.returns(incident.id)).toMatchObject([{ message: again.id }])
  expect((await maya.get(`/console/incidents/${incident.id}`)).text).toContain('It was said again once')
})
