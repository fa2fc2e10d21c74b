import { afterEach, beforeEach, expect, test } from 'vitest'
import { opened } from '../store/incident.fixture.ts'
import { recordOfTurn } from '../store/temporary-store.ts'
import { staffAgent } from './staff.fixture.ts'
import { temporaryPortal, type TemporaryPortal } from './temporary-portal.ts'

const COST = 'What does a transfer abroad cost?'
const CARD = 'What does a lost debit card cost?'
let portal: TemporaryPortal
beforeEach(async () => {
  portal = await temporaryPortal()
  portal.sendFrom(0)
})
afterEach(() => portal.close())

const maya = () => staffAgent(portal, 'maya')

function begin(): string {
  const { customers, conversations } = portal.context.store
  return conversations.create({ customer: customers.create('standard', 'system').id, channel: 'portal', tier: 'standard' }).id
}

const ask = (conversation: string, text: string) => portal.context.turns.ask({ conversation, text })

test('the conversation that needs a person most comes first, with the reason', async () => {
  const [troubled, quiet] = [begin(), begin()]
  await ask(troubled, COST).done
  await ask(troubled, COST).done
  await ask(quiet, CARD).done
  const { text } = await (await maya()).get('/console/live').expect(200)
  expect(text.indexOf(`live-${troubled}`)).toBeLessThan(text.indexOf(`live-${quiet}`))
  expect(text).toContain('asks the same again')
})

test('a whisper that comes too late comes back in its box', async () => {
  const conversation = begin()
  await ask(conversation, COST).done
  const { text } = await (
    await maya()
  )
    .post(`/console/conversations/${conversation}/whisper`)
    .type('form')
    .send({ note: 'Wait, that is the old price.' })
    .expect(409)
  expect(text).toContain('Wait, that is the old price.')
  expect(text).toContain('Take over to write to the customer yourself')
  expect(portal.context.store.notes.of(conversation)).toEqual([])
})

test('a held draft is written again with a colleague’s word, checked, and not sent by itself', async () => {
  portal.sendFrom(2)
  const conversation = begin()
  await ask(conversation, COST).done
  const { store } = portal.context
  const [review] = store.reviews.list({ state: 'open' })
  const agent = await maya()
  expect((await agent.get(`/console/conversations/${conversation}`).expect(200)).text).toContain(`/console/reviews/${review!.id}"`)
  const before = store.conversations.messages(conversation).length
  const { text } = await agent
    .post(`/console/reviews/${review!.id}/rewrite`)
    .type('form')
    .redirects(1)
    .send({ guidance: 'Say how long it takes, too.' })
    .expect(200)
  expect(text).toContain('Your text, checked')
  expect(store.notes.ofTurn(review!.turn).map((n) => n.text)).toEqual(['Say how long it takes, too.'])
  expect(store.conversations.messages(conversation)).toHaveLength(before)
  expect(store.reviews.get(review!.id)?.state).toBe('open')
})

test('whoever takes over silences what is being made; the note on handing back is for colleagues alone', async () => {
  const conversation = begin()
  const agent = await maya()
  const release = portal.hold()
  const { done } = ask(conversation, COST)
  await expect.poll(() => portal.context.turns.running(conversation)?.stage, { timeout: 20_000 }).toBe('writing')
  await agent.post(`/console/conversations/${conversation}/take-over`).expect(303)
  release()
  await done
  const { store } = portal.context
  expect(store.conversations.messages(conversation).filter((m) => m.kind === 'answer')).toEqual([])
  await agent
    .post(`/console/conversations/${conversation}/hand-back`)
    .type('form')
    .send({ note: 'She sends the form on Monday.' })
    .expect(303)
  expect((await agent.get(`/console/conversations/${conversation}`).expect(200)).text).toContain('She sends the form on Monday.')
  expect(
    store.conversations
      .messages(conversation)
      .map((m) => m.text)
      .join(),
  ).not.toContain('Monday')
})

test('a word about a held answer finds its review, however many wait before it', async () => {
  const { store, clock } = portal.context
  const hold = (conversation: string): string => {
    const { turn } = store.turns.start({ conversation, text: COST })
    store.turns.record(recordOfTurn(turn, COST, 'It costs £12.', { record: { review: { reason: 'Not sure.', due: clock() } } }))
    return turn.id
  }
  const crowd = begin()
  for (let n = 0; n < 200; n++) hold(crowd)
  const conversation = begin()
  const turn = hold(conversation)
  await (await maya()).post(`/console/conversations/${conversation}/whisper`).type('form').send({ note: 'Old price.' }).expect(303)
  expect(store.notes.ofTurn(turn)).toMatchObject([{ text: 'Old price.' }])
})

test('no draft is written again from words that are quarantined', async () => {
  portal.sendFrom(2)
  const conversation = begin()
  await ask(conversation, COST).done
  const { store } = portal.context
  const [review] = store.reviews.list({ state: 'open' })
  const { id } = opened(store)
  const { article } = store.knowledge.articles().find((a) => a.title.includes('transfer'))!
  store.quarantines.set(id, { kind: 'article', what: article }, 'staff:ben')
  const { article: other } = store.knowledge.articles().find((a) => a.article !== article)!
  store.quarantines.set(id, { kind: 'article', what: other }, 'staff:ben')
  const agent = await maya()
  const { text } = await agent
    .post(`/console/reviews/${review!.id}/rewrite`)
    .type('form')
    .redirects(1)
    .send({ guidance: 'Say how long it takes.' })
  expect(text).toContain('there is nothing to write from')
  expect(portal.lanes()).not.toContain('staff')
})
