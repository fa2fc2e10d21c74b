import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Express } from 'express'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fakeEmbedder, fakeLanguageModel, fakeRelevanceModel } from '../../models/fakes.ts'
import { createApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { createContext, type Context } from '../context.ts'
import type { Role } from '../types.ts'
import { staffAgent } from './staff.fixture.ts'

const FEES = '# Fees\n\nA transfer abroad costs £12 for each payment. It arrives in three working days.\n'

let folder: string
let context: Context
let app: Express

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vouch-article-'))
  mkdirSync(join(folder, 'kb'))
  writeFileSync(join(folder, 'kb', 'fees.md'), FEES)
  const config = readConfig({ DATA_DIR: join(folder, 'data'), KEYS_DIR: join(folder, 'keys'), LOG_LEVEL: 'silent' })
  context = await createContext(config, {
    embedder: fakeEmbedder(),
    relevance: fakeRelevanceModel(),
    entailment: null,
    model: fakeLanguageModel(),
  })
  app = createApp(context)
})
afterEach(async () => {
  await context.close()
  rmSync(folder, { recursive: true, force: true })
})

const staff = (name: string, roles: Role[]) => staffAgent({ context, url: app }, name, roles)

const takeIn = (asDrafts = false) => context.knowledge.ingest([join(folder, 'kb')], { actor: 'system', retireMissing: false, asDrafts })
const fees = () => context.store.knowledge.articles().find((a) => a.article === 'fees')!
const finds = async () =>
  (await context.knowledge.search({ question: 'What does a transfer abroad cost?', tier: 'standard', limit: 5 })).map((h) => h.passage.text)

test('an upload may be kept as a draft: staff read it, no question finds it, and one click puts it in force', async () => {
  const edda = await staff('edda', ['editor'])
  const sent = await edda.post('/console/knowledge/upload').field('draft', 'yes').attach('files', Buffer.from(FEES), 'fees.md').expect(303)
  await expect.poll(async () => (await edda.get(sent.headers['location']!)).text, { timeout: 30_000 }).toContain('Kept as a draft')
  expect(await finds()).toEqual([])
  expect((await edda.get('/console/knowledge?state=draft')).text).toContain('>Fees<')
  const page = await edda.get('/console/knowledge/article?id=fees').expect(200)
  expect(page.text).toContain('£12')
  const revision = fees().draft!
  const rob = await staff('rob', ['reviewer'])
  expect((await rob.get('/console/knowledge/article?id=fees')).text).not.toContain('Put in force')
  await rob.post('/console/knowledge/publish').type('form').send({ article: 'fees', revision }).expect(403)
  const done = await edda.post('/console/knowledge/publish').type('form').send({ article: 'fees', revision }).expect(303)
  expect((await edda.get(done.headers['location']!)).text).toContain('In force from now on')
  expect(await finds()).toEqual([expect.stringContaining('£12')])
  const id = context.store.staff.byName('edda')!.id
  expect(context.store.log.tail()).toMatchObject({ type: 'article.published', actor: `staff:${id}`, data: { article: 'fees', revision } })
})

test('only the draft that the editor has read is put in force', async () => {
  await takeIn(true)
  const read = fees().draft!
  writeFileSync(join(folder, 'kb', 'fees.md'), FEES.replace('£12', '£13'))
  await takeIn(true)
  const edda = await staff('edda', ['editor'])
  for (const what of ['publish', 'discard'])
    await edda.post(`/console/knowledge/${what}`).type('form').send({ article: 'fees', revision: read }).expect(409)
  expect(await finds()).toEqual([])
  expect(fees().draft).not.toBe(read)
})

test('a discarded draft leaves what is in force alone', async () => {
  await takeIn()
  writeFileSync(join(folder, 'kb', 'fees.md'), FEES.replace('£12', '£13'))
  await takeIn(true)
  const edda = await staff('edda', ['editor'])
  const draft = fees().draft!
  expect((await edda.get('/console/knowledge/article?id=fees')).text).toContain('A draft waits')
  expect((await edda.get(`/console/knowledge/article?id=fees&revision=${draft}`)).text).toContain('£13')
  const done = await edda.post('/console/knowledge/discard').type('form').send({ article: 'fees', revision: draft }).expect(303)
  expect((await edda.get(done.headers['location']!)).text).toContain('The draft is discarded')
  expect(fees().draft).toBeNull()
  expect(await finds()).toEqual([expect.stringContaining('£12')])
})

test('an editor retires an article after being asked: nothing is answered from it any more, and it can still be read', async () => {
  await takeIn()
  const { revision } = fees()
  const rob = await staff('rob', ['reviewer'])
  await rob.post('/console/knowledge/retire').type('form').send({ article: 'fees', revision }).expect(403)
  const edda = await staff('edda', ['editor'])
  expect((await edda.get('/console/knowledge/article?id=fees')).text).toMatch(/<dialog id="retire"[^]*Retire it now/)
  await edda.post('/console/knowledge/retire').type('form').send({ article: 'fees', revision: 'older' }).expect(409)
  const done = await edda.post('/console/knowledge/retire').type('form').send({ article: 'fees', revision }).expect(303)
  const { text } = await edda.get(done.headers['location']!).expect(200)
  expect(text).toContain('Retired. Nothing is answered from it any more.')
  expect(text).toContain('£12')
  expect(text).not.toContain('Retire it now')
  expect(await finds()).toEqual([])
  await edda.post('/console/knowledge/retire').type('form').send({ article: 'nothing', revision }).expect(404)
})

test('an article past its date says so, and what becomes of answers from it', async () => {
  writeFileSync(join(folder, 'kb', 'fees.md'), `---\nreview: 2020-01-31\n---\n${FEES}`)
  await takeIn()
  const rob = await staff('rob', ['reviewer'])
  expect((await rob.get('/console/knowledge?state=expired')).text).toContain('>Fees<')
  expect((await rob.get('/console/knowledge/article?id=fees')).text).toContain('a person looks at every answer from it')
})
