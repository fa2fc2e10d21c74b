import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLogger } from '../log.ts'
import { temporaryStore } from '../store/temporary-store.ts'
import type { TemporaryStore } from '../store/temporary-store.ts'
import type { Conversation, Message } from '../conversation-types.ts'
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
