/** From the wrong fee that went out by two channels to the question that is asked again: one piece of work, as people do it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Page } from 'playwright-core'
import request from 'supertest'
import { expect, test } from 'vitest'
import { hashToken } from '../people/sessions.ts'
import { inBrowser, problemsOf } from './browser.fixture.ts'

const QUESTION = 'What does a transfer abroad cost?'
const KEY = 'a-key-of-the-test-long-enough'

const office = inBrowser({ roles: ['reviewer', 'editor', 'auditor'], prepare: (house) => house.sendFrom(0) })

async function ask(page: Page): Promise<void> {
  await page.fill('#text', QUESTION)
  await page.press('#text', 'Enter')
}

/** A corrected copy of the article takes its place, as at an upload. */
async function correctArticle(): Promise<void> {
  const { store, knowledge } = office.house.context
  const row = store.knowledge.articles().find((a) => a.title.includes('transfer'))!
  const folder = mkdtempSync(join(tmpdir(), 'vouch-fixed-'))
  const text = store.knowledge.get(row.revision)!.text.replace('£12', '£14')
  writeFileSync(join(folder, `${basename(row.article)}.md`), `---\ntitle: ${row.title}\n---\n${text}`)
  await knowledge.ingest([folder], { actor: 'system', retireMissing: false })
  rmSync(folder, { recursive: true })
  if (!store.knowledge.inForce().some((r) => r.article === row.article && r.text.includes('£14')))
    throw new Error('the article was not replaced')
}

const api = (method: 'get' | 'post', path: string) =>
  request(office.house.url)[method](`/api/v1${path}`).set('Authorization', `Bearer ${KEY}`)

test(
  'a wrong fee: found, stopped, traced, put right by two people, read, closed for good, and not said again',
  { timeout: 180_000 },
  async () => {
    const { store } = office.house.context
    store.apiKeys.create({ name: 'crm', tokenHash: hashToken(KEY), tier: 'standard', channel: 'api' }, 'system')
    const portal = await office.browser.newPage()
    await portal.goto(office.house.url)
    await ask(portal)
    await portal.locator('.message-answer').getByText('£12').waitFor()
    const { body: made } = await api('post', '/conversations').send({ customer: 'c1' })
    await api('post', `/conversations/${made.id}/messages`).send({ text: QUESTION }).expect(200)

    const thread = store.conversations.list({ channel: 'portal', limit: 1 })[0]!.id
    const maya = await office.signedIn(`/console/conversations/${thread}`)
    await maya.getByRole('button', { name: 'Open an incident' }).first().click()
    await maya.getByRole('heading', { name: 'What was wrong, and what is right' }).waitFor()
    const address = new URL(maya.url()).pathname
    const incident = () => store.incidents.get(address.split('/').pop()!)!

    await maya.getByRole('button', { name: 'Quarantine' }).click()
    await maya.getByText('Nothing is answered from it any more.').waitFor()
    expect(incident().state).toBe('contained')
    await maya.getByRole('button', { name: 'Find everyone' }).click()
    await maya.getByText('2 answers to 2 customers').waitFor()

    await maya.fill('#right-text', 'A transfer abroad costs £14 for each payment.')
    await maya.selectOption('#incident-severity', 'high')
    await maya.getByRole('button', { name: 'Save', exact: true }).click()
    await maya.fill('#why', 'The fee on our page was out of date.')
    await maya.fill('#toDo', 'Check the fee of your last payment.')
    await maya.getByRole('button', { name: 'Write and check it' }).click()
    await maya.locator('.letter', { hasText: 'costs £14' }).waitFor()
    await maya.getByRole('button', { name: 'Ask a colleague' }).click()
    await maya.getByText('It waits for a colleague').waitFor()

    const ben = await office.signedIn(address, { name: 'ben' })
    await ben.getByRole('button', { name: 'Approve what maya wrote' }).click()
    await ben.getByRole('button', { name: /Send it/ }).click()
    await ben.getByText('2 of 2 threads told').waitFor()

    await portal.locator('.message-correction', { hasText: 'costs £14' }).waitFor()
    await portal.locator('del.was-wrong', { hasText: '£12' }).waitFor()
    await portal.getByRole('link', { name: 'See the correction' }).click()
    const { body } = await api('get', `/conversations/${made.id}/messages`)
    const [wrong, right] = body.messages.slice(-2)
    expect([wrong.corrected_by, right.corrects]).toEqual([right.id, [wrong.id]])
    await ben.getByText('2 opened').waitFor()

    await correctArticle()
    await maya.goto(office.house.url + address)
    await maya.getByRole('button', { name: 'Add and ask it now' }).click()
    await maya.getByText('It is asked now').waitFor()
    await maya.locator('#cases-live li time').waitFor()
    await maya.selectOption('#cause', 'article-wrong')
    await maya.selectOption('#change', 'article')
    await maya.fill('#change-note', 'The fee in the article is corrected.')
    for (const radio of await maya.locator('input[type=radio][value=lift]').all()) await radio.check()
    await maya.getByRole('button', { name: 'Close the incident' }).click()
    await maya.getByText('Closed. If it is ever said again').waitFor()
    expect(incident()).toMatchObject({ state: 'closed', cause: 'article-wrong' })

    await maya.getByRole('link', { name: 'One-page report' }).click()
    await maya.getByRole('heading', { name: 'Incident report' }).waitFor()
    await maya.getByText('2 of 2 threads; 2 delivered, 2 opened').waitFor()

    await portal.goto(`${office.house.url}/?new`)
    await ask(portal)
    await portal.locator('.message-vouch').last().waitFor()
    expect(await portal.locator('.message-vouch').last().innerText()).not.toContain('£12')
    expect(incident().cameBack).toBe(0)
    expect(office.complaints).toEqual([])

    const context = await office.browser.newContext({ viewport: { width: 360, height: 800 }, colorScheme: 'dark', bypassCSP: true })
    const narrow = await office.signedIn(address, { context })
    const found: unknown[] = []
    for (const path of ['/console/incidents?state=all', address, `${address}/report`, '/console/incidents/figures']) {
      await narrow.goto(office.house.url + path)
      found.push(...(await problemsOf(narrow)).map((problem) => [path, problem]))
      if (process.env['SHOTS'])
        await narrow.screenshot({
          path: `${process.env['SHOTS']}/narrow-${found.length}-${path.replaceAll(/\W+/g, '-')}.png`,
          fullPage: true,
        })
    }
    if (process.env['SHOTS']) {
      await ben.goto(office.house.url + address)
      await ben.screenshot({ path: `${process.env['SHOTS']}/incident.png`, fullPage: true })
      await ben.goto(`${office.house.url}${address}/report`)
      await ben.screenshot({ path: `${process.env['SHOTS']}/report.png`, fullPage: true })
      await portal.goto(`${office.house.url}/?c=${thread}`)
      await portal.screenshot({ path: `${process.env['SHOTS']}/portal.png`, fullPage: true })
    }
    expect(found).toEqual([])
  },
)
