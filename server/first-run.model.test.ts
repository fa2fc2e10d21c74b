import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fakeLanguageModel } from '../models/fakes.ts'
import { readConfig } from './config.ts'
import { createContext, type Context } from './context.ts'
import { prepareFirstRun } from './first-run.ts'
import { firmOf } from './routes/portal-talk.ts'

let folder: string
let context: Context

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vouch-first-'))
  const config = readConfig({ ...process.env, DATA_DIR: join(folder, 'data'), KEYS_DIR: join(folder, 'keys'), LOG_LEVEL: 'silent' })
  context = await createContext(config, { model: fakeLanguageModel() })
  await prepareFirstRun(context, () => undefined)
  context.store.thresholds.set({ topic: '*', channel: '*', tier: '*', form: 'written', value: 2, reason: 'quotations only' }, 'system')
}, 300_000)
afterAll(async () => {
  await context.close()
  rmSync(folder, { recursive: true, force: true })
})

test('the questions that a first visitor is offered are answered, not held', async () => {
  const { examples } = firmOf(context)
  expect(examples).toHaveLength(4)
  const customer = context.store.customers.create('standard', 'system')
  for (const text of examples) {
    const conversation = context.store.conversations.create({ customer: customer.id, channel: 'portal', tier: 'standard' }).id
    const { turn, done } = context.turns.ask({ conversation, text })
    await done
    expect([text, context.store.turns.get(turn!.id)?.verdict]).toEqual([text, 'send'])
  }
}, 120_000)
