import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Role } from '../types.ts'
import { staffAgent, type Agent } from './staff.fixture.ts'
import { temporaryPortal, type TemporaryPortal } from './temporary-portal.ts'

const CSV = `question
What does a transfer abroad cost?
What does a lost debit card cost?
When does a transfer abroad arrive?
what does a LOST debit card cost
"Mail ann@example.com, what does a credit card cost a year?"
`

let house: TemporaryPortal

beforeEach(async () => {
  house = await temporaryPortal()
})
afterEach(() => house.close())

const staff = (name: string, roles: Role[]) => staffAgent(house, name, roles)

async function upload(agent: Agent, name = 'past.csv', text = CSV) {
  const { headers } = await agent.post('/console/judging/upload').attach('file', Buffer.from(text), name).expect(303)
  return String(headers['location'])
}

const choice = { column: 'question', own: '', form: 'quoted', channel: 'portal', tier: 'standard', number: '10', double: '0' }

async function taken(agent: Agent, more: Record<string, string> = {}) {
  const draft = await upload(agent)
  const { headers } = await agent
    .post(draft)
    .type('form')
    .send({ ...choice, ...more })
    .expect(303)
  const id = String(headers['location']).split('/').at(-1)!
  await vi.waitFor(() => expect(house.context.store.imports.get(id)?.state).toBe('done'), 20_000)
  return id
}

/** Says the same of whatever is shown, until nothing is. */
async function judgeAll(agent: Agent, said: string) {
  for (let n = 0; ; n++) {
    const { text } = await agent.get('/console/judging/item').expect(200)
    const action = /action="(\/console\/judging\/item\/[^"]+)"/.exec(text)?.[1]
    if (!action) return n
    await agent.post(action).type('form').send({ said, ms: '1200' }).expect(303)
  }
}

test('nothing of a file is kept before somebody says so, and every line of it is accounted for', async () => {
  const ann = await staff('ann', ['admin'])
  const draft = await upload(ann)
  const { text } = await ann.get(draft).expect(200)
  expect(text).toContain('4 questions can be used')
  expect(text).toContain('The same question as in another line')
  expect(text).toContain('Mail [email address]')
  expect(text).not.toContain('ann@example.com')
  expect(house.context.store.imports.list()).toEqual([])
})

test('past questions are answered, and no customer, review or figure knows of them', async () => {
  const ann = await staff('ann', ['admin'])
  const id = await taken(ann)
  const { counts } = house.context.store.imports.get(id)!
  expect(counts).toMatchObject({ total: 4, queued: 0, failed: 0 })
  expect(counts.judgeable).toBeGreaterThan(0)
  const { store } = house.context
  expect(store.conversations.list({ limit: 10 })).toEqual([])
  expect(store.reviews.list({ state: 'open' })).toEqual([])
  expect(store.gaps.list(10)).toEqual([])
  expect(store.labels.scored({}).every((s) => s.source === 'import' && !s.sent)).toBe(true)
})

test('a written answer is made behind everybody who waits', async () => {
  const ann = await staff('ann', ['admin'])
  const id = await taken(ann, { form: 'written', number: '1' })
  expect(house.context.store.labels.scored({ form: 'written' }).length).toBe(1)
  expect(house.lanes()).toEqual(['background'])
  expect(house.context.store.imports.get(id)?.form).toBe('written')
})

test('an answer is shown as the customer reads it with the words it rests on, and nothing says what it scored', async () => {
  const ann = await staff('ann', ['admin'])
  await taken(ann)
  const { text } = await ann.get('/console/judging/item').expect(200)
  expect(text).toContain('The customer asks')
  expect(text).toContain('What it rests on')
  expect(text).toMatch(/<mark[^>]*data-claims/)
  expect(text).not.toMatch(/such answers are right|claim-passed|Confidence/)
})

test('where a threshold is tried out, past questions that would change sides are named by what was asked', async () => {
  const ann = await staff('ann', ['admin'])
  await taken(ann)
  const { store } = house.context
  const cell = { topic: '*', channel: '*', tier: '*', form: 'quoted' } as const
  store.thresholds.set({ ...cell, value: 0, reason: 'for the test' }, 'system')
  const { text } = await ann.get(`/console/thresholds/preview?${new URLSearchParams(cell)}&try=100`).expect(200)
  const asked = store.labels.scored({ form: 'quoted' }).map((a) => store.imports.trace(a.turn)!.intake.question)
  expect(asked.length).toBeGreaterThan(0)
  for (const question of asked) expect(text).toContain(question)
  expect(text).not.toContain('/console/audit/turns/')
})

