import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, test, vi } from 'vitest'
import { BusyError } from '../../models/errors.ts'
import { SHIPPED } from '../policy/confidence.ts'
import { FEES, WRITTEN, ask, begin, context, folder, open, sureModel } from './turns.fixture.ts'

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
