/** For tests: one house with an article on fees and fake models, opened anew for each test. */
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import * as fakes from '../../models/fakes.ts'
import { readConfig } from '../config.ts'
import { createContext, type Context } from '../context.ts'

export const FEES = `# Fees\n\nA transfer abroad costs £12 for each payment. It arrives in three working days.\n\nA banker's draft costs £20.\n`
export const WRITTEN = 'A transfer abroad costs £12 for each payment.'

export let folder: string
export let context: Context

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vouch-turns-'))
})
afterEach(async () => {
  await context.close()
  rmSync(folder, { recursive: true, force: true })
})

export async function open(
  model: fakes.FakeLanguageModelOptions,
  thresholds: { written: number; quoted: number },
  fees = FEES,
  settings = {},
): Promise<void> {
  mkdirSync(join(folder, 'kb'), { recursive: true })
  writeFileSync(join(folder, 'kb', 'fees.md'), fees)
  const config = readConfig({ DATA_DIR: join(folder, 'data'), KEYS_DIR: join(folder, 'keys'), LOG_LEVEL: 'silent', ...settings })
  context = await createContext(config, {
    embedder: fakes.fakeEmbedder(),
    model: fakes.fakeLanguageModel(model),
    relevance: fakes.fakeRelevanceModel(),
    entailment: fakes.fakeEntailmentModel(),
  })
  await context.knowledge.ingest([join(folder, 'kb')], { actor: 'system', retireMissing: false })
  for (const form of ['written', 'quoted'] as const) {
    context.store.thresholds.set({ topic: '*', channel: '*', tier: '*', form, value: thresholds[form], reason: 'for the test' }, 'system')
  }
}

export const sureModel: fakes.FakeLanguageModelOptions = { generate: () => WRITTEN, choose: () => [-0.05, -4] }

export function begin(): string {
  const customer = context.store.customers.create('standard', 'system')
  return context.store.conversations.create({ customer: customer.id, channel: 'portal', tier: 'standard' }).id
}

export async function ask(text: string, conversation = begin()) {
  const { turn, done } = context.turns.ask({ conversation, text })
  await done
  const id = turn?.id ?? ''
  return { id, conversation, trace: context.store.turns.trace(id), messages: context.store.conversations.messages(conversation) }
}
