import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Express } from 'express'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fakeEmbedder, fakeLanguageModel, fakeRelevanceModel } from '../../models/fakes.ts'
import { createApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { createContext, type Context } from '../context.ts'
import type { ScopeRules } from '../scope-types.ts'
import type { Role } from '../types.ts'
import { staffAgent } from './staff.fixture.ts'

const RULES: ScopeRules = {
  topics: [{ id: 'loans', title: 'Loans', description: 'Borrowing money.', examples: ['Can I have a loan?'], rule: 'allowed' }],
  urgent: [{ id: 'theft', title: 'A theft', description: 'Something was stolen.', examples: ['My card was stolen'], text: 'Call 123.' }],
  amountAbove: null,
  contact: '',
}

let folder: string
let context: Context
let app: Express

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vouch-scope-'))
  const config = readConfig({ DATA_DIR: join(folder, 'data'), KEYS_DIR: join(folder, 'keys'), LOG_LEVEL: 'silent' })
  const models = { embedder: fakeEmbedder(), relevance: fakeRelevanceModel(), entailment: null, model: fakeLanguageModel() }
  context = await createContext(config, models)
  app = createApp(context)
})
afterEach(async () => {
  await context.close()
  rmSync(folder, { recursive: true, force: true })
})

const staff = (name: string, roles: Role[]) => staffAgent({ context, url: app }, name, roles)
const seenOn = (html: string): string => /name="seen" value="([^"]+)"/.exec(html)?.[1] ?? ''
const sent = { amount: '', contact: '', reason: 'The board said so', 'rule-loans': 'allowed', 'text-theft': 'Call 123.' }

test('an admin sets the limit, who answers what, and the words for what can’t wait; the log says who', async () => {
  context.store.scope.set(RULES, 'system')
  const ada = await staff('ada', ['admin'])
  const page = await ada.get('/console/scope').expect(200)
  const form = { ...sent, seen: seenOn(page.text), amount: '2,500', contact: 'Call us.', 'rule-loans': 'never', 'text-theft': 'Call 999.' }
  await ada.post('/console/scope').type('form').send(form).expect(303)
  const { topics, urgent, ...rest } = context.store.scope.get()
  expect(rest).toEqual({ amountAbove: { currency: 'GBP', value: 2500 }, contact: 'Call us.', reason: 'The board said so' })
  expect(topics).toEqual([{ ...RULES.topics[0], rule: 'never' }])
  expect(urgent).toEqual([{ ...RULES.urgent[0], text: 'Call 999.' }])
  expect(context.store.log.tail()).toMatchObject({ type: 'scope.set', actor: `staff:${context.store.staff.byName('ada')?.id}` })
})

test('what cannot be taken is said, what was typed stays, and nothing is changed', async () => {
  context.store.scope.set(RULES, 'system')
  const ada = await staff('ada', ['admin'])
  const seen = seenOn((await ada.get('/console/scope')).text)
  const wrong = await ada
    .post('/console/scope')
    .type('form')
    .send({ ...sent, seen, amount: 'a lot' })
    .expect(422)
  expect(wrong.text).toContain('has to be a number')
  expect(wrong.text).toContain('value="a lot"')
  await ada
    .post('/console/scope')
    .type('form')
    .send({ ...sent, seen, 'text-theft': '' })
    .expect(422)
  await ada
    .post('/console/scope')
    .type('form')
    .send({ ...sent, seen, reason: '' })
    .expect(422)
  const late = await ada
    .post('/console/scope')
    .type('form')
    .send({ ...sent, seen: 'an older one', contact: 'Mine' })
    .expect(422)
  expect(late.text).toContain('Somebody else has changed this meanwhile')
  expect(late.text).toContain('Mine')
  expect(context.store.scope.get()).toEqual(RULES)
})

test('a firm that named nothing keeps what its articles name until it changes one of them', async () => {
  const ada = await staff('ada', ['admin'])
  const seen = seenOn((await ada.get('/console/scope').expect(200)).text)
  await ada.post('/console/scope').type('form').send({ seen, amount: '100', contact: '', reason: 'A limit' }).expect(303)
  expect(context.store.scope.get()).toMatchObject({ topics: [], urgent: [], amountAbove: { value: 100 } })
})

test('it is for admins alone', async () => {
  const rob = await staff('rob', ['reviewer', 'editor', 'auditor'])
  await rob.get('/console/scope').expect(403)
  await rob.post('/console/scope').type('form').send(sent).expect(403)
})
