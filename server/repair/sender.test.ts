import { expect, test } from 'vitest'
import { createLogger } from '../log.ts'
import { opened, told } from '../store/incident.fixture.ts'
import { linesUntilKilled } from '../store/killing.fixture.ts'
import { temporaryStore } from '../store/temporary-store.ts'
import type { TemporaryStore } from '../store/temporary-store.ts'
import { digestOf } from './approve-correction.ts'
import { createSender } from './sender.ts'

const THREADS = 80
const SENDING = new URL('sending.fixture.ts', import.meta.url)

/** An incident that reached so many threads, with a correction that is approved and begun. */
function begun({ store }: TemporaryStore): { correction: string; conversations: string[] } {
  const { id: incident, wrong } = opened(store)
  const hits = Array.from({ length: THREADS }, () => told(store))
  store.incidents.addHits(incident, hits, 'staff:maya')
  const letter = { wrong, right: 'It costs £12.', why: '', toDo: '', text: 'It costs £12.', findings: [] }
  const { id, text } = store.corrections.write(incident, letter, 'staff:maya')
  store.corrections.propose(id, 'prop_1', 'staff:maya')
  const ben = store.staff.create({ name: 'Ben', passwordHash: 'x', roles: ['reviewer'] }, 'system').id
  store.corrections.approve(id, digestOf(text), `staff:${ben}`)
  store.corrections.begin(id, 'staff:ben')
  return { correction: id, conversations: hits.map((hit) => hit.conversation) }
}

test('killed in the middle of sending, again and again: nobody is left out and nobody is told twice', { timeout: 90_000 }, async () => {
  let at = temporaryStore()
  const { correction, conversations } = begun(at)
  const seen: string[] = []
  for (let round = 0; round < 3; round++) {
    at.store.close()
    // Its first line says that it has begun.
    seen.push(...(await linesUntilKilled(SENDING, at, 100 + Math.random() * 200)).slice(1))
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

test('a thread that cannot be told keeps none of the others waiting', async () => {
  const at = temporaryStore()
  const { correction, conversations } = begun(at)
  const [broken] = conversations
  const told: string[] = []
  await new Promise<void>((resolve) => {
    const sender = createSender({
      store: at.store,
      perMinute: 1_000_000,
      waysOf(conversation) {
        if (conversation === broken) throw new Error('its contact cannot be read')
        return []
      },
      announce({ conversation }) {
        told.push(conversation)
        if (told.length === THREADS - 1) resolve(sender.close())
      },
      log: createLogger('silent'),
    })
    sender.run()
  })
  expect(told.toSorted()).toEqual(conversations.slice(1).toSorted())
  expect(at.store.corrections.waiting(9)).toEqual([{ correction, conversation: broken }])
  at.remove()
})
