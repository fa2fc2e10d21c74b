import { expect, test } from 'vitest'
import { inBrowser, problemsOf } from './browser.fixture.ts'

const COST = 'What does a transfer abroad cost?'
const CARD = 'What does a lost debit card cost?'

const office = inBrowser({ prepare: (house) => house.sendFrom(0) })

function begin(): string {
  const { customers, conversations } = office.house.context.store
  return conversations.create({ customer: customers.create('standard', 'system').id, channel: 'portal', tier: 'standard' }).id
}

const ask = (conversation: string, text: string) => office.house.context.turns.ask({ conversation, text })

test('a row jumps up as its signals do, and whoever has it in focus keeps it', async () => {
  const [quiet, troubled] = [begin(), begin()]
  await ask(troubled, COST).done
  await ask(quiet, CARD).done
  const page = await office.signedIn('/console/live')
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
  expect(office.complaints).toEqual([])
})

test('a colleague whispers while the answer is made, and has it written again with her word', async () => {
  const release = office.house.hold()
  const conversation = begin()
  const { done } = ask(conversation, COST)
  const page = await office.signedIn('/console/live')
  await page.getByRole('link', { name: 'Whisper' }).click()
  // The keys are heard once the scripts of that page have run.
  await page.locator('#note').waitFor()
  await page.waitForLoadState('load')
  await page.keyboard.press('w')
  await page.keyboard.type('Say how long it takes, too.')
  await page.keyboard.press('Control+Enter')
  await page.getByText('The answer is held for you').waitFor()
  release()
  await done
  await page.goto(`${office.house.url}/console/reviews`)
  await page.locator('[data-row]').first().click()
  await page.locator('.note', { hasText: 'Say how long it takes, too.' }).waitFor()
  expect(await page.locator('#guidance').inputValue()).toBe('Say how long it takes, too.')
  await page.waitForLoadState('load')
  await page.keyboard.press('w')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Your text, checked').waitFor()
  expect(office.house.context.store.reviews.list({ state: 'open' })).toHaveLength(1)
  expect(office.complaints).toEqual([])
})

test('a whisper that comes too late stays in its box, with what can be done instead', async () => {
  const conversation = begin()
  await ask(conversation, COST).done
  const page = await office.signedIn(`/console/conversations/${conversation}`)
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
  const context = await office.browser.newContext({ ...how, bypassCSP: true })
  const page = await office.signedIn('/console/live', { context })
  await page.locator('.care-why').first().waitFor()
  expect(await problemsOf(page)).toEqual([])
  await page.goto(`${office.house.url}/console/conversations/${conversation}`)
  expect(await problemsOf(page)).toEqual([])
  if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/conversation-${how.viewport.width}.png` })
  await page.goto(`${office.house.url}/console/live`)
  await page.locator('.care-why').first().waitFor()
  if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/live-${how.viewport.width}.png` })
  await context.close()
})
