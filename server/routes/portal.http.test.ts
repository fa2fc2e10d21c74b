import request from 'supertest'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { texts } from '../../views/texts/en.ts'
import { busy, recordUnavailable } from '../errors.ts'
import { temporaryPortal } from './temporary-portal.ts'
import type { TemporaryPortal } from './temporary-portal.ts'

const QUESTION = 'What does a transfer abroad cost?'

let portal: TemporaryPortal

beforeEach(async () => {
  portal = await temporaryPortal()
  portal.sendFrom(0)
})
afterEach(() => portal.close())

const visitor = () => request.agent(portal.url)
type Visitor = ReturnType<typeof visitor>

/** Asks and waits until the turn is over; the conversation's id. */
async function ask(who: Visitor, text: string, conversation = ''): Promise<string> {
  const { status, headers } = await who.post('/messages').type('form').send({ text, conversation })
  expect(status).toBe(303)
  const id = new URL(headers['location']!, portal.url).searchParams.get('c')!
  await expect.poll(() => portal.context.turns.running(id)).toBeNull()
  return id
}

const messagesOf = (conversation: string) => portal.context.store.conversations.messages(conversation)
const sourceOf = (html: string): string => /href="(\/sources\/[^"#]+)/.exec(html)?.[1] ?? ''

describe('without scripts', () => {
  test('a customer is told that a machine answers before writing anything', async () => {
    const { text } = await visitor().get('/')
    expect(text.indexOf(texts.portal.machine)).toBeGreaterThan(0)
    expect(text.indexOf(texts.portal.machine)).toBeLessThan(text.indexOf('<textarea'))
  })

  test('who only looks leaves nothing in the record; who writes is known from then on', async () => {
    const { log } = portal.context.store
    const before = log.size()
    const who = visitor()
    for (const path of ['/', '/?new=1', '/person']) expect((await who.get(path)).headers['set-cookie']).toBeUndefined()
    expect((await who.get('/?c=conv_unknown')).status).toBe(404)
    expect(log.size()).toBe(before)
    const conversation = await ask(who, QUESTION)
    expect((await who.get('/')).text).toContain(conversation)
  })

  test('where the firm has named no topics, titles of articles are examples, but none of an article that is for some customers only', async () => {
    const { knowledge } = portal.context.store
    const [one] = knowledge.inForce()
    const article = (name: string, title: string, tier: string) => ({
      ...one!,
      article: name,
      title,
      tier,
      topic: name,
      id: name.padEnd(64, '0'),
    })
    const put = [article('a1', 'How to close an account', 'all'), article('b2', 'The secret lounge for Premier', 'premier')]
    knowledge.apply({ put, retire: [] }, 'system')
    const shown = async () => (await visitor().get('/')).text
    expect(await shown()).toContain('How to close an account')
    expect(await shown()).not.toContain('secret lounge')
    // Saving what may be answered keeps the topics as they were, with those titles.
    const { store, ports } = portal.context
    store.scope.set({ ...store.scope.get(), topics: ports.scope().topics }, 'system')
    expect(await shown()).toContain('How to close an account')
    expect(await shown()).not.toContain('secret lounge')
  })

  test('a question is asked, answered, and its source opened as a page with the words marked', async () => {
    const who = visitor()
    const conversation = await ask(who, QUESTION)
    const { text: page } = await who.get(`/?c=${conversation}`)
    expect(page).toContain(QUESTION)
    expect(page).toContain('£12')
    const { text: source, status } = await who.get(sourceOf(page))
    expect(status).toBe(200)
    expect(source).toMatch(/<mark[^>]*>.*A transfer abroad costs £12 for each payment\..*<\/mark>/)
  })

  test('words that could not be taken come back in the box, with what to do', async () => {
    const who = visitor()
    const refusals = [
      { error: busy('x', 7), words: 'try again in 7 seconds', status: 503 },
      { error: recordUnavailable(), words: texts.problems.record, status: 503 },
      { error: new Error('x'), words: texts.problems.other, status: 500 },
    ]
    const really = portal.context.turns.ask.bind(portal.context.turns)
    for (const { error, words, status } of refusals) {
      portal.context.turns.ask = () => {
        throw error
      }
      const refused = await who.post('/messages').type('form').send({ text: 'my <long> question' })
      expect(refused.status).toBe(status)
      expect(refused.text).toContain('>my &lt;long> question</textarea>')
      expect(refused.text).toContain(words)
    }
    portal.context.turns.ask = really
  })

  test('nothing, and more than fits, is refused before anything is kept', async () => {
    const who = visitor()
    const long = 'x'.repeat(2_001)
    expect((await who.post('/messages').type('form').send({ text: ' \r\n ' })).text).toContain(texts.problems.empty)
    const { text, status } = await who.post('/messages').type('form').send({ text: long })
    expect([status, text.includes(long)]).toEqual([422, true])
    expect(portal.context.store.conversations.list({ limit: 5 })).toEqual([])
  })

  test('a thumb and its reason are kept', async () => {
    const who = visitor()
    const [, answer] = messagesOf(await ask(who, QUESTION))
    await who.post(`/messages/${answer!.id}/feedback`).type('form').send({ value: 'down', reason: texts.feedback.wrong }).expect(303)
    expect(portal.context.store.conversations.message(answer!.id)?.feedback).toBe('down')
    await who.post(`/messages/${answer!.id}/feedback`).type('form').send({ value: 'sideways' }).expect(422)
  })

  test('asking for a person says what happens next, then the conversation waits; asking twice is asking once', async () => {
    const who = visitor()
    const conversation = await ask(who, QUESTION)
    expect((await who.get('/person')).text).toContain(texts.person.steps[0])
    for (let i = 0; i < 2; i++) await who.post('/person').type('form').send({ conversation }).expect(303)
    expect(portal.context.store.conversations.get(conversation)?.state).toBe('waiting')
    expect(messagesOf(conversation).filter(({ verdict }) => verdict === 'escalate')).toHaveLength(1)
    await ask(who, 'Is somebody there?', conversation)
    expect(messagesOf(conversation).at(-1)).toMatchObject({ author: 'customer', text: 'Is somebody there?' })
  })

  test('a new conversation leaves the earlier ones in reach', async () => {
    const who = visitor()
    const first = await ask(who, QUESTION)
    const second = await ask(who, 'What does a credit card cost?', 'new')
    expect(second).not.toBe(first)
    const { text } = await who.get('/?new=1')
    for (const id of [first, second]) expect(text).toContain(`/?c=${id}`)
  })
})

