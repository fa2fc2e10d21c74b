import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Express } from 'express'
import request from 'supertest'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fakeEmbedder, fakeLanguageModel, fakeRelevanceModel } from '../../models/fakes.ts'
import { createApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { createContext, type Context } from '../context.ts'
import type { Review } from '../conversation-types.ts'
import type { Role } from '../types.ts'
import { consoleRoutes } from './console.ts'
import { PASSWORD, staffAgent } from './staff.fixture.ts'

const FEES = `# Fees\n\nA transfer abroad costs £12 for each payment. It arrives in three working days.\n\nA banker's draft costs £20.\n`

let folder: string
let context: Context
let app: Express
let now = Date.UTC(2026, 0, 5, 9)

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vouch-console-'))
  mkdirSync(join(folder, 'kb'))
  writeFileSync(join(folder, 'kb', 'fees.md'), FEES)
  const config = readConfig({ DATA_DIR: join(folder, 'data'), KEYS_DIR: join(folder, 'keys'), LOG_LEVEL: 'silent' })
  const model = fakeLanguageModel({ generate: () => 'A transfer abroad costs £12 for each payment.', choose: () => [-0.05, -4] })
  context = await createContext(config, {
    embedder: fakeEmbedder(),
    relevance: fakeRelevanceModel(),
    entailment: null,
    model,
    clock: () => now,
  })
  app = createApp(context)
  await context.knowledge.ingest([join(folder, 'kb')], { actor: 'system', retireMissing: false })
  const never = { topic: '*', channel: '*', tier: '*', value: 0.999, reason: 'for the test' } as const
  for (const form of ['written', 'quoted'] as const) context.store.thresholds.set({ ...never, form }, 'system')
})

afterEach(async () => {
  await context.close()
  rmSync(folder, { recursive: true, force: true })
})

const staff = (name: string, roles: Role[]) => staffAgent({ context, url: app }, name, roles)

async function held(text = 'What does a transfer abroad cost?'): Promise<Review> {
  const customer = context.store.customers.create('standard', 'system')
  const { id } = context.store.conversations.create({ customer: customer.id, channel: 'portal', tier: 'standard' })
  await context.turns.ask({ conversation: id, text }).done
  return context.store.reviews.list({ state: 'open' }).find((r) => r.conversation === id)!
}

const lastMessage = (review: Review) => context.store.conversations.messages(review.conversation).at(-1)!

test('who is not signed in is led to the sign-in page, and back afterwards', async () => {
  const { headers } = await request(app).get('/console/reviews?state=decided').set('Accept', 'text/html').expect(303)
  expect(headers['location']).toBe('/console/sign-in?why=needed&next=%2Fconsole%2Freviews%3Fstate%3Ddecided')
  await staff('maya', ['reviewer'])
  const entered = await request(app)
    .post('/console/sign-in')
    .type('form')
    .send({ name: 'maya', password: PASSWORD, next: '/console/reviews?state=decided' })
  expect(entered.headers['location']).toBe('/console/reviews?state=decided')
})

test.each(['//elsewhere.example', 'https://elsewhere.example/console', '/console//../..\\@x', '/consolex'])(
  'sign-in never leads to %s',
  async (next) => {
    await staff('maya', ['reviewer'])
    const { headers } = await request(app).post('/console/sign-in').type('form').send({ name: 'maya', password: PASSWORD, next })
    expect(headers['location']).toBe('/console')
  },
)

test('a wrong password says so, and five of them lock the name', async () => {
  await staff('maya', ['reviewer'])
  const attempt = (password: string) => request(app).post('/console/sign-in').type('form').send({ name: 'maya', password })
  for (let i = 0; i < 5; i++) expect((await attempt('wrong password')).status).toBe(401)
  const { status, text } = await attempt(PASSWORD)
  expect(status).toBe(429)
  expect(text).toContain('Too many failed attempts')
})

test('after too long without use the console asks to sign in again, and says why', async () => {
  const maya = await staff('maya', ['reviewer'])
  now += 31 * 60_000
  const { headers } = await maya.get('/console/reviews').set('Accept', 'text/html').expect(303)
  expect(headers['location']).toContain('why=idle')
})

test('each role sees its own rooms and is turned away from the others', async () => {
  const rooms = { reviews: ['reviewer'], conversations: ['reviewer'], thresholds: [], audit: ['auditor'], staff: [] } as Record<
    string,
    Role[]
  >
  for (const role of ['reviewer', 'editor', 'auditor'] as const) {
    const person = await staff(role, [role])
    for (const [room, roles] of Object.entries(rooms)) {
      const { status } = await person.get(`/console/${room}`)
      expect([role, room, status]).toEqual([role, room, roles.includes(role) ? 200 : 403])
    }
  }
})

test('every route of the console names its roles; only the sign-in is for anyone', () => {
  const open = consoleRoutes.filter((r) => r.access === 'anyone').map((r) => r.path)
  expect(open).toEqual(['/console/sign-in', '/console/sign-in', '/console/sign-out'])
})

