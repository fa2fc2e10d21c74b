import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { BusyError, CancelledError } from '../../models/errors.ts'
import { fakeEmbedder, fakeLanguageModel, fakeRelevanceModel, type FakeLanguageModelOptions } from '../../models/fakes.ts'
import { readConfig } from '../config.ts'
import { createContext, type Context } from '../context.ts'
import { createAnswering, type Answering } from './answering.ts'

const FEES = `# Fees\n\nA transfer abroad costs £12 for each payment. It arrives in three working days.\n\nA banker's draft costs £20.\n`
const QUESTIONS = ['What does a transfer abroad cost?', 'What does a banker’s draft cost?']

let folder: string
let context: Context
let answering: Answering
let customersWait: boolean

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vouch-answering-'))
  customersWait = false
})
afterEach(async () => {
  await answering.close()
  await context.close()
  rmSync(folder, { recursive: true, force: true })
})

async function open(model: FakeLanguageModelOptions): Promise<void> {
  mkdirSync(join(folder, 'kb'), { recursive: true })
  writeFileSync(join(folder, 'kb', 'fees.md'), FEES)
  const config = readConfig({ DATA_DIR: join(folder, 'data'), KEYS_DIR: join(folder, 'keys'), LOG_LEVEL: 'silent' })
  context = await createContext(config, {
    embedder: fakeEmbedder(),
    relevance: fakeRelevanceModel(),
    entailment: null,
    model: fakeLanguageModel(model),
  })
  await context.knowledge.ingest([join(folder, 'kb')], { actor: 'system', retireMissing: false })
  const { store, ports, log } = context
  answering = createAnswering({ store, ports, log, customersWait: () => customersWait, pauseMs: 2 })
}

const take = (form: 'written' | 'quoted' = 'written'): string =>
  context.store.imports.create(
    {
      file: 'past.csv',
      form,
      channel: 'portal',
      tier: 'standard',
      questions: QUESTIONS.map((text, i) => ({ line: i + 2, text, judges: 1 })),
      left: 0,
    },
    'staff:ann',
  ).id

const done = (id: string) => vi.waitFor(() => expect(context.store.imports.get(id)?.state).toBe('done'), 20_000)
const sure: FakeLanguageModelOptions = { generate: () => 'A transfer abroad costs £12 for each payment.', choose: () => [-0.05, -4] }

test('nothing is begun while a customer waits', async () => {
  await open(sure)
  customersWait = true
  const id = take()
  answering.wake()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(context.store.imports.get(id)?.counts.queued).toBe(2)
  customersWait = false
  await done(id)
})

test('a busy model is waited for; one that fails costs one question, and the next is answered', async () => {
  let calls = 0
  await open({
    ...sure,
    generate: () => {
      calls++
      if (calls === 1) throw new BusyError(1)
      return 'A transfer abroad costs £12 for each payment.'
    },
  })
  const id = take()
  answering.wake()
  await done(id)
  expect(calls).toBe(3)
  expect(context.store.imports.get(id)?.counts).toMatchObject({ failed: 0 })
})

test('stopped in the middle of a question, that one is answered again later', async () => {
  let begun = (): void => undefined
  const started = new Promise<void>((resolve) => {
    begun = resolve
  })
  let slow = true
  await open({
    ...sure,
    generate: async ({ signal }) => {
      begun()
      if (slow) await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new CancelledError())))
      return 'A transfer abroad costs £12 for each payment.'
    },
  })
  const id = take()
  answering.wake()
  await started
  answering.stop(id, 'staff:ann')
  expect(context.store.imports.get(id)).toMatchObject({ state: 'stopped', counts: { queued: 2, failed: 0 } })
  slow = false
  await vi.waitFor(() => {
    if (context.store.imports.get(id)?.state === 'stopped') context.store.imports.goOn(id, 'staff:ann')
    answering.wake()
    expect(context.store.imports.get(id)?.state).toBe('done')
  }, 20_000)
  expect(context.store.imports.get(id)?.counts).toMatchObject({ queued: 0, failed: 0 })
})

test('for quotations the model is not asked, whatever is set', async () => {
  await open({})
  context.store.thresholds.set({ topic: '*', channel: '*', tier: '*', form: 'written', value: 0, reason: 'for the test' }, 'system')
  const id = take('quoted')
  answering.wake()
  await done(id)
  const scored = context.store.labels.scored({ source: 'import' })
  expect(scored.map((s) => [s.form, s.sent, s.drawn, s.probability, s.rivalFrom])).toEqual([
    ['quoted', false, true, 1, 0],
    ['quoted', false, true, 1, 0],
  ])
})

test('whoever waits for the model or for customers does not keep the house from closing', async () => {
  await open({})
  const { store, ports, log } = context
  const patient = createAnswering({ store, ports, log, customersWait: () => true, pauseMs: 3_600_000 })
  take()
  patient.wake()
  await patient.close()
  expect(context.store.imports.list()).toMatchObject([{ state: 'answering', counts: { queued: 2 } }])
})
