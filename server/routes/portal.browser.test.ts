import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { texts } from '../../views/texts/en.ts'
import { busy } from '../errors.ts'
import { inBrowser, problemsOf } from './browser.fixture.ts'

const QUESTION = 'What does a transfer abroad cost?'

const site = inBrowser({ prepare: (house) => house.sendFrom(0) })

async function write(page: Page, text: string): Promise<void> {
  await page.fill('#text', text)
  await page.press('#text', 'Enter')
}

const conversation = (): string => site.house.context.store.conversations.list({ limit: 1 })[0]!.id
const answer = (page: Page) => page.locator('.message-answer')

test('a question is asked with Enter, its stages are shown in words, and its answer arrives without a reload', async () => {
  const release = site.house.hold()
  const page = await site.tab()
  await write(page, QUESTION)
  await page.locator('.stage-now', { hasText: texts.stages.short.writing }).waitFor()
  expect(await answer(page).count()).toBe(0)
  expect(await page.inputValue('#text')).toBe('')
  release()
  await answer(page).getByText('£12').waitFor()
  expect(await page.locator('.stage-now').count()).toBe(0)
  expect(site.complaints).toEqual([])
})

test('an example is asked with one click, and what was typed meanwhile stays', async () => {
  site.house.context.store.scope.set(
    {
      topics: [{ id: 'abroad', title: 'Abroad', description: 'Transfers abroad', examples: [QUESTION], rule: 'allowed' }],
      urgent: [],
      amountAbove: null,
      contact: '',
    },
    'system',
  )
  const page = await site.tab()
  await page.fill('#text', 'something else')
  await page.getByRole('button', { name: QUESTION }).click()
  await answer(page).waitFor()
  expect(await page.inputValue('#text')).toBe('something else')
})

test('a source opens over the conversation with its words marked, and closes to where one was', async () => {
  const page = await site.tab()
  await write(page, QUESTION)
  const cite = page.locator('.cite').first()
  await cite.click()
  const dialog = page.locator('dialog[open]')
  await dialog.locator('mark', { hasText: '£12' }).first().waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  expect(await cite.evaluate((link) => link === link.ownerDocument.activeElement)).toBe(true)
})

test('a held answer says so in words and arrives in the same thread, in every tab', async () => {
  site.house.sendFrom(2)
  const [page, other] = [await site.tab(), await site.tab()]
  await write(page, QUESTION)
  await page.locator('.notice-hold', { hasText: texts.notices.held }).waitFor()
  expect(await page.locator('.dots').count()).toBe(0)
  await other.goto(site.house.url)
  const { store, turns } = site.house.context
  const staff = store.staff.create({ name: 'Priya', passwordHash: 'x', roles: ['reviewer'] }, 'system')
  const [review] = store.reviews.list({ state: 'open' })
  store.reviews.lock(review!.id, staff.id)
  const message = store.reviews.decide({
    review: review!.id,
    staff: staff.id,
    outcome: 'approved',
    form: 'written',
    reason: null,
    message: { author: 'vouch', kind: 'answer', text: 'It costs £12.', verdict: 'send', form: 'written' },
    trace: null,
  })
  turns.publish({ type: 'message', conversation: conversation(), message })
  for (const one of [page, other]) {
    await answer(one).getByText('It costs £12.').waitFor()
    await one.locator('.notice-settled').waitFor()
  }
})

test('a connection that was lost comes back by itself, with everything that was missed', async () => {
  const page = await site.tab()
  await write(page, QUESTION)
  await answer(page).waitFor()
  const { store } = site.house.context
  const staff = store.staff.create({ name: 'Priya', passwordHash: 'x', roles: ['reviewer'] }, 'system')
  // Nobody is told of it: the page has to ask.
  const said = {
    conversation: conversation(),
    author: 'staff',
    kind: 'answer',
    turn: null,
    text: 'Hello from Priya.',
    staff: staff.id,
  } as const
  store.conversations.say(said, `staff:${staff.id}`)
  site.house.cut()
  await page.locator('.message-staff', { hasText: 'Hello from Priya.' }).waitFor()
  await page.locator('.message-by', { hasText: 'Priya' }).waitFor()
})