test('an approved draft reaches the customer with its sources, once', async () => {
  const review = await held()
  const maya = await staff('maya', ['reviewer'])
  const page = await maya.get(`/console/reviews/${review.id}`).expect(200)
  expect(page.text).toContain('A transfer abroad costs £12 for each payment.')
  const decision = { outcome: 'approved', form: 'written' }
  await maya.post(`/console/reviews/${review.id}/decision`).type('form').send(decision).expect(303)
  const message = lastMessage(review)
  expect(message).toMatchObject({ kind: 'answer', text: 'A transfer abroad costs £12 for each payment.' })
  expect(message.citations.map((c) => c.quote).join(' ')).toContain('£12')
  const again = await maya.post(`/console/reviews/${review.id}/decision`).type('form').send(decision)
  expect(again.status).toBe(422)
  expect(again.text).toContain('decided already')
  expect(lastMessage(review).id).toBe(message.id)
  expect(context.store.labels.of(review.turn)).toMatchObject([{ form: 'written', right: true, source: 'review' }])
})

test('an edited answer is checked first, shown with what changed, and sent only when confirmed', async () => {
  const review = await held()
  const maya = await staff('maya', ['reviewer'])
  const text = 'A transfer abroad costs £14 for each payment.'
  const checked = await maya
    .post(`/console/reviews/${review.id}/check`)
    .type('form')
    .redirects(1)
    .send({ form: 'written', text })
    .expect(200)
  expect(checked.text).toContain('£<del>12</del><ins>14</ins>')
  expect(checked.text).toContain('claim-failed')
  const decision = { outcome: 'edited', form: 'written', text }
  await maya.post(`/console/reviews/${review.id}/decision`).type('form').send(decision).expect(200)
  expect(lastMessage(review).text).not.toBe(text)
  await maya
    .post(`/console/reviews/${review.id}/decision`)
    .type('form')
    .send({ ...decision, confirmed: 'yes' })
    .expect(303)
  expect(lastMessage(review).text).toBe(text)
  expect(context.store.labels.of(review.turn)).toMatchObject([{ form: 'written', right: false, toneOnly: false }])
})

test('an edit of the tone alone leaves the answer right; a rejection makes it wrong', async () => {
  const maya = await staff('maya', ['reviewer'])
  const decide = async (sent: Record<string, string>) => {
    const review = await held()
    await maya.post(`/console/reviews/${review.id}/decision`).type('form').send(sent).expect(303)
    return context.store.labels.of(review.turn)
  }
  const edit = { outcome: 'edited', form: 'written', text: 'Each transfer abroad costs £12 for each payment.', confirmed: 'yes' }
  expect(await decide({ ...edit, changed: 'tone' })).toMatchObject([{ right: true, toneOnly: true, mistake: 'tone' }])
  expect(await decide({ outcome: 'rejected', mistake: 'misread', reason: 'They asked for the duration' })).toMatchObject([
    { form: 'written', right: false, mistake: 'misread' },
  ])
  expect(await decide({ outcome: 'taken-over' })).toEqual([])
})

test('a rejection needs a reason, and the customer then waits for a person', async () => {
  const review = await held()
  const maya = await staff('maya', ['reviewer'])
  const send = (reason: string) =>
    maya.post(`/console/reviews/${review.id}/decision`).type('form').send({ outcome: 'rejected', mistake: 'factual', reason })
  expect((await send(' ')).status).toBe(422)
  expect(context.store.reviews.get(review.id)?.state).toBe('open')
  await send('The fee is out of date').expect(303)
  expect(context.store.reviews.get(review.id)).toMatchObject({ state: 'decided', outcome: 'rejected' })
  expect(context.store.conversations.get(review.conversation)?.state).toBe('waiting')
})

test('while one reviewer has an item open, another can read it but not decide', async () => {
  const review = await held()
  const maya = await staff('maya', ['reviewer'])
  const ben = await staff('ben', ['reviewer'])
  await maya.get(`/console/reviews/${review.id}`)
  const { text } = await ben.get(`/console/reviews/${review.id}`)
  expect(text).toContain('Being checked by maya')
  expect(text).not.toContain('Approve and send')
  await ben.post(`/console/reviews/${review.id}/decision`).type('form').send({ outcome: 'approved', form: 'written' }).expect(422)
  await maya.get('/console/reviews')
  expect((await ben.get(`/console/reviews/${review.id}`)).text).toContain('Approve and send')
})

test('whoever takes a conversation over writes in it, and hands it back', async () => {
  const review = await held()
  const maya = await staff('maya', ['reviewer'])
  const address = `/console/conversations/${review.conversation}`
  await maya.post(`${address}/say`).type('form').send({ text: 'Hello' }).expect(409)
  await maya.post(`${address}/take-over`).expect(303)
  await maya.post(`${address}/say`).type('form').send({ text: 'Hello <b>there</b>' }).expect(303)
  expect(lastMessage(review)).toMatchObject({ author: 'staff', text: 'Hello <b>there</b>', by: 'maya' })
  expect((await maya.get(address)).text).toContain('Hello &lt;b>there&lt;/b>')
  await maya.post(`${address}/hand-back`).expect(303)
  expect(context.store.conversations.get(review.conversation)).toMatchObject({ state: 'machine', assignee: null })
})