test('what belongs to one customer is nowhere for another', async () => {
  const [who, stranger] = [visitor(), visitor()]
  const conversation = await ask(who, QUESTION)
  const [question, answer] = messagesOf(conversation)
  const { text } = await who.get('/')
  await stranger.get('/')
  const gets = [`/?c=${conversation}`, `/events?conversation=${conversation}`, sourceOf(text), `/person?conversation=${conversation}`]
  for (const path of gets) expect((await stranger.get(path)).status, path).toBe(404)
  const posts = ['/messages', '/person', `/messages/${answer!.id}/feedback`, `/turns/${question!.turn}/cancel`]
  for (const path of posts)
    expect((await stranger.post(path).type('form').send({ conversation, text: 'x', value: 'up' })).status, path).toBe(404)
  expect((await stranger.get('/')).text).not.toContain(QUESTION)
})

test('only what an answer rests on can be opened, nothing else of the documents', async () => {
  const who = visitor()
  const conversation = await ask(who, QUESTION)
  const [question, answer] = messagesOf(conversation)
  for (const path of [`/sources/${answer!.id}/99`, `/sources/${answer!.id}/0`, `/sources/${question!.id}/1`, '/sources/nothing/1'])
    expect((await who.get(path)).status, path).toBe(404)
})

test('a page that asks late, or again, gets everything that was said', async () => {
  const { headers } = await fetch(`${portal.url}/messages`, {
    method: 'POST',
    body: new URLSearchParams({ text: QUESTION }),
    redirect: 'manual',
  })
  const cookie = headers.getSetCookie()[0]!.split(';')[0]!
  const conversation = new URL(headers.get('location')!, portal.url).searchParams.get('c')!
  await expect.poll(() => portal.context.turns.running(conversation)).toBeNull()
  const stop = new AbortController()
  const { body } = await fetch(`${portal.url}/events?conversation=${conversation}`, { headers: { cookie }, signal: stop.signal })
  const { value } = await body!.getReader().read()
  stop.abort()
  const seen = new TextDecoder().decode(value)
  expect(seen).toMatch(/^data: <hx-partial hx-target="#thread"/)
  expect(seen).toContain(QUESTION)
  expect(seen).toContain('£12')
})

test('what a script asked for and cannot have is said in a part of the page, never as a whole page in its place', async () => {
  const who = visitor()
  const asked = await who.get('/sources/nothing/1').set('HX-Request', 'true')
  expect(asked.status).toBe(404)
  expect(asked.text).toMatch(/^<hx-partial hx-target="#toasts"/)
  expect(asked.text).toContain(texts.problems.missing)
  const foreign = await who.post('/messages').set({ 'HX-Request': 'true', Origin: 'https://evil.example' }).type('form').send({ text: 'x' })
  expect(foreign.status).toBe(403)
  expect(foreign.text).toMatch(/^<hx-partial hx-target="#composer-problem"/)
})

test('line breaks and the words of an event in a question stay words', async () => {
  const who = visitor()
  const conversation = await ask(who, 'one\r\n\r\nevent: message\ndata: <script>forged</script>')
  expect(messagesOf(conversation)[0]!.text).toBe('one\n\nevent: message\ndata: <script>forged</script>')
  const { text } = await who.get(`/?c=${conversation}`)
  expect(text).toContain('event: message<br/>data: &lt;script>forged&lt;/script>')
})
