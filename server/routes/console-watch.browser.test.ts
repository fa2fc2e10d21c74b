import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { hashPassword } from '../people/passwords.ts'
import { ROLES } from '../types.ts'
import { temporaryPortal } from './temporary-portal.ts'
import type { TemporaryPortal } from './temporary-portal.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const PASSWORD = 'correct horse battery'
const COST = 'What does a transfer abroad cost?'
const CARD = 'What does a lost debit card cost?'

let browser: Browser
let house: TemporaryPortal
let office: BrowserContext
let complaints: string[]

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox'] })
})
afterAll(() => browser.close())
beforeEach(async () => {
  house = await temporaryPortal()
  house.sendFrom(0)
  complaints = []
  house.context.store.staff.create({ name: 'maya', passwordHash: await hashPassword(PASSWORD), roles: [...ROLES] }, 'system')
  office = await browser.newContext({ viewport: { width: 1280, height: 900 } })
})
afterEach(async () => {
  await office.close()
  await house.close()
})

async function signedIn(path: string, context = office): Promise<Page> {
  const page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (said) => said.type() === 'error' && !/status of [45]\d\d|ERR_/.test(said.text()) && complaints.push(said.text()))
  await page.goto(`${house.url}/console/sign-in?next=${encodeURIComponent(path)}`)
  await page.fill('#name', 'maya')
  await page.fill('#password', PASSWORD)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname + url.search === path)
  return page
}

function begin(): string {
  const { customers, conversations } = house.context.store
  return conversations.create({ customer: customers.create('standard', 'system').id, channel: 'portal', tier: 'standard' }).id
}

const ask = (conversation: string, text: string) => house.context.turns.ask({ conversation, text })
const violations = async (page: Page): Promise<string[]> => {
  await page.evaluate(AXE)
  return page.evaluate(async () =>
    (
      await (window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe.run()
    ).violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`),
  )
}

test('a row jumps up as its signals do, and whoever has it in focus keeps it', async () => {
  const [quiet, troubled] = [begin(), begin()]
  await ask(troubled, COST).done
  await ask(quiet, CARD).done
  const page = await signedIn('/console/live')
  const first = page.locator('[data-row]').first()
  await expect.poll(() => first.innerText()).toBe(CARD)
  await page.keyboard.press('j')
  await ask(troubled, COST).done
  await expect.poll(() => first.innerText()).toBe(COST)
  await page.getByText('asks the same again').waitFor()
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(CARD)
  await page.keyboard.press('k')
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/console/conversations/${troubled}`)
  expect(complaints).toEqual([])
})

test('a colleague whispers while the answer is made, and has it written again with her word', async () => {
  const release = house.hold()
  const conversation = begin()
  const { done } = ask(conversation, COST)
  const page = await signedIn('/console/live')
  await page.getByRole('link', { name: 'Whisper' }).click()
  await page.keyboard.press('w')
  await page.keyboard.type('Say how long it takes, too.')
  await page.keyboard.press('Control+Enter')
  await page.getByText('The answer is held for you').waitFor()
  release()
  await done
  await page.goto(`${house.url}/console/reviews`)
  await page.locator('[data-row]').first().click()
  await page.locator('.note', { hasText: 'Say how long it takes, too.' }).waitFor()
  expect(await page.locator('#guidance').inputValue()).toBe('Say how long it takes, too.')
  await page.keyboard.press('w')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Your text, checked').waitFor()
  expect(house.context.store.reviews.list({ state: 'open' })).toHaveLength(1)
  expect(complaints).toEqual([])
})

test('a whisper that comes too late stays in its box, with what can be done instead', async () => {
  const conversation = begin()
  await ask(conversation, COST).done
  const page = await signedIn(`/console/conversations/${conversation}`)
  await page.fill('#note', 'Wait, that is the old price.')
  await page.getByRole('button', { name: 'Hold it for me' }).click()
  await page.getByText('Take over to write to the customer yourself').waitFor()
  expect(await page.locator('#note').inputValue()).toBe('Wait, that is the old price.')
})

test.each([
  ['wide', { viewport: { width: 1280, height: 900 } }],
  ['a phone in the dark', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' as const }],
])('the live view is accessible and fits: %s', async (_, how) => {
  const conversation = begin()
  await ask(conversation, COST).done
  await ask(conversation, 'This is ridiculous, I am sick and tired of you people, what does a transfer cost?').done
  const context = await browser.newContext(how)
  const page = await signedIn('/console/live', context)
  await page.locator('.care-why').first().waitFor()
  expect(await violations(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(how.viewport.width)
  await page.goto(`${house.url}/console/conversations/${conversation}`)
  expect(await violations(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(how.viewport.width)
  if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/conversation-${how.viewport.width}.png` })
  await page.goto(`${house.url}/console/live`)
  await page.locator('.care-why').first().waitFor()
  if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/live-${how.viewport.width}.png` })
  await context.close()
})
