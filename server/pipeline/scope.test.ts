import { expect, test } from 'vitest'
import { fakeEmbedder } from '../../models/fakes.ts'
import type { ScopeRules } from '../scope-types.ts'
import { readSignals } from '../signals/index.ts'
import { message } from '../signals/message.fixture.ts'
import type { Ports } from './ports.ts'
import { determineScope } from './scope.ts'

const rules: ScopeRules = {
  topics: [{ id: 'payments', title: 'Payments', description: 'sending money', examples: ['send money'], rule: 'allowed' }],
  urgent: [
    { id: 'stop', title: 'Money is being taken', description: 'stop it', examples: ['cancel', 'cancel my transfer now'], text: 'Call us.' },
  ],
  amountAbove: { currency: 'GBP', value: 2500 },
  contact: '',
}
const ports = { embedder: fakeEmbedder(), scope: () => rules } as unknown as Ports
const intakeOf = (text: string) => ({ question: text, language: 'en', signals: readSignals(message(text)) })
const of = (text: string) => determineScope(intakeOf(text), ports)

test('a bare “cancel” is asked back about, not taken for an emergency', async () => {
  expect((await of('cancel my transfer now')).urgent).toMatchObject({ case: 'Money is being taken' })
  expect((await of('Cancel')).urgent).toBeNull()
})

test('of a long message every sentence counts, also what the question leaves out', async () => {
  const whole = 'My neighbour sent me 9000. Cancel my transfer now. How do I send money?'
  const { urgent, amount, topic } = await determineScope({ ...intakeOf('How do I send money?'), whole }, ports)
  expect({ urgent: urgent?.case, amount, topic }).toEqual({ urgent: 'Money is being taken', amount: 9000, topic: 'payments' })
})

test('an amount above the limit is seen with and without its currency', async () => {
  expect((await of('send 30000 to my brother')).amount).toBe(30_000)
  expect((await of('send £2,500 to my brother')).amount).toBeNull()
})