test('what was said is kept with its seconds, and can be taken back or said more about', async () => {
  const ann = await staff('ann', ['admin'])
  const id = await taken(ann)
  const shown = async () => /action="(\/console\/judging\/item\/[^"]+)"/.exec((await ann.get('/console/judging/item')).text)![1]!
  const first = await shown()
  await ann.post(first).type('form').send({ said: 'wrong', ms: '0' }).expect(303)
  await ann.post('/console/judging/mistake').type('form').send({ mistake: 'misread' }).expect(303)
  const { labels, imports } = house.context.store
  expect(labels.list({ source: 'import' })).toMatchObject([{ right: false, mistake: 'misread', seconds: 0, probability: 1, second: false }])
  await ann.post('/console/judging/undo').expect(303)
  expect(labels.list({})).toEqual([])
  await ann
    .post(await shown())
    .type('form')
    .send({ said: 'right' })
    .expect(303)
  expect(labels.list({})).toMatchObject([{ right: true }])
  expect(imports.get(id)?.counts.judged).toBe(1)
  const again = await ann.post(first).type('form').set('Accept', 'application/problem+json').send({ said: 'right' })
  expect([again.status, again.body.detail]).toEqual([409, expect.stringContaining('no longer yours')])
})

test('with two who judge at once, each answer goes to one of them unless it is to be judged twice', async () => {
  const [ann, bo] = [await staff('ann', ['admin']), await staff('bo', ['reviewer'])]
  const id = await taken(ann, { double: '100' })
  const { judgeable } = house.context.store.imports.get(id)!.counts
  expect([await judgeAll(ann, 'right'), await judgeAll(bo, 'right')]).toEqual([judgeable, judgeable])
  await house.context.knowledge.retire(['fees'], 'system')
  const second = await taken(ann)
  expect((await judgeAll(ann, 'right')) + (await judgeAll(bo, 'right'))).toBe(house.context.store.imports.get(second)!.counts.judgeable)
})

test('who judges sees their own figures, an admin everybody’s by name', async () => {
  const [ann, bo] = [await staff('ann', ['admin']), await staff('bo', ['reviewer'])]
  await taken(ann, { double: '100' })
  await judgeAll(ann, 'right')
  await judgeAll(bo, 'wrong')
  const forAnn = (await ann.get('/console/judging/reviewers').expect(200)).text
  expect(forAnn.indexOf('>ann')).toBeLessThan(forAnn.indexOf('>bo'))
  expect(forAnn).toContain('Too few to say more')
  const forBo = (await bo.get('/console/judging/reviewers').expect(200)).text
  expect(forBo).not.toContain('>ann')
})

test('who may judge may not take questions in, and others see nothing of it', async () => {
  const [bo, ed] = [await staff('bo', ['reviewer']), await staff('ed', ['editor'])]
  await bo.get('/console/judging').expect(200)
  await bo.post('/console/judging/upload').attach('file', Buffer.from(CSV), 'past.csv').expect(403)
  await ed.get('/console/judging').expect(403)
  await ed.get('/console/judging/item').expect(403)
})

test('a draft is its uploader’s alone', async () => {
  const [ann, cy] = [await staff('ann', ['admin']), await staff('cy', ['admin'])]
  const draft = await upload(ann)
  await cy.get(draft).expect(404)
})

test.each([
  ['past.xlsx', 'PK', 'cannot be read here'],
  ['past.csv', 'question\n', 'No question was found'],
  ['past.jsonl', '{"question": \n', 'Line 1: This line is no JSON'],
])('%s that cannot be used is refused in words (%#)', async (name, text, words) => {
  const ann = await staff('ann', ['admin'])
  const { status, text: page } = await ann
    .post('/console/judging/upload')
    .set('Accept', 'text/html')
    .attach('file', Buffer.from(text), name)
  expect([status, page.includes(words)]).toEqual([400, true])
})

