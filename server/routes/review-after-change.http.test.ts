/** A held answer whose article is replaced before anybody has decided about it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { incidentDesk } from './incidents.fixture.ts'

const desk = incidentDesk()

async function replaceArticle(change = (text: string) => text.replace('£12', '£14')): Promise<void> {
  const { store, knowledge } = desk.house.context
  const row = store.knowledge.articles().find((a) => a.title.includes('transfer'))!
  const folder = mkdtempSync(join(tmpdir(), 'vouch-replaced-'))
  const text = change(store.knowledge.get(row.revision)!.text)
  writeFileSync(join(folder, `${basename(row.article)}.md`), `---\ntitle: ${row.title}\n---\n${text}`)
  await knowledge.ingest([folder], { actor: 'system', retireMissing: false })
  rmSync(folder, { recursive: true })
}

test('what a reviewer writes is checked against the article as it is now, and goes out with that behind it', async () => {
  desk.house.sendFrom(2)
  const { conversation } = await desk.asked()
  const { store } = desk.house.context
  const review = store.reviews.list({ state: 'open' })[0]!
  await replaceArticle()
  const maya = await desk.staff('maya')
  const address = `/console/reviews/${review.id}`
  expect((await maya.get(address).expect(200)).text).toContain('changed since this was written')
  const approved = await maya.post(`${address}/decision`).type('form').send({ outcome: 'approved', form: 'quoted' })
  expect(approved.text).toContain('has changed since it was written')

  const check = async (text: string) =>
    (await maya.post(`${address}/check`).type('form').redirects(1).send({ form: 'quoted', text }).expect(200)).text
  expect(await check('A transfer abroad costs £12 for each payment.')).toContain('claim-failed')
  const right = 'A transfer abroad costs £14 for each payment.'
  expect(await check(right)).not.toContain('claim-failed')
  await maya.post(`${address}/decision`).type('form').send({ outcome: 'edited', form: 'quoted', text: right, confirmed: 'yes' }).expect(303)
  const sent = store.conversations.messages(conversation).at(-1)!
  expect(sent.text).toBe(right)
  expect(sent.sentences.flatMap((s) => s.citations).map((c) => c.quote)).toEqual([expect.stringContaining('£14')])
})

test('also where the article, as it is now, would not be found by the question any more', async () => {
  desk.house.sendFrom(2)
  await desk.asked()
  const { store, knowledge } = desk.house.context
  const [review] = store.reviews.list({ state: 'open' })
  await replaceArticle((text) => text.replace('£12', '£14'))
  // As if nothing near the question were found now.
  const search = knowledge.search.bind(knowledge)
  knowledge.search = async (request) => (await search(request)).filter(() => false)
  const maya = await desk.staff('maya')
  const check = async (text: string) =>
    (await maya.post(`/console/reviews/${review!.id}/check`).type('form').redirects(1).send({ form: 'quoted', text }).expect(200)).text
  expect(await check('A transfer abroad costs £12 for each payment.')).toContain('claim-failed')
  expect(await check('A transfer abroad costs £14 for each payment.')).not.toContain('claim-failed')
})

test('nothing that a reviewer writes is held to be supported by an article that was retired', async () => {
  desk.house.sendFrom(2)
  await desk.asked()
  const { store, knowledge } = desk.house.context
  const [review] = store.reviews.list({ state: 'open' })
  const row = store.knowledge.articles().find((a) => a.title.includes('transfer'))!
  await knowledge.retire([row.article], 'system')
  const maya = await desk.staff('maya')
  const text = 'A transfer abroad costs £12 for each payment.'
  const checked = await maya
    .post(`/console/reviews/${review!.id}/check`)
    .type('form')
    .redirects(1)
    .send({ form: 'quoted', text })
    .expect(200)
  expect(checked.text).toContain('claim-failed')
})
