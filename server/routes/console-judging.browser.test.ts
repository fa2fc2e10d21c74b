import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { hashPassword } from '../people/passwords.ts'
import { temporaryPortal, type TemporaryPortal } from './temporary-portal.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const PASSWORD = 'correct horse battery'
const QUESTIONS = [
  'What does a transfer abroad cost?',
  'What does a lost debit card cost?',
  'When does a transfer abroad arrive?',
  'What does a credit card cost a year?',
]

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
  complaints = []
  house.context.store.staff.create({ name: 'maya', passwordHash: await hashPassword(PASSWORD), roles: ['admin'] }, 'system')
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

/** From the file to the first answer to judge. */
async function takenIn(page: Page): Promise<void> {
  const csv = `question\n${QUESTIONS.join('\n')}\n`
  await page.setInputFiles('#file', { name: 'past.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await page.getByRole('button', { name: 'Look at it' }).click()
  await page.fill('#double', '0')
  await page.getByRole('button', { name: 'Take them in' }).click()
  await page.getByRole('link', { name: 'Judge answers' }).click()
  await page.locator('.judge-item').waitFor()
  // The keys are heard once the scripts have run.
  await page.waitForLoadState('load')
}

const asked = (page: Page) => page.locator('.judge-item .question p').innerText()
const labels = () => house.context.store.labels.list({ source: 'import' }).toReversed()
/** Presses a key and waits until the next answer stands there. */
async function press(page: Page, key: string): Promise<void> {
  const before = await asked(page)
  await page.keyboard.press(key)
  await page.waitForFunction((text) => document.querySelector<HTMLElement>('.judge-item .question p')?.innerText !== text, before)
}

test('a file becomes judgements by one key each, and what they prove so far', async () => {
  const page = await signedIn('/console/judging')
  await takenIn(page)
  await press(page, '1')
  await press(page, 'w')
  await page.getByText('What was wrong?').waitFor()
  await page.keyboard.press('m')
  await page.locator('.judge-kinds [aria-pressed=true]').waitFor()
  await press(page, '3')
  await page.getByText('1 left for you').waitFor()
  await page.keyboard.press('r')
  await page.getByText('Nothing is left for you to judge').waitFor()
  expect(labels().map((l) => [l.right, l.mistake])).toEqual([
    [true, null],
    [false, 'misread'],
    [null, null],
    [true, null],
  ])
  await page.goto(`${house.url}/console/judging`)
  await page.getByRole('link', { name: 'past.csv' }).click()
  await page.getByText('more judged answers until it can be tested').waitFor()
  expect(complaints).toEqual([])
})

test('the next answer is there before the last one is saved', async () => {
  const page = await signedIn('/console/judging')
  await takenIn(page)
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/console/judging/item/*', async (route) => {
    await held
    await route.continue()
  })
  await press(page, '1')
  expect(labels()).toEqual([])
  release()
  await page.getByText('3 left for you').waitFor()
  expect(labels()).toHaveLength(1)
})

test('a wrong key is taken back with U, and the same answer comes again', async () => {
  const page = await signedIn('/console/judging')
  await takenIn(page)
  const first = await asked(page)
  await press(page, '2')
  await page.keyboard.press('u')
  await page.waitForFunction((text) => document.querySelector<HTMLElement>('.judge-item .question p')?.innerText === text, first)
  await page.getByText('4 left for you').waitFor()
  expect(labels()).toEqual([])
})

test('a judgement that could not be saved says so and is asked for again', async () => {
  const page = await signedIn('/console/judging')
  await takenIn(page)
  const first = await asked(page)
  await page.route('**/console/judging/item/*', (route) => route.abort())
  await page.keyboard.press('1')
  await page.getByText('This judgement was not saved').waitFor()
  expect(await asked(page)).toBe(first)
  await page.unroute('**/console/judging/item/*')
  await press(page, '1')
  await page.getByText('3 left for you').waitFor()
  expect(labels()).toMatchObject([{ right: true }])
})

test.each([
  [1280, 'light'],
  [360, 'dark'],
] as const)('axe finds nothing where judging is done, and nothing is wider than the screen (%i px, %s)', async (width, colorScheme) => {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true })
  const page = await signedIn('/console/judging', context)
  const found: unknown[] = []
  const look = async (where: string): Promise<void> => {
    await page.evaluate(AXE)
    const { violations } = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>('axe.run()')
    for (const { id, nodes } of violations) found.push([where, id, nodes[0]?.html])
    const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
    if (over > 0) found.push([where, 'too wide by', over])
  }
  await look('empty')
  const csv = `question\n${QUESTIONS.join('\n')}\n${QUESTIONS[0]}\n`
  await page.setInputFiles('#file', { name: 'past.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await page.getByRole('button', { name: 'Look at it' }).click()
  await page.locator('#number').waitFor()
  await look('preview')
  await page.getByRole('button', { name: 'Take them in' }).click()
  await page.getByRole('link', { name: 'Judge answers' }).waitFor()
  const past = page.url()
  await page.goto(`${house.url}/console/judging/item`)
  await look('an answer')
  await press(page, '2')
  await page.getByText('What was wrong?').waitFor()
  await look('said more about')
  for (const path of [past, `${house.url}/console/judging`, `${house.url}/console/judging/reviewers`]) {
    await page.goto(path)
    await look(path)
  }
  expect(found).toEqual([])
  await context.close()
})
