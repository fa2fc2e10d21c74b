import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { inBrowser, problemsOf } from './browser.fixture.ts'

const QUESTIONS = [
  'What does a transfer abroad cost?',
  'What does a lost debit card cost?',
  'When does a transfer abroad arrive?',
  'What does a credit card cost a year?',
]

const office = inBrowser({ roles: ['admin'] })

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
const labels = () => office.house.context.store.labels.list({ source: 'import' }).toReversed()
/** Presses a key and waits until the next answer stands there. */
async function press(page: Page, key: string): Promise<void> {
  const before = await asked(page)
  await page.keyboard.press(key)
  await page.waitForFunction((text) => document.querySelector<HTMLElement>('.judge-item .question p')?.innerText !== text, before)
}

test('a file becomes judgements by one key each, and what they prove so far', async () => {
  const page = await office.signedIn('/console/judging')
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
  await page.goto(`${office.house.url}/console/judging`)
  await page.getByRole('link', { name: 'past.csv' }).click()
  await page.getByText('more judged answers until it can be tested').waitFor()
  expect(office.complaints).toEqual([])
})

test('the next answer is there before the last one is saved', async () => {
  const page = await office.signedIn('/console/judging')
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
  const page = await office.signedIn('/console/judging')
  await takenIn(page)
  const first = await asked(page)
  await press(page, '2')
  await page.keyboard.press('u')
  await page.waitForFunction((text) => document.querySelector<HTMLElement>('.judge-item .question p')?.innerText === text, first)
  await page.getByText('4 left for you').waitFor()
  expect(labels()).toEqual([])
})

test('a judgement that could not be saved says so and is asked for again', async () => {
  const page = await office.signedIn('/console/judging')
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
  const context = await office.browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true })
  const page = await office.signedIn('/console/judging', { context })
  const found: unknown[] = []
  const look = async (where: string) => found.push(...(await problemsOf(page)).map((problem) => [where, problem]))
  await look('empty')
  const csv = `question\n${QUESTIONS.join('\n')}\n${QUESTIONS[0]}\n`
  await page.setInputFiles('#file', { name: 'past.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await page.getByRole('button', { name: 'Look at it' }).click()
  await page.locator('#number').waitFor()
  await look('preview')
  await page.getByRole('button', { name: 'Take them in' }).click()
  await page.getByRole('link', { name: 'Judge answers' }).waitFor()
  const past = page.url()
  await page.goto(`${office.house.url}/console/judging/item`)
  await look('an answer')
  await press(page, '2')
  await page.getByText('What was wrong?').waitFor()
  await look('said more about')
  for (const path of [past, `${office.house.url}/console/judging`, `${office.house.url}/console/judging/reviewers`]) {
    await page.goto(path)
    await look(path)
  }
  expect(found).toEqual([])
  await context.close()
})
