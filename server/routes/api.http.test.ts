import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Express } from 'express'
import request from 'supertest'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { BusyError } from '../../models/errors.ts'
import { fakeEmbedder, fakeLanguageModel, fakeRelevanceModel, type FakeLanguageModelOptions } from '../../models/fakes.ts'
import { createApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { createContext, type Context } from '../context.ts'
import { createKey } from '../people/api-keys.ts'
import { AnswerJson, GroundJson, MessagesJson, ProblemJson } from './api-schemas.ts'

const FEES = `# Fees\n\nA transfer abroad costs £12 for each payment. It arrives in three working days.\n\nA banker's draft costs £20.\n`
const QUESTION = { text: 'What does a transfer abroad cost?' }
const TOKEN = 'a-key-for-the-tests-of-the-api'
const OTHER = 'another-key-of-another-program'

let folder: string
let context: Context
let app: Express
let model: FakeLanguageModelOptions

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vouch-api-'))
  mkdirSync(join(folder, 'kb'))
  writeFileSync(join(folder, 'kb', 'fees.md'), FEES)
  model = { generate: () => 'A transfer abroad costs £12 for each payment.', choose: () => [-0.05, -4] }
  await open()
  await context.knowledge.ingest([join(folder, 'kb')], { actor: 'system', retireMissing: false })
  for (const token of [TOKEN, OTHER]) createKey(context.store, { name: token, token, tier: 'standard', channel: 'api' }, 'system')
  for (const form of ['written', 'quoted'] as const)
    context.store.thresholds.set({ topic: '*', channel: '*', tier: '*', form, value: 0, reason: 'for the test' }, 'system')
})

afterEach(async () => {
  await context.close()
  rmSync(folder, { recursive: true, force: true })
})

async function open(): Promise<void> {
  const config = readConfig({ DATA_DIR: join(folder, 'data'), KEYS_DIR: join(folder, 'keys'), LOG_LEVEL: 'silent' })
  const language = fakeLanguageModel({ generate: (asked) => model.generate!(asked), choose: (asked) => model.choose!(asked) })
  context = await createContext(config, { embedder: fakeEmbedder(), relevance: fakeRelevanceModel(), entailment: null, model: language })
  app = createApp(context)
}

const post = (path: string, token = TOKEN) => request(app).post(path).set('Authorization', `Bearer ${token}`)
const get = (path: string, token = TOKEN) => request(app).get(path).set('Authorization', `Bearer ${token}`)

async function conversation(): Promise<string> {
  const { body, status } = await post('/api/v1/conversations').send({})
  expect(status).toBe(201)
  return `/api/v1/conversations/${body.id}/messages`
}

test('a question is answered with the words of the article that it rests on', async () => {
  const { status, body } = await post(await conversation()).send(QUESTION)
  expect(status).toBe(200)
  const answer = AnswerJson.parse(body)
  expect(['send', 'caveat']).toContain(answer.verdict)
  for (const { revision, start, end, quote } of answer.citations)
    expect(context.store.knowledge.get(revision)?.text.slice(start, end)).toBe(quote)
  expect(answer.citations.map(({ quote }) => quote).join(' ')).toContain('£12')
})

test('a program that asks for events gets the stages and then exactly one message', async () => {
  const { text, type } = await post(await conversation())
    .set('Accept', 'text/event-stream')
    .send(QUESTION)
  expect(type).toBe('text/event-stream')
  const events = [...text.matchAll(/^event: (.*)\ndata: (.*)$/gm)].map(([, event, data]) => ({ event, data: JSON.parse(data!) }))
  expect(events.filter(({ event }) => event === 'stage').map(({ data }) => data.stage)).toContain('searching')
  expect(events.map(({ event }) => event).indexOf('message')).toBe(events.length - 1)
  expect(AnswerJson.parse(events.at(-1)!.data).text).toContain('£12')
})

test('the conversation can be read, and from where one left off', async () => {
  const path = await conversation()
  await post(path).send(QUESTION)
  const all = MessagesJson.parse((await get(path)).body)
  expect(all.messages.map(({ author }) => author)).toEqual(['customer', 'vouch'])
  const rest = MessagesJson.parse((await get(`${path}?after=1`)).body)
  expect(rest.messages.map(({ seq }) => seq)).toEqual([2])
})

test('a held answer is told as held, and arrives in the conversation once it is decided', async () => {
  for (const form of ['written', 'quoted'] as const)
    context.store.thresholds.set({ topic: '*', channel: '*', tier: '*', form, value: 1, reason: 'for the test' }, 'system')
  const path = await conversation()
  const { body } = await post(path).send(QUESTION)
  expect(body).toMatchObject({ verdict: 'hold', citations: [] })
  const [review] = context.store.reviews.list({ state: 'open' })
  const staff = context.store.staff.create({ name: 'rae', passwordHash: 'x', roles: ['reviewer'] }, 'system')
  context.store.reviews.lock(review!.id, staff.id)
  context.store.reviews.decide({
    review: review!.id,
    staff: staff.id,
    outcome: 'approved',
    form: 'written',
    reason: null,
    message: { author: 'vouch', kind: 'answer', text: 'It costs £12.', verdict: 'send', form: 'written' },
    trace: null,
  })
  expect(MessagesJson.parse((await get(path)).body).messages.at(-1)?.text).toBe('It costs £12.')
})

