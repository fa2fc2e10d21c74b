import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLogger } from '../log.ts'
import { temporaryStore } from '../store/temporary-store.ts'
import type { TemporaryStore } from '../store/temporary-store.ts'
import type { Conversation, Message } from '../conversation-types.ts'
import { Undeliverable } from './channel.ts'
import { channelsFor } from './index.ts'
import { createDispatcher } from './outbox.ts'

let at: TemporaryStore
let conversation: Conversation
let told: string[]
let broken: boolean

beforeEach(() => {
  at = temporaryStore()
  told = []
  broken = false
  const customer = at.store.customers.create('standard', 'system')
  conversation = at.store.conversations.create({ customer: customer.id, channel: 'portal', tier: 'standard' })
})
afterEach(() => at.remove())

const publish = (message: Message): void => {
  if (broken) throw new Error('nobody hears')
  told.push(message.text)
}
const dispatcher = () =>
  createDispatcher({ store: at.store, channels: channelsFor(publish), clock: at.now, log: createLogger('silent'), everyMs: 0 })
const say = (text: string) =>
  at.store.conversations.say({ conversation: conversation.id, author: 'staff', kind: 'answer', turn: null, text }, 'staff:1')
const types = () => at.store.log.entries(1, 100).map((e) => e.type)

test('what is said to a customer is delivered once, in order, and the log says so', async () => {
  say('one')
  say('two')
  at.store.conversations.say(
    { conversation: conversation.id, author: 'customer', kind: 'question', turn: null, text: 'mine' },
    'customer:1',
  )
  const outbox = dispatcher()
  await outbox.run()
  await outbox.run()
  expect(told).toEqual(['one', 'two'])
  expect(types().filter((t) => t === 'message.delivered')).toHaveLength(2)
})

test('what was recorded before the process ended is delivered by the next one', async () => {
  say('late')
  at = at.reopen()
  await dispatcher().run()
  expect(told).toEqual(['late'])
})

test('a delivery that fails is tried again later, and the waits grow', async () => {
  say('again')
  broken = true
  const outbox = dispatcher()
  const waits: number[] = []
  for (let i = 0; i < 3; i++) {
    await outbox.run()
    let waited = 0
    while (at.store.outbox.due(1).length === 0) {
      at.pass(1000)
      waited += 1000
    }
    waits.push(waited)
  }
  expect(waits).toEqual([2000, 4000, 8000])
  broken = false
  await outbox.run()
  expect(told).toEqual(['again'])
  expect(types().filter((t) => t === 'delivery.failed')).toHaveLength(3)
})

test('what fails for a day is given up, and whoever looks after it is told once', async () => {
  const { id } = say('never')
  broken = true
  const given: string[] = []
  const log = createLogger('silent')
  const outbox = createDispatcher({
    store: at.store,
    channels: channelsFor(publish),
    clock: at.now,
    log,
    everyMs: 0,
    onGivenUp: (message) => given.push(message),
  })
  const begun = at.now()
  for (let hours = 0; hours < 48 * 60 && given.length === 0; hours++) {
    await outbox.run()
    at.pass(60_000)
  }
  expect(given).toEqual([id])
  expect((at.now() - begun) / 3_600_000).toBeGreaterThan(20)
  expect((at.now() - begun) / 3_600_000).toBeLessThan(28)
  at.pass(7 * 86_400_000)
  broken = false
  await outbox.run()
  expect(told).toEqual([])
  expect(types().filter((t) => t === 'delivery.given-up')).toHaveLength(1)
})

test('an address that does not exist is not tried again', async () => {
  const { id } = say('nobody there')
  let tried = 0
  const given: string[] = []
  const outbox = createDispatcher({
    store: at.store,
    channels: [
      {
        channel: 'portal',
        deliver() {
          tried++
          throw new Undeliverable('there is no such address')
        },
      },
    ],
    clock: at.now,
    log: createLogger('silent'),
    everyMs: 0,
    onGivenUp: (message) => given.push(message),
  })
  await outbox.run()
  at.pass(86_400_000)
  await outbox.run()
  expect([tried, given]).toEqual([1, [id]])
})

test('while the record cannot be written nothing counts as delivered', async () => {
  say('once more')
  at.connection.pragma('query_only = 1')
  const outbox = dispatcher()
  await outbox.run()
  expect(told).toEqual(['once more'])
  at.connection.pragma('query_only = 0')
  at.store.probe()
  await outbox.run()
  expect(told).toEqual(['once more', 'once more'])
  expect(at.store.outbox.due(10)).toEqual([])
})
