import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import request from 'supertest'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fakeEmbedder, fakeLanguageModel, fakeRelevanceModel } from '../../models/fakes.ts'
import { createApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { createContext, type Context } from '../context.ts'

let folder: string
let context: Context

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vouch-health-'))
  mkdirSync(join(folder, 'kb'))
  writeFileSync(join(folder, 'kb', 'fees.md'), '# Fees\n\nA transfer abroad costs £12 for each payment.\n')
})
afterEach(async () => {
  await context.close()
  rmSync(folder, { recursive: true, force: true })
})

async function open(state: 'ready' | 'restarting' = 'ready') {
  const config = readConfig({ DATA_DIR: join(folder, 'data'), KEYS_DIR: join(folder, 'keys'), LOG_LEVEL: 'silent' })
  context = await createContext(config, {
    embedder: fakeEmbedder(),
    relevance: fakeRelevanceModel(),
    entailment: null,
    model: fakeLanguageModel({ state }),
  })
  return createApp(context)
}
const takeIn = () => context.knowledge.ingest([join(folder, 'kb')], { actor: 'system', retireMissing: false })

test('it is ready when the model is, the record can be written and there is something to answer from', async () => {
  const app = await open()
  const empty = await request(app).get('/readyz')
  expect(empty.status).toBe(503)
  expect(empty.body.checks).toMatchObject({ model: 'ok', record: 'ok', knowledge: 'no article is in force' })
  await takeIn()
  expect((await request(app).get('/readyz')).status).toBe(200)
})

test('a model that is being restarted is not ready, and the process is alive all the same', async () => {
  const app = await open('restarting')
  await takeIn()
  expect((await request(app).get('/readyz')).status).toBe(503)
  expect((await request(app).get('/healthz')).body).toEqual({ status: 'alive' })
})

test('figures count the turns by their verdict, and hold no words of a customer', async () => {
  const app = await open()
  await takeIn()
  const customer = context.store.customers.create('standard', 'system')
  const conversation = context.store.conversations.create({ customer: customer.id, channel: 'portal', tier: 'standard' }).id
  await context.turns.ask({ conversation, text: 'I want to talk to a person, my name is Persephone.' }).done
  const { text, type } = await request(app).get('/metrics')
  expect(type).toBe('text/plain')
  expect(text).toContain('vouch_turns_total{verdict="escalate",form="none",channel="portal"} 1')
  expect(text).toMatch(/^vouch_stage_seconds_count\{stage="reading"\} 1$/m)
  expect(text).toContain(`vouch_log_entries ${context.store.log.size()}`)
  expect(text).toContain('vouch_record_latched 0')
  expect(text).not.toContain('Persephone')
})
