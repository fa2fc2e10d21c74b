import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLogger } from '../log.ts'
import { opened } from '../store/incident.fixture.ts'
import type { RegressionCase } from '../store/incident-types.ts'
import { recordOfTurn, revisionOf, temporaryStore, type TemporaryStore } from '../store/temporary-store.ts'
import { createRegression, type Regression } from './regression.ts'

let at: TemporaryStore
let asked: string[]
let regression: Regression
beforeEach(() => {
  at = temporaryStore()
  asked = []
  regression = regressionOf()
})
afterEach(async () => {
  await regression.close()
  at.remove()
})

const regressionOf = (
  before: () => Promise<void> = async () => undefined,
  answer = 'It costs £12.',
  said: string | null = null,
): Regression =>
  createRegression({
    store: at.store,
    async ask({ id, question }) {
      await before()
      asked.push(question)
      return recordOfTurn({ id, conversation: id }, question, answer).trace
    },
    states: async () => [said],
    log: createLogger('silent'),
  })

const addCase = (question: string): RegressionCase =>
  at.store.cases.add(
    opened(at.store).id,
    { question, tier: 'standard', channel: 'portal', mustSay: ['£12'], mustNotSay: ['£25'] },
    'staff:maya',
  )

/** As another process does, of which this one hears nothing. */
const publish = (text: string): void => at.store.knowledge.apply({ put: [revisionOf('fees', text)], retire: [] }, 'system')

test('what was changed while nobody heard of it is caught up with: once, and only what was not asked since', async () => {
  const before = addCase('What does it cost?')
  await regression.run([before])
  expect(at.store.cases.active()).toMatchObject([{ last: { result: 'right' } }])
  at.pass(1000)
  publish('It costs £12.')
  at.pass(1000)
  await regression.run([addCase('And abroad?')])
  asked = []
  regression.watch(5)
  while (asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(asked).toEqual(['What does it cost?'])
  at.pass(1000)
  publish('It costs £12 now.')
  while (asked.length < 3) await new Promise((resolve) => setTimeout(resolve, 5))
  expect(asked.slice(1).toSorted()).toEqual(['And abroad?', 'What does it cost?'])
})

test('it says how far it is, over all that were begun', async () => {
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let next = 0
  regression = regressionOf(() => gates[next++]!.promise)
  expect(regression.progress()).toBeNull()
  const all = [regression.run([addCase('One?')]), regression.run([addCase('Two?')])]
  expect(regression.progress()).toEqual({ asked: 0, of: 2 })
  gates[0]!.resolve()
  await all[0]
  expect(regression.progress()).toEqual({ asked: 1, of: 2 })
  gates[1]!.resolve()
  await all[1]
  expect(regression.progress()).toBeNull()
})

test('a condition that was left out: with it, the answer does not say the wrong again, however alike it reads', async () => {
  const { id } = opened(at.store, { wrong: 'Changing is free.', right: 'Changing is free, provided that you stay for 6 months.' })
  const alike = 'It says so in nearly the same words.'
  const given = { question: 'Is it free?', tier: 'standard', channel: 'portal' as const, mustSay: [], mustNotSay: ['Changing is free.'] }
  const asked = at.store.cases.add(id, given, 'staff:maya')
  const resultOf = (answer: string) => regressionOf(undefined, answer, alike).run([asked])
  expect(await resultOf('Changing is free, as we said, provided that you stay for 6 months.')).toMatchObject([{ result: 'right' }])
  expect(await resultOf('Changing costs nothing.')).toMatchObject([{ result: 'wrong' }])
})
