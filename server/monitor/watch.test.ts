import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLogger } from '../log.ts'
import { temporaryStore, type TemporaryStore } from '../store/temporary-store.ts'
import { createWatch } from './watch.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const FIRST = Date.UTC(2026, 0, 5)
const CHANGED = FIRST + 46 * DAY + 8 * HOUR

let house: TemporaryStore
let now = FIRST
beforeEach(() => {
  house = temporaryStore({ clock: () => now })
  house.connection.pragma('foreign_keys = OFF')
})
afterEach(() => house.remove())

/** Two topics, eight questions an hour; from `CHANGED` on nothing about cards is sent any more. */
function fill(days: number): void {
  const insert = house.connection.prepare(
    `INSERT INTO measures (turn, at, topic, channel, tier, verdict, confidence, length, asks, again, upset)
     VALUES (?, ?, ?, 'portal', 'standard', ?, 800000, 200, 0, 0, 0)`,
  )
  let state = 7
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  house.connection.transaction(() => {
    for (let hour = 0; hour < days * 24; hour++)
      for (let i = 0; i < 8; i++) {
        const at = FIRST + hour * HOUR + i * 60_000
        const topic = random() < 0.5 ? 'cards' : 'loans'
        const sent = topic === 'cards' && at >= CHANGED ? false : random() < 0.7
        insert.run(`turn_${at}`, at, topic, sent ? 'send' : 'hold')
      }
  })()
}

const watchOf = () =>
  createWatch({ store: house.store, clock: () => now, log: createLogger('silent'), everyMs: 0, nameOf: (_, id) => `Title of ${id}` })

test('what changed gives one alarm: what, since when, on which examples; and it is on the record and on the overview', async () => {
  fill(49)
  now = FIRST + 49 * DAY
  const watch = watchOf()
  const raised = await watch.look()
  const cards = raised.filter((a) => a.topic === 'cards')
  expect(cards).toHaveLength(1)
  const [alarm] = cards
  expect(Math.abs(alarm!.since - CHANGED)).toBeLessThan(DAY)
  expect(raised.filter((a) => a.topic === 'loans').map((a) => [a.metric, a.before, a.after])).toEqual([])
  expect(alarm!.examples.length).toBeGreaterThan(0)
  expect(alarm!.also.length).toBeGreaterThan(0)
  expect(house.store.notices.open().map((n) => n.href)).toContain(`/console/alarms/${alarm!.id}`)
  expect(
    house.store.notices
      .open()
      .map((n) => n.text)
      .join(),
  ).toContain('Title of cards')
  expect(watch.status().watched).toBeGreaterThan(5)

  expect(await watch.look()).toEqual([])
  for (const one of house.store.alarms.list({ state: 'open', limit: 50 }))
    house.store.alarms.close(one.id, 'normal', 'Cards are answered by people now.', 'staff:maya')
  expect((await watch.look()).map((a) => [a.topic, a.metric])).toEqual([])
  expect(house.store.log.verify()).toBeNull()
})

test('while it still learns what is usual it says so, and is silent', async () => {
  fill(10)
  now = FIRST + 10 * DAY
  const watch = watchOf()
  expect(await watch.look()).toEqual([])
  expect(watch.status()).toMatchObject({ watched: 0, learnsUntil: FIRST + 14 * DAY })
})

test('two looks at the same time are one', async () => {
  fill(49)
  now = FIRST + 49 * DAY
  const watch = watchOf()
  const [a, b] = await Promise.all([watch.look(), watch.look()])
  expect(b).toEqual(a)
  expect(house.store.alarms.openCount()).toBe(a.length)
})