test('a threshold is changed with a reason and by an admin only, and the log has it', async () => {
  const root = await staff('root', ['admin'])
  const cell = {
    form: 'written',
    topic: '*',
    channel: 'portal',
    tier: 'standard',
    how: 'never',
    value: '',
    reason: 'Quotations only for now',
  }
  await root
    .post('/console/thresholds/cell')
    .type('form')
    .send({ ...cell, reason: '' })
    .expect(422)
  await root.post('/console/thresholds/cell').type('form').send(cell).expect(303)
  expect(context.store.thresholds.for({ topic: 'any', channel: 'portal', tier: 'standard' }, 'written').value).toBeGreaterThan(1)
  expect((await root.get('/console/thresholds?form=written')).text).toContain('quotations only')
  expect(context.store.log.tail()).toMatchObject({ type: 'threshold.set' })
})

test('an upload goes in file by file, and says which could not be read', async () => {
  const eva = await staff('eva', ['editor'])
  const sent = await eva
    .post('/console/knowledge/upload')
    .attach('files', Buffer.from('# Cards\n\nA new card costs £5.\n'), 'cards.md')
    .attach('files', Buffer.from('not a pdf'), 'broken.pdf')
    .expect(303)
  await expect.poll(async () => (await eva.get(sent.headers['location']!)).text, { timeout: 30_000 }).toContain('broken.pdf')
  await expect.poll(async () => (await eva.get(sent.headers['location']!)).text, { timeout: 30_000 }).toContain('was not taken in')
  expect(context.store.knowledge.articles().map((a) => a.article)).toContain('cards')
  const refused = await eva.post('/console/knowledge/upload').attach('files', Buffer.from('MZ'), 'virus.exe').set('Accept', 'text/html')
  expect(refused.status).toBe(400)
  expect(refused.text).toContain('virus.exe')
})

test('lists of questions show what was asked, beside what was done', async () => {
  const { turn, id } = await held()
  const question = context.store.turns.question(turn)
  const ada = await staff('ada', ['auditor', 'reviewer'])
  const row = (page: string, of: string): string => page.slice(page.indexOf(`id="${of}"`)).split('</tr>')[0] ?? ''
  expect(row((await ada.get('/console/audit')).text, `turn-${turn}`)).toContain(question)
  expect(row((await ada.get('/console/reviews')).text, `review-${id}`)).toContain(question)
})

test('a turn shows its record, and the chain can be checked', async () => {
  const review = await held()
  const ada = await staff('ada', ['auditor'])
  const page = await ada.get(`/console/audit/turns/${review.turn}`).expect(200)
  for (const entry of context.store.log.ofTurn(review.turn)) expect(page.text).toContain(entry.hash)
  expect((await ada.post('/console/audit/verify')).text).toContain('Whole: every entry fits')
})

test('an admin adds somebody, whose password is shown once', async () => {
  const root = await staff('root', ['admin'])
  const { text } = await root.post('/console/staff').type('form').send({ name: 'Zoe', roles: 'reviewer' }).expect(200)
  const password = /class="password">([^<]+)</.exec(text)?.[1]
  await request(app).post('/console/sign-in').type('form').send({ name: 'Zoe', password }).expect(303)
  expect((await root.get('/console/staff')).text).not.toContain(password)
})

test('who has a made-up password chooses their own before anything else, and stays signed in', async () => {
  const root = await staff('root', ['admin'])
  const made = async (address: string, fields = {}) =>
    /class="password">([^<]+)</.exec((await root.post(address).type('form').send(fields).expect(200)).text)?.[1] ?? ''
  let current = await made('/console/staff', { name: 'Zoe', roles: 'reviewer' })
  for (const mine of ['a password of my own', 'another of my own']) {
    const zoe = request.agent(app)
    await zoe.post('/console/sign-in').type('form').send({ name: 'Zoe', password: current }).expect(303)
    for (const path of ['/console/reviews', '/console/overview'])
      expect((await zoe.get(path).set('Accept', 'text/html').expect(303)).headers['location']).toBe('/console/account')
    await zoe.post('/console/account/password').type('form').send({ current, fresh: current, again: current }).expect(422)
    await zoe.post('/console/account/password').type('form').send({ current, fresh: mine, again: mine }).expect(303)
    await zoe.get('/console/reviews').expect(200)
    current = await made(`/console/staff/${context.store.staff.byName('Zoe')!.id}/password`)
    expect((await zoe.get('/console/reviews').set('Accept', 'text/html').expect(303)).headers['location']).toContain('sign-in')
  }
})