test('with the judgements there, the import says how many more the test takes, and leads to the threshold', async () => {
  const ann = await staff('ann', ['admin'])
  const id = await taken(ann)
  expect((await ann.get(`/console/judging/past/${id}`).expect(200)).text).not.toContain('What that proves')
  await judgeAll(ann, 'right')
  const { text } = await ann.get(`/console/judging/past/${id}`).expect(200)
  expect(text).toContain('What that proves')
  expect(text).toMatch(/<strong class="numeric">\d+<\/strong> more judged answers until it can/)
  expect(text).toContain('/console/thresholds/cell?form=quoted&amp;topic=*&amp;channel=*&amp;tier=*#proof')
})

test('judgements of answers that would be made otherwise today prove nothing, and the page says so', async () => {
  const ann = await staff('ann', ['admin'])
  const id = await taken(ann)
  await judgeAll(ann, 'right')
  const { context } = house
  await context.knowledge.retire(['fees'], 'system')
  expect((await ann.get(`/console/judging/past/${id}`).expect(200)).text).toContain('These judgements prove nothing about today’s answers')
})

test('while answers are being made nothing of the import is judged; stopped, what is there can be', async () => {
  const ann = await staff('ann', ['admin'])
  const release = house.hold()
  const draft = await upload(ann)
  const { headers } = await ann
    .post(draft)
    .type('form')
    .send({ ...choice, form: 'written' })
    .expect(303)
  const page = String(headers['location'])
  const id = page.split('/').at(-1)!
  expect((await ann.get(page)).text).toContain('Judging begins when all are answered')
  expect((await ann.get('/console/judging/item')).text).toContain('Nothing is left for you to judge')
  await ann.post(`${page}/stop`).expect(303)
  release()
  expect(house.context.store.imports.get(id)?.state).toBe('stopped')
  await ann.post(`${page}/go-on`).expect(303)
  await vi.waitFor(() => expect(house.context.store.imports.get(id)).toMatchObject({ state: 'done', counts: { queued: 0 } }), 20_000)
})

test('a question counts once, as long as what was said of its answer counts', async () => {
  const ann = await staff('ann', ['admin'])
  await taken(ann)
  const again = await ann
    .post(await upload(ann))
    .type('form')
    .send(choice)
  expect([again.status, again.text.includes('each question counts once')]).toEqual([422, true])
  const more = await upload(ann, 'more.csv', `${CSV}Is a debit card free?\n`)
  const { headers } = await ann.post(more).type('form').send(choice).expect(303)
  expect(headers['location']).toContain('said=some-known')
  expect(house.context.store.imports.list()[0]?.counts.total).toBe(1)
  await taken(ann, { form: 'written', number: '1' })
})

test('with enough answers judged right a certificate is made of them, and stands with the import', async () => {
  const ann = await staff('ann', ['admin'])
  const asked = Array.from(
    { length: 100 },
    (_, i) => `What does a transfer abroad to town ${'abcdefghij'[i % 10]}${'klmnopqrstu'[(i / 10) | 0]} cost?`,
  )
  const draft = await upload(ann, 'many.csv', `question\n${asked.join('\n')}\n`)
  const { headers } = await ann
    .post(draft)
    .type('form')
    .send({ ...choice, number: '100' })
    .expect(303)
  const page = String(headers['location'])
  const { store, desk } = house.context
  await vi.waitFor(() => expect(store.imports.get(page.split('/').at(-1)!)).toMatchObject({ state: 'done', counts: { judgeable: 100 } }), {
    timeout: 50_000,
    interval: 500,
  })
  const by = `staff:${store.staff.byName('ann')!.id}`
  for (let [item] = desk.items(by, 1); item; [item] = desk.items(by, 1)) desk.judge(item.id, 'right', 2000, by)
  expect((await ann.get(page).expect(200)).text).toContain('the 100 judged answers of the test are there')
  const cell = { form: 'quoted', topic: '*', channel: '*', tier: '*' }
  await ann.post('/console/thresholds/certify').type('form').send(cell).expect(303)
  expect((await ann.get(page).expect(200)).text).toMatch(/Certified from [\d.]+ of 100 on/)
}, 240_000)