test('the same key with the same body gives the same answer, and asks once', async () => {
  const path = await conversation()
  const ask = () => post(path).set('Idempotency-Key', 'k1').send(QUESTION)
  const first = await ask()
  expect((await ask()).body).toEqual(first.body)
  expect(context.store.conversations.messages(path.split('/')[4]!)).toHaveLength(2)
})

test('it does after a restart too', async () => {
  const path = await conversation()
  const first = await post(path).set('Idempotency-Key', 'k1').send(QUESTION)
  await context.close()
  await open()
  const again = await post(path).set('Idempotency-Key', 'k1').send(QUESTION)
  expect(again.body).toEqual(first.body)
  expect(context.store.conversations.messages(path.split('/')[4]!)).toHaveLength(2)
})

test('two at once with the same key are one question', async () => {
  const path = await conversation()
  const ask = () => post(path).set('Idempotency-Key', 'k1').send(QUESTION)
  const [one, two] = await Promise.all([ask(), ask()])
  expect(one.body).toEqual(two.body)
  expect(context.store.conversations.messages(path.split('/')[4]!)).toHaveLength(2)
})

test('the same key with another body is a conflict', async () => {
  const path = await conversation()
  await post(path).set('Idempotency-Key', 'k1').send(QUESTION)
  const { status, body } = await post(path).set('Idempotency-Key', 'k1').send({ text: 'Something else?' })
  expect(status).toBe(409)
  expect(ProblemJson.parse(body).type).toBe('urn:vouch:problem:conflict')
})

test('a turn that found the model busy says when to come back, and may be tried again with the same key', async () => {
  const path = await conversation()
  context.store.thresholds.set({ topic: '*', channel: '*', tier: '*', form: 'quoted', value: 2, reason: 'no quotations' }, 'system')
  const answers = model.generate!
  model.generate = () => {
    throw new BusyError(4000)
  }
  const ask = () => post(path).set('Idempotency-Key', 'k1').send(QUESTION)
  const first = await ask()
  expect(first.status).toBe(503)
  expect(Number(first.headers['retry-after'])).toBeGreaterThan(0)
  model.generate = answers
  expect((await ask()).status).toBe(200)
})

test('while a person has the conversation, the message waits for them', async () => {
  const path = await conversation()
  context.store.conversations.setState(path.split('/')[4]!, 'waiting', null, 'system', 'asked for')
  const ask = () => post(path).set('Idempotency-Key', 'k1').send({ text: 'Are you there?' })
  const { status, body } = await ask()
  expect({ status, verdict: body.verdict }).toEqual({ status: 200, verdict: 'escalate' })
  expect((await ask()).body).toEqual(body)
  expect(context.store.conversations.messages(path.split('/')[4]!).filter(({ author }) => author === 'customer')).toHaveLength(1)
})

test('a key sees no conversation of another key', async () => {
  const path = await conversation()
  expect((await get(path, OTHER)).status).toBe(404)
  expect((await post(path, OTHER).send(QUESTION)).status).toBe(404)
  expect((await get('/api/v1/conversations/conv_none/messages')).status).toBe(404)
})

test('without a key, or with an unknown one, nothing is to be had', async () => {
  const { status, headers, type } = await request(app).post('/api/v1/conversations').send({})
  expect({ status, type, asks: headers['www-authenticate'] }).toEqual({ status: 401, type: 'application/problem+json', asks: 'Bearer' })
  expect((await post('/api/v1/conversations', 'not-a-key-of-this-house').send({})).status).toBe(401)
})

test.each([
  ['an empty question', { text: '   ' }, 'text'],
  ['no question', {}, 'text'],
  ['a question that is too long', { text: 'x'.repeat(5000) }, 'text'],
])('%s is told by its field', async (_, body, field) => {
  const answer = await post(await conversation()).send(body)
  expect(answer.status).toBe(422)
  expect(ProblemJson.parse(answer.body).errors?.map((one) => one.field)).toEqual([field])
})

test('a body that is no JSON is told so', async () => {
  expect(
    (
      await post(await conversation())
        .type('form')
        .send('text=hello')
    ).status,
  ).toBe(415)
  expect(
    (
      await post(await conversation())
        .type('json')
        .send('{')
    ).status,
  ).toBe(400)
})

test('one pair is grounded, or many in their order', async () => {
  const premise = "A transfer abroad costs £12 for each payment. A banker's draft costs £20."
  const right = { claim: 'A transfer abroad costs £12 for each payment.', premise }
  const wrong = { claim: 'A transfer abroad costs £15 for each payment.', premise }
  const one = await post('/api/v1/ground').send(right)
  expect(GroundJson.parse(one.body)).toMatchObject({ supported: true })
  const { results } = (await post('/api/v1/ground').send({ pairs: [wrong, right] })).body
  expect(results.map((result: { supported: boolean }) => result.supported)).toEqual([false, true])
  const bad = await post('/api/v1/ground').send({ pairs: [right, { claim: 'x' }] })
  expect(bad.body.errors.map((problem: { field: string }) => problem.field)).toEqual(['pairs.1.premise'])
})