test('what was typed without a connection survives, even a reload', async () => {
  const page = await site.tab()
  await page.context().setOffline(true)
  await write(page, 'typed while away')
  await page.locator('#composer-problem', { hasText: texts.problems.offline }).waitFor()
  expect(await page.inputValue('#text')).toBe('typed while away')
  await page.context().setOffline(false)
  await page.locator('#lost').waitFor({ state: 'hidden' })
  await page.locator('#composer-problem:empty').waitFor({ state: 'attached' })
  await page.reload()
  expect(await page.inputValue('#text')).toBe('typed while away')
})

test('a question that could not be taken stays in the box, and goes out with the next try', async () => {
  const page = await site.tab()
  const ask = site.house.context.turns.ask.bind(site.house.context.turns)
  site.house.context.turns.ask = () => {
    throw busy('full', 9)
  }
  await write(page, QUESTION)
  await page.locator('#composer-problem', { hasText: 'try again in 9 seconds' }).waitFor()
  expect(await page.inputValue('#text')).toBe(QUESTION)
  site.house.context.turns.ask = ask
  await page.getByRole('button', { name: texts.problems.again }).click()
  await answer(page).waitFor()
  expect(await page.inputValue('#text')).toBe('')
})

test('a customer who gives up stops the turn, and is told so', async () => {
  site.house.hold()
  const page = await site.tab()
  await write(page, QUESTION)
  await page.locator('.stage-now', { hasText: texts.stages.short.writing }).waitFor()
  await page.getByRole('button', { name: texts.stages.stop }).click()
  await page.getByText(texts.notices.cancelled).waitFor()
})

test('a person is asked for only after the page has said what happens next', async () => {
  const page = await site.tab()
  await page.getByRole('link', { name: texts.person.ask }).click()
  await page.locator('dialog[open]').getByText(texts.person.steps[0]).waitFor()
  await page.getByRole('button', { name: texts.person.yes }).click()
  await page.locator('.notice-escalate').waitFor()
  await page.locator('#standing', { hasText: texts.portal.waiting }).waitFor()
  expect(site.house.context.store.conversations.get(conversation())?.state).toBe('waiting')
})

test('a thumb down asks what was wrong, and what is typed there outlives what arrives', async () => {
  const page = await site.tab()
  await write(page, QUESTION)
  await page.getByRole('button', { name: texts.feedback.down }).click()
  await page.getByLabel(texts.feedback.more).fill('the fee is old')
  await write(page, 'What does a credit card cost?')
  // Whoever was not content with an answer may get the next one from a person.
  await expect.poll(() => page.locator('.message-answer, .notice-hold').count()).toBe(2)
  expect(await page.getByLabel(texts.feedback.more).inputValue()).toBe('the fee is old')
  await page.locator('.why').getByRole('button', { name: texts.feedback.send }).click()
  await page.getByText(texts.feedback.thanks).waitFor()
})

describe.each(['light', 'dark'] as const)('in the %s', (colorScheme) => {
  test.each([360, 1280])('everybody can use it at %i px: axe finds nothing, and nothing sticks out', async (width) => {
    const context = await site.browser.newContext({ viewport: { width, height: 740 }, colorScheme, reducedMotion: 'reduce' })
    const page = await site.tab('/', context)
    expect(await problemsOf(page)).toEqual([])
    site.house.sendFrom(0, 'quoted')
    await write(page, 'What is the yearly fee for a credit card?')
    await answer(page).waitFor()
    await page.getByRole('button', { name: texts.feedback.down }).click()
    await page.locator('.why').waitFor()
    expect(await problemsOf(page)).toEqual([])
    await page.locator('.cite').first().click()
    await page.locator('dialog[open] mark').first().waitFor()
    expect(await problemsOf(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: texts.person.ask }).click()
    await page.locator('dialog[open] .steps').waitFor()
    expect(await problemsOf(page)).toEqual([])
    await page.goto(`${site.house.url}/nowhere`)
    expect(await problemsOf(page)).toEqual([])
    await context.close()
    expect(site.complaints).toEqual([])
  })
})
