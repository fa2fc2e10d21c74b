import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createLogger } from '../log.ts'
import { recordOfTurn, temporaryStore } from '../store/temporary-store.ts'
import type { TemporaryStore } from '../store/temporary-store.ts'
import { digestOf } from './approve-correction.ts'
import { createSender } from './sender.ts'

const THREADS = 80

/** An incident that reached so many threads, with a correction that is approved and begun. */
function begun({ store }: TemporaryStore): { correction: string; conversations: string[] } {
  const facts = {
    wrong: 'It costs £25.',
    right: 'It costs £12.',
    source: null,
    spans: [],
    kind: 'factual',
    severity: 'high',
    topic: 'payments',
  } as const
  const opening = {
    ...facts,
    spans: [],
    origin: { from: 'answer', id: 'x' },
    message: null,
    article: null,
    question: '',
    firstAt: null,
  } as const
  const { id: incident } = store.incidents.open({ ...opening, spans: [] }, 'staff:maya')
  const conversations: string[] = []
  const hits = Array.from({ length: THREADS }, () => {
    const customer = store.customers.create('standard', 'system').id
    const conversation = store.conversations.create({ customer, channel: 'portal', tier: 'standard' }).id
    const { turn } = store.turns.start({ conversation, text: 'a question' })
    const recorded = store.turns.record(recordOfTurn(turn, 'a question', 'It costs £25.'))
    if (recorded.result !== 'recorded') throw new Error('not recorded')
    conversations.push(conversation)
    const rest = { via: 'claim' as const, score: 1, why: [], said: null, delivered: null, seen: null, cameBack: null }
    return { ...rest, message: recorded.messages[0]!.id, conversation, customer, channel: 'portal' as const, turn: turn.id, at: 0 }
  })
  store.incidents.addHits(incident, hits, 'staff:maya')
  const letter = { wrong: facts.wrong, right: facts.right, why: '', toDo: '', text: 'It costs £12.', findings: [] }
  const { id, text } = store.corrections.write(incident, letter, 'staff:maya')
  store.corrections.propose(id, 'prop_1', 'staff:maya')
  const ben = store.staff.create({ name: 'Ben', passwordHash: 'x', roles: ['reviewer'] }, 'system').id
  store.corrections.approve(id, digestOf(text), `staff:${ben}`)
  store.corrections.begin(id, 'staff:ben')
  return { correction: id, conversations }
}

test('killed in the middle of sending, again and again: nobody is left out and nobody is told twice', { timeout: 90_000 }, async () => {
  let at = temporaryStore()
  const { correction, conversations } = begun(at)
  const seen: string[] = []
  for (let round = 0; round < 3; round++) {
    at.store.close()
    seen.push(...(await sendUntilKilled(at.dataDir, at.keysDir, 100 + Math.random() * 200)))
    at = at.reopen()
    expect(at.store.log.verify()).toBeNull()
  }
  const before = at.store.corrections.counts(correction).sent
  expect(before).toBeGreaterThan(0)
  const told: string[] = []
  await new Promise<void>((resolve) => {
    const sender = createSender({
      store: at.store,
      perMinute: 1_000_000,
      waysOf: () => ['webhook'],
      announce: ({ conversation }) => {
        told.push(conversation)
        if (at.store.corrections.counts(correction).sent === THREADS) resolve(sender.close())
      },
      log: createLogger('silent'),
    })
    if (before === THREADS) resolve()
    sender.run()
  })
  expect(at.store.corrections.counts(correction)).toMatchObject({ threads: THREADS, sent: THREADS })
  // The killed processes went by the real clock.
  at.pass(10 * 365 * 86_400_000)
  const due = at.store.outbox.due(10_000)
  for (const conversation of conversations) {
    const letters = at.store.conversations.messages(conversation).filter((m) => m.corrects)
    expect(letters).toHaveLength(1)
    const ways = due.filter((d) => d.message === letters[0]?.id).map((d) => d.channel)
    expect(ways.toSorted()).toEqual(['portal', 'webhook'])
  }
  for (const line of seen) {
    const [conversation, message] = line.split(' ')
    expect(at.store.conversations.messages(conversation!).at(-1)?.id).toBe(message)
  }
  expect(at.store.log.verify()).toBeNull()
  at.remove()
})

/** Whole lines that came out of it before it was killed, some moments after it began. */
async function sendUntilKilled(dataDir: string, keysDir: string, ms: number): Promise<string[]> {
  const file = fileURLToPath(new URL('sending.fixture.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', file, dataDir, keysDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (out === '') setTimeout(() => child.kill('SIGKILL'), ms)
    out += text
  })
  const [, signal] = (await once(child, 'close')) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
  return out.split('\n').slice(1, -1)
}
