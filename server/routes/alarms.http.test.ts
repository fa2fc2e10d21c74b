import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { recordUnavailable } from '../errors.ts'
import type { Role } from '../types.ts'
import { staffAgent } from './staff.fixture.ts'
import { temporaryPortal, type TemporaryPortal } from './temporary-portal.ts'

let portal: TemporaryPortal
beforeEach(async () => {
  portal = await temporaryPortal()
  portal.sendFrom(0)
})
afterEach(() => portal.close())

const staff = (name: string, roles: Role[]) => staffAgent(portal, name, roles)

async function alarmed() {
  const { store, turns, clock } = portal.context
  const { id } = store.conversations.create({
    customer: store.customers.create('standard', 'system').id,
    channel: 'portal',
    tier: 'standard',
  })
  const { turn, done } = turns.ask({ conversation: id, text: 'What does a transfer abroad cost?' })
  await done
  const topic = store.turns.get(turn!.id)!.topic
  const subject = { metric: 'sent', topic, channel: null, tier: null, article: null }
  const now = clock()
  return store.alarms.raise({
    ...subject,
    at: now,
    since: now - 3_600_000,
    before: 0.7,
    after: 0.2,
    examples: [turn!.id],
    also: [{ ...subject, metric: 'held', before: 0.3, after: 0.8 }],
  })
}

test('an alarm says what changed, since when and on which examples; the topic is held in one step, and it is closed with a reason', async () => {
  const { store } = portal.context
  const alarm = await alarmed()
  const maya = await staff('maya', ['reviewer'])
  expect((await maya.get('/console/alarms').expect(200)).text).toContain('less than usual')
  const { text } = await maya.get(`/console/alarms/${alarm.id}`).expect(200)
  for (const words of [
    'usually 70 of 100, now 20 of 100',
    'What does a transfer abroad cost?',
    'Answers held for a person',
    'Open an incident',
  ])
    expect(text).toContain(words)
  await maya.post(`/console/alarms/${alarm.id}/hold`).expect(303)
  expect(store.thresholds.for({ topic: alarm.topic!, channel: 'portal', tier: 'standard' }, 'written').value).toBeGreaterThan(1)
  await maya.post(`/console/alarms/${alarm.id}/close`).type('form').send({ outcome: 'mended', reason: '' }).expect(422)
  await maya
    .post(`/console/alarms/${alarm.id}/close`)
    .type('form')
    .send({ outcome: 'mended', reason: 'An article had been retired.' })
    .expect(303)
  expect(store.alarms.get(alarm.id)).toMatchObject({ state: 'closed', outcome: 'mended', reason: 'An article had been retired.' })
  expect(JSON.stringify(store.log.entries(1, 1000))).not.toContain('An article had been retired.')
  expect((await maya.get(`/console/alarms/${alarm.id}`).expect(200)).text).toContain('An article had been retired.')
  expect(store.log.verify()).toBeNull()
})

test('auditors read alarms and change nothing', async () => {
  const alarm = await alarmed()
  const ines = await staff('ines', ['auditor'])
  await ines.get(`/console/alarms/${alarm.id}`).expect(200)
  await ines.post(`/console/alarms/${alarm.id}/hold`).expect(403)
  await ines.post(`/console/alarms/${alarm.id}/close`).type('form').send({ outcome: 'normal', reason: 'because' }).expect(403)
})

test('a topic is held also where a channel or a tier has a threshold of its own', async () => {
  const { thresholds } = portal.context.store
  const alarm = await alarmed()
  const topic = alarm.topic!
  for (const [channel, tier] of [
    ['portal', '*'],
    ['api', 'premier'],
  ] as const)
    thresholds.set({ topic, channel, tier, form: 'quoted', value: 0.1, reason: 'for the test' }, 'system')
  thresholds.set({ topic, channel: '*', tier: '*', form: 'quoted', value: 2, reason: 'for the test' }, 'system')
  thresholds.set({ topic, channel: '*', tier: '*', form: 'written', value: 2, reason: 'for the test' }, 'system')
  const maya = await staff('maya', ['reviewer'])
  const before = await maya.get(`/console/alarms/${alarm.id}`).expect(200)
  expect(before.text).toContain('Hold this topic')
  const { text } = await maya.post(`/console/alarms/${alarm.id}/hold`).redirects(1)
  expect(text).not.toContain('Hold this topic')
  for (const [channel, tier] of [
    ['portal', 'standard'],
    ['api', 'premier'],
  ] as const)
    expect(thresholds.for({ topic, channel, tier }, 'quoted').value).toBeGreaterThan(1)
})

test('a topic is held in both forms or in neither', async () => {
  const { thresholds } = portal.context.store
  const alarm = await alarmed()
  const maya = await staff('maya', ['reviewer'])
  const set = thresholds.set.bind(thresholds)
  let calls = 0
  vi.spyOn(thresholds, 'set').mockImplementation((cell, by) => {
    if (++calls === 2) throw recordUnavailable()
    set(cell, by)
  })
  await maya.post(`/console/alarms/${alarm.id}/hold`).expect(503)
  expect(thresholds.all().filter((t) => t.topic === alarm.topic)).toEqual([])
})

test('an incident that is opened from an alarm about an article does not take all of the article for what was said', async () => {
  const { store } = portal.context
  const { article } = store.knowledge.articles()[0]!
  const now = portal.context.clock()
  const subject = { metric: 'share', topic: null, channel: null, tier: null, article }
  const { id } = store.alarms.raise({ ...subject, at: now, since: now - 3_600_000, before: 0.1, after: 0.4, examples: [], also: [] })
  const maya = await staff('maya', ['reviewer'])
  const page = await maya.get(`/console/alarms/${id}`).expect(200)
  expect(page.text).toContain(`name="article" value="${article}"`)
  await maya.post('/console/incidents').type('form').send({ from: 'alarm', id, article }).expect(303)
  expect(store.incidents.list({})).toMatchObject([{ wrong: '', spans: [], article, origin: { from: 'alarm', id } }])
})
