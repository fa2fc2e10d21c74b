import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { BusyError, ModelDiedError } from '../../models/errors.ts'
import * as fakes from '../../models/fakes.ts'
import { readConfig } from '../config.ts'
import { createContext, type Context } from '../context.ts'
import { SHIPPED } from '../policy/confidence.ts'
import type { TurnEvent } from './turns.ts'

const FEES = `# Fees\n\nA transfer abroad costs £12 for each payment. It arrives in three working days.\n\nA banker's draft costs £20.\n`
const WRITTEN = 'A transfer abroad costs £12 for each payment.'

let folder: string
let context: Context

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vouch-turns-'))
})
afterEach(async () => {
  await context.close()
  rmSync(folder, { recursive: true, force: true })
})

async function open(
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

const sureModel: fakes.FakeLanguageModelOptions = { generate: () => WRITTEN, choose: () => [-0.05, -4] }

function begin(): string {
  const customer = context.store.customers.create('standard', 'system')
  return context.store.conversations.create({ customer: customer.id, channel: 'portal', tier: 'standard' }).id
}

async function ask(text: string, conversation = begin()) {
  const { turn, done } = context.turns.ask({ conversation, text })
  await done
  const id = turn?.id ?? ''
  return { id, conversation, trace: context.store.turns.trace(id), messages: context.store.conversations.messages(conversation) }
}

test('a written answer that passes its checks is sent with the words of the article that it rests on', async () => {
  await open(sureModel, { written: 0, quoted: 2 })
  const { messages, trace } = await ask('What does a transfer abroad cost?')
  expect(trace?.findings.filter((f) => f.result === 'failed')).toEqual([])
  expect(messages.at(-1)).toMatchObject({ author: 'vouch', kind: 'answer', form: 'written', text: WRITTEN })
  const [citation] = messages.at(-1)?.citations ?? []
  const revision = context.knowledge.revision(citation?.revision ?? '')
  expect(revision?.text.slice(citation?.start, citation?.end)).toBe(citation?.quote)
  expect(citation?.quote).toContain('£12')
})

test('a figure that the documents do not give rules the written answer out; the quotation goes instead', async () => {
  await open({ ...sureModel, generate: () => 'A transfer abroad costs £15 for each payment.' }, { written: 0, quoted: 0 })
  const { messages, trace } = await ask('What does a transfer abroad cost?')
  expect(trace?.findings).toContainEqual(expect.objectContaining({ check: 'quantities', result: 'failed' }))
  expect(messages.at(-1)).toMatchObject({ form: 'quoted', text: expect.stringContaining('£12') })
})

test('the one sentence that fails a check is cut, and what remains is checked again and sent', async () => {
  const generate = () => 'A transfer abroad costs £12 for each payment. Our Paris branch sells stamps for £99.'
  await open({ ...sureModel, generate }, { written: 0, quoted: 2 })
  const { messages, trace } = await ask('What does a transfer abroad cost?')
  expect(messages.at(-1)).toMatchObject({ form: 'written', text: WRITTEN })
  expect(trace?.draft?.cut).toMatchObject({ sentence: 'Our Paris branch sells stamps for £99.', whole: generate() })
  expect(trace?.findings.filter((f) => f.result === 'failed')).toEqual([])
})

test.each([
  ['bounds what remains', 'A transfer abroad costs £12 for each payment. You must pay at least £99 in stamps.'],
  ['says what was asked', 'Stamps in Paris cost £99. A transfer abroad costs £12 for each payment.'],
  [
    'is what the next one leans on',
    'A transfer abroad costs £12 for each payment. Paris sells stamps for £99. It arrives in three working days.',
  ],
])('a sentence that %s is not cut', async (_, draft) => {
  await open({ ...sureModel, generate: () => draft }, { written: 0, quoted: 2 })
  const { messages, trace } = await ask('What does a transfer abroad cost?')
  expect(trace?.draft?.text).toBe(draft)
  expect(messages.at(-1)?.verdict).toBe('hold')
})

test('the model is not asked for a second opinion when another check has failed, and the record says so', async () => {
  const choose = vi.fn(() => [-0.05, -4])
  await open({ choose, generate: () => 'A transfer abroad costs £15 for each payment.' }, { written: 0, quoted: 2 })
  const { trace } = await ask('What does a transfer abroad cost?')
  expect(choose).not.toHaveBeenCalled()
  expect(trace?.costs).toContainEqual(
    expect.objectContaining({ step: 'second-opinion', skipped: expect.stringContaining('failed already') }),
  )
})

const PAST = `---\nreview: 2020-01-31\n---\n${FEES}`

test('an answer from an article past its review date waits for a person, who is told why', async () => {
  await open(sureModel, { written: 0, quoted: 0 }, PAST)
  const { messages, trace } = await ask('What does a transfer abroad cost?')
  expect(trace?.decision.verdict).toBe('hold')
  expect(messages.at(-1)).toMatchObject({ kind: 'notice', verdict: 'hold' })
  expect(context.store.reviews.list({ state: 'open' })).toMatchObject([{ reason: expect.stringContaining('“Fees” (by 2020-01-31)') }])
})

test('where the firm has set so, it goes out by itself all the same', async () => {
  await open(sureModel, { written: 0, quoted: 0 }, PAST, { EXPIRED_ARTICLES: 'send' })
  const { messages } = await ask('What does a transfer abroad cost?')
  expect(messages.at(-1)).toMatchObject({ kind: 'answer', form: 'written' })
})

test('no byte of an answer is announced before it is on the record', async () => {
  await open(sureModel, { written: 0, quoted: 0 })
  const events: TurnEvent[] = []
  const conversation = begin()
  context.turns.watch(conversation, (event) => {
    if (event.type === 'message' && event.message.author === 'vouch') {
      const entries = context.store.log.ofTurn(event.message.turn ?? '')
      expect(entries.length).toBeGreaterThan(0)
    }
    events.push(event)
  })
  await ask('What does a transfer abroad cost?', conversation)
  const answered = events.findIndex((e) => e.type === 'message' && e.message.author === 'vouch')
  expect(answered).toBeGreaterThan(0)
  expect(JSON.stringify(events.slice(0, answered))).not.toContain('£12')
  expect(events.flatMap((e) => (e.type === 'stage' ? e.stage : []))).toEqual(['reading', 'searching', 'writing', 'checking'])
  expect(context.store.log.verify()).toBeNull()
})

test('a check that cannot run counts as failed', async () => {
  const reworded = 'For each payment, a transfer abroad costs £12.'
  await open({ generate: () => reworded, choose: () => Promise.reject(new ModelDiedError('killed')) }, { written: 0, quoted: 2 })
  const { trace, messages } = await ask('What does a transfer abroad cost?')
  expect(trace?.findings).toContainEqual(expect.objectContaining({ check: 'second-opinion', result: 'failed', broken: true }))
  expect(messages.at(-1)).toMatchObject({ kind: 'notice', verdict: 'hold' })
})

test('a model that dies leaves the quotation, or a person', async () => {
  await open({ generate: () => Promise.reject(new ModelDiedError('killed')) }, { written: 0, quoted: 2 })
  const { trace, messages } = await ask('What does a transfer abroad cost?')
  expect(trace?.findings).toContainEqual(expect.objectContaining({ check: 'writing', broken: true }))
  expect(messages.at(-1)?.verdict).toBe('hold')
  expect(context.store.reviews.list({ state: 'open' })).toHaveLength(1)
})

test('"not in the documents" is told as such and recorded as a gap', async () => {
  await open({ ...sureModel, generate: () => 'NOT IN THE DOCUMENTS' }, { written: 0, quoted: 2 })
  const { messages } = await ask('What does a transfer to the moon cost?')
  expect(messages.at(-1)).toMatchObject({ kind: 'notice', verdict: 'decline' })
  expect(context.store.gaps.list(10)).toHaveLength(1)
})

test('who asks for a person gets one, and what they write next is for that person', async () => {
  await open(sureModel, { written: 0, quoted: 0 })
  const { conversation, messages } = await ask('I want to talk to a real person please')
  expect(messages.at(-1)?.verdict).toBe('escalate')
  expect(context.store.conversations.get(conversation)?.state).toBe('waiting')
  const next = context.turns.ask({ conversation, text: 'Are you there?' })
  expect(next.turn).toBeNull()
})

test('a large amount is held whatever the confidence', async () => {
  await open(sureModel, { written: 0, quoted: 0 })
  context.store.scope.set({ ...context.store.scope.get(), amountAbove: { currency: 'GBP', value: 2500 } }, 'system')
  expect((await ask('What does a transfer abroad of £3,000 cost?')).messages.at(-1)?.verdict).toBe('hold')
})

test('when the record cannot be written nothing goes out, and the turn is run again later', async () => {
  await open(sureModel, { written: 0, quoted: 0 })
  const broken = (): never => {
    throw new Error('disk full')
  }
  const record = vi.spyOn(context.store.turns, 'record').mockImplementation(broken)
  vi.spyOn(context.store.turns, 'end').mockImplementation(broken)
  const { conversation, messages, trace } = await ask('What does a transfer abroad cost?')
  expect(messages).toHaveLength(1)
  expect(trace).toBeNull()
  record.mockRestore()
  const heard = new Promise<void>((resolve) => void context.turns.watch(conversation, (e) => void (e.type === 'message' && resolve())))
  context.turns.resume()
  await heard
  expect(context.store.conversations.messages(conversation).at(-1)?.kind).toBe('answer')
})

test('a turn that could not be recorded goes on by itself as soon as the record can be written again', async () => {
  const full = vi.fn(async () => WRITTEN)
  await open({ ...sureModel, generate: full }, { written: 0, quoted: 2 })
  const connection = new Sqlite(join(folder, 'data', 'vouch.db'))
  full.mockImplementationOnce(async () => {
    connection.exec("CREATE TRIGGER full BEFORE INSERT ON log BEGIN SELECT raise(ABORT, 'full'); END")
    return WRITTEN
  })
  const { id, conversation, messages } = await ask('What does a transfer abroad cost?')
  expect(messages).toHaveLength(1)
  connection.exec('DROP TRIGGER full')
  connection.close()
  const heard = new Promise<void>((resolve) => void context.turns.watch(conversation, (e) => void (e.type === 'message' && resolve())))
  context.store.probe()
  await heard
  expect(context.store.turns.get(id)?.state).toBe('done')
  expect(context.store.conversations.messages(conversation).map((m) => m.kind)).toEqual(['question', 'answer'])
})

test('an article that is replaced while the answer is made starts the turn again', async () => {
  let asked = 0
  await open(
    {
      ...sureModel,
      generate: async () => {
        if (++asked === 1) {
          writeFileSync(join(folder, 'kb', 'fees.md'), FEES.replace('£12', '£14'))
          await context.knowledge.ingest([join(folder, 'kb')], { actor: 'system', retireMissing: false })
          return WRITTEN
        }
        return WRITTEN.replace('£12', '£14')
      },
    },
    { written: 0, quoted: 2 },
  )
  const { messages } = await ask('What does a transfer abroad cost?')
  expect(asked).toBe(2)
  expect(messages.at(-1)?.text).toContain('£14')
})

test('what a machine must not answer any more does not go out by a turn that was under way', async () => {
  const generate = vi.fn(async () => {
    const { store } = context
    const topic = { id: 'fees', title: 'Fees', description: 'What a transfer abroad costs', examples: [], rule: 'never' as const }
    if (store.scope.get().topics.length === 0) store.scope.set({ ...store.scope.get(), topics: [topic] }, 'system')
    return WRITTEN
  })
  await open({ ...sureModel, generate }, { written: 0, quoted: 0 })
  const { messages } = await ask('What does a transfer abroad cost?')
  expect(generate).toHaveBeenCalledTimes(1)
  expect(messages.at(-1)).toMatchObject({ kind: 'notice', verdict: 'escalate' })
})

test('a customer who gives up is told so, and no answer follows', async () => {
  let writing = (): void => undefined
  const began = new Promise<void>((resolve) => (writing = resolve))
  await open(
    {
      ...sureModel,
      generate: ({ signal }) =>
        new Promise((_, reject) => {
          writing()
          signal?.addEventListener('abort', () => reject(signal.reason))
        }),
    },
    { written: 0, quoted: 0 },
  )
  const conversation = begin()
  const { turn, done } = context.turns.ask({ conversation, text: 'What does a transfer abroad cost?' })
  await began
  expect(context.turns.cancel(turn?.id ?? '')).toBe(true)
  await done
  expect(context.store.turns.get(turn?.id ?? '')?.state).toBe('cancelled')
  expect(context.store.conversations.messages(conversation).filter((m) => m.kind === 'answer')).toEqual([])
})

test.each(['answered', 'failed'])('a turn that has %s no longer counts as running when that is announced', async (how) => {
  await open(sureModel, { written: 0, quoted: 0 })
  if (how === 'failed')
    vi.spyOn(context.store.turns, 'record').mockImplementation(() => {
      throw new Error('disk full')
    })
  const conversation = begin()
  const heard: unknown[] = []
  context.turns.watch(conversation, (e) => {
    if ((e.type === 'turn' && e.turn.state !== 'running') || e.type === 'state') heard.push(context.turns.running(conversation))
  })
  await ask('What does a transfer abroad cost?', conversation)
  expect(heard).toEqual([null, null])
})

test('turns of one conversation run one after another', async () => {
  await open(sureModel, { written: 0, quoted: 0 })
  const conversation = begin()
  const order: string[] = []
  context.turns.watch(conversation, (e) => void (e.type === 'turn' && e.turn.state === 'done' && order.push(e.turn.id)))
  const both = ['What does a transfer abroad cost?', 'What does a banker’s draft cost?'].map((text) =>
    context.turns.ask({ conversation, text }),
  )
  await Promise.all(both.map((b) => b.done))
  expect(order).toEqual(both.map((b) => b.turn?.id))
})

test('a draft that broke off in the middle is not sent', async () => {
  await open({ ...sureModel, generate: () => ({ text: WRITTEN, stopped: 'length' }) }, { written: 0, quoted: 2 })
  const { messages } = await ask('What does a transfer abroad cost?')
  expect(messages.at(-1)).toMatchObject({ kind: 'notice', verdict: 'hold' })
})

/** Every quotation is this sure from now on, by weights that were approved. */
function sureness(value: number): void {
  const quoted = { bias: Math.log(value / (1 - value)), signals: {} }
  context.store.calibrations.set({ ...SHIPPED, forms: { ...SHIPPED.forms, quoted } }, 'staff:ann')
}

test('whether enough was found is decided by the weights in force, and a turn keeps those that it began with', async () => {
  await open({ ...sureModel, generate: () => (sureness(0.0001), WRITTEN) }, { written: 0, quoted: 0 })
  const first = (await ask('What does a transfer abroad cost?')).trace!
  expect([first.evidence?.enough, first.calibration, first.confidence.quoted!.value > 0.5]).toEqual([true, SHIPPED.version, true])
  expect((await ask('What does a transfer abroad cost?')).trace).toMatchObject({
    evidence: { enough: false },
    draft: null,
    calibration: '1',
  })
})

test('whether a quotation spares the wait for a busy model is decided by the weights in force', async () => {
  await open({ generate: () => Promise.reject(new BusyError(5_000)) }, { written: 0, quoted: 0.99 })
  sureness(0.999)
  expect((await ask('What does a transfer abroad cost?')).messages.at(-1)).toMatchObject({ kind: 'answer', form: 'quoted' })
})
