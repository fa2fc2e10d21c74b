/** A process that answers without end, for the test that kills it: prints each answer once it is recorded. */
import { randomBytes } from 'node:crypto'
import { writeSync } from 'node:fs'
import { openStore } from './open.ts'
import { recordOfTurn } from './temporary-store.ts'

const [dataDir = '', keysDir = ''] = process.argv.slice(2)
const newId = (prefix: string): string => `${prefix}_${randomBytes(8).toString('hex')}`
const store = openStore({ dataDir, keysDir, clock: Date.now, newId })

for (let n = 0; ; n++) {
  const customer = store.customers.create('standard', 'system')
  const conversation = store.conversations.create({ customer: customer.id, channel: 'portal', tier: 'standard' })
  const { turn } = store.turns.start({ conversation: conversation.id, text: `question ${n}` })
  const answer = `answer ${n} ${'words '.repeat(n % 500)}`
  const done = store.turns.record(recordOfTurn(turn, `question ${n}`, answer))
  // Straight to the pipe: what was seen outside may not wait in a buffer that dies with the process.
  if (done.result === 'recorded') writeSync(1, `${JSON.stringify({ turn: turn.id, seq: done.seq, answer })}\n`)
}
