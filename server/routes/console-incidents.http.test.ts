import { expect, test } from 'vitest'
import { incidentDesk, QUESTION } from './incidents.fixture.ts'

const desk = incidentDesk()
const { staff, asked, opened, now, post, looked } = desk

test('one button carries over what was said, what it rests on, what was asked, and what about', async () => {
  desk.house.sendFrom(0)
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
  desk.house.sendFrom(2)
  await asked()
  const maya = await staff('maya')
  const review = desk.house.context.store.reviews.list({ state: 'open' })[0]!
  expect((await opened(maya, { from: 'review', id: review.id })).wrong).toContain('£12')

  const { article } = desk.house.context.store.knowledge.articles().find((a) => a.title.includes('transfer'))!
  const fromArticle = await opened(maya, { from: 'article', id: article })
  expect(fromArticle.wrong).toBe('')
  const page = await maya.get(`/console/incidents/${fromArticle.id}`).expect(200)
  expect(page.text).toContain('It arrives in three working days.')
  await post(maya, fromArticle, 'pick', { version: '1', candidate: '1' })
  expect(now(fromArticle)).toMatchObject({ wrong: 'It arrives in three working days.', spans: [{ article }] })
})

test('what is right is taken from the words of an article, without copying', async () => {
  desk.house.sendFrom(0)
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
  desk.house.sendFrom(0)
  const maya = await staff('maya')
  const incident = await opened(maya, { from: 'answer', id: (await asked()).id })
  await post(maya, incident, 'stop', { what: ['words', 'claim'] })
  expect(now(incident).state).toBe('contained')
  const again = await asked()
  expect(again.text).not.toContain('£12')
  expect(again.kind).toBe('notice')
  const [quarantine] = desk.house.context.store.quarantines.active()
  for (const { id } of desk.house.context.store.quarantines.active())
    await post(maya, incident, 'lift', { quarantine: id, reason: 'It was right after all, says ann@example.com.' })
  expect(quarantine).toBeDefined()
  expect(JSON.stringify(desk.house.context.store.incidents.steps(incident.id))).not.toContain('ann@example.com')
  expect((await asked()).text).toContain('£12')
})

test('held answers that use it come back to the queue marked, and cannot be approved as they are', async () => {
  desk.house.sendFrom(2)
  await asked()
  const maya = await staff('maya')
  const ben = await staff('ben')
  const review = desk.house.context.store.reviews.list({ state: 'open' })[0]!
  await ben.get(`/console/reviews/${review.id}`).expect(200)
  const incident = await opened(maya, { from: 'review', id: review.id })
  await post(maya, incident, 'stop', { what: 'words' })
  expect(desk.house.context.store.reviews.get(review.id)).toMatchObject({ quarantined: incident.id, lockedBy: null })
  expect((await maya.get('/console/reviews')).text).toContain('found wrong since')
  const approval = await ben.post(`/console/reviews/${review.id}/decision`).type('form').send({ outcome: 'approved', form: 'written' })
  expect(approval.status).toBe(422)
  expect(approval.text).toContain('approved as it is')
  expect(desk.house.context.store.reviews.get(review.id)?.state).toBe('open')
})

test('everyone whom it reached is found, and one who is not among them is put out with a reason', async () => {
  desk.house.sendFrom(0)
  const first = await asked()
  await asked()
  const maya = await staff('maya')
  const incident = await opened(maya, { from: 'answer', id: first.id })
  await post(maya, incident, 'reach', {})
  await looked(incident)
  expect(desk.house.context.store.incidents.counts(incident.id)).toEqual({ in: 2, out: 0, customers: 2 })
  expect((await post(maya, incident, `hits/${first.id}`, { reason: '' })).status).toBe(409)
  await post(maya, incident, `hits/${first.id}`, { reason: 'It was a test of ann@example.com.' })
  expect(desk.house.context.store.incidents.counts(incident.id)).toEqual({ in: 1, out: 1, customers: 1 })
  expect(JSON.stringify(desk.house.context.store.incidents.steps(incident.id))).not.toContain('ann@example.com')
})

test('who writes over a colleague’s words is told, and sees both', async () => {
  desk.house.sendFrom(0)
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
  desk.house.sendFrom(0)
  const maya = await staff('maya')
  const incident = await opened(maya, { from: 'answer', id: (await asked()).id })
  const ada = await staff('ada', ['auditor'])
  const page = await ada.get(`/console/incidents/${incident.id}`).expect(200)
  expect(page.text).not.toContain('Quarantine</span>')
  expect((await post(ada, incident, 'stop', { what: 'words' })).status).toBe(403)
})
