import { expect, test } from 'vitest'
import type { Review } from '../conversation-types.ts'
import { inBrowser, problemsOf } from './browser.fixture.ts'

const QUESTION = 'What does a transfer abroad cost?'

const office = inBrowser({ prepare: (house) => house.sendFrom(2) })

async function held(text = QUESTION): Promise<Review> {
  const { store, turns } = office.house.context
  const { id } = store.conversations.create({
    customer: store.customers.create('standard', 'system').id,
    channel: 'portal',
    tier: 'standard',
  })
  await turns.ask({ conversation: id, text }).done
  return store.reviews.list({ state: 'open' }).find((r) => r.conversation === id)!
}

const reviewOf = (review: Review): Review => office.house.context.store.reviews.get(review.id)!
const lastText = ({ conversation }: Review): string => office.house.context.store.conversations.messages(conversation).at(-1)!.text

test('three answers are decided about without touching the mouse', async () => {
  const [first, second, third] = [await held(), await held(), await held()]
  const page = await office.signedIn('/console/reviews')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.getByText('1 / 3').waitFor()

  await page.keyboard.press('a')
  await page.getByText('Sent to the customer.').waitFor()
  expect(reviewOf(first)).toMatchObject({ state: 'decided', outcome: 'approved' })

  await page.keyboard.press('e')
  await page.locator('#text').waitFor()
  await page.locator('#text').fill('A transfer abroad costs £14.')
  await page.locator('#text').pressSequentially(' art')
  expect(reviewOf(second).state).toBe('open')
  await page.keyboard.press('Control+Enter')
  await page.locator('ins', { hasText: '14' }).waitFor()
  await page.locator('.claim-failed').first().waitFor()
  await page.locator('input[name=confirmed]').focus()
  await page.keyboard.press('Space')
  await page.locator('input[name=changed][value=substance]').focus()
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'Send this text' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('Your text was sent').waitFor()
  expect(lastText(second)).toBe('A transfer abroad costs £14. art')

  await page.keyboard.press('r')
  await page.locator('#reject[open]').waitFor()
  await page.keyboard.press('a')
  expect(reviewOf(third).state).toBe('open')
  await page.locator('input[value=factual]').focus()
  await page.keyboard.press('Space')
  await page.fill('#reason', 'The fee is out of date')
  await page.getByRole('button', { name: 'Reject', exact: true }).last().press('Enter')
  await page.getByText('nobody is waiting').waitFor()
  expect(reviewOf(third)).toMatchObject({ state: 'decided', outcome: 'rejected' })
  expect(office.complaints).toEqual([])
})

test('a sentence shows the words that it rests on', async () => {
  await held()
  const page = await office.signedIn('/console/reviews')
  await page.locator('[data-row]').first().click()
  await page.locator('a[data-claim]').first().click()
  await page.locator('mark.lit', { hasText: '£12' }).first().waitFor()
})

test('the queue fills by itself, and says warmly when it is empty', async () => {
  const page = await office.signedIn('/console/reviews')
  await page.getByText('nobody is waiting for an answer').waitFor()
  await held()
  await page.locator('[data-row]').first().waitFor()
})

test('a text that takes a while to check is seen to be checked, and what came of it appears by itself', async () => {
  const review = await held()
  const { editing } = office.house.context
  const release = office.house.hold()
  const page = await office.signedIn(`/console/reviews/${review.id}?edit=written`)
  await page.locator('#text').fill('A transfer abroad costs £12. It costs £14.')
  await page.keyboard.press('Control+Enter')
  await page.getByText('0 of 2 are through').waitFor()
  expect(await page.locator('#edit-live progress').getAttribute('max')).toBe('2')
  expect(editing.of(review.id, office.house.context.store.staff.byName('maya')!.id)?.state).toBe('checking')
  expect(await problemsOf(page)).toEqual([])
  release()
  await page.getByText('Your text, checked').waitFor()
  await page.locator('#text').fill('A transfer abroad costs £12, ')
  await page.locator('#text').pressSequentially('and')
  office.house.context.turns.publish({ type: 'review', conversation: review.conversation, review: review.id })
  await page.waitForTimeout(600)
  expect(await page.locator('#text').inputValue()).toBe('A transfer abroad costs £12, and')
  expect(office.complaints).toEqual([])
})

test('a colleague who takes an item is named, and ? lists the keys', async () => {
  const review = await held()
  const ben = office.house.context.store.staff.create({ name: 'Ben', passwordHash: 'x', roles: ['reviewer'] }, 'system')
  office.house.context.store.reviews.lock(review.id, ben.id)
  const page = await office.signedIn(`/console/reviews/${review.id}`)
  await page.getByText('Being checked by Ben').waitFor()
  await page.keyboard.press('a')
  expect(reviewOf(review).state).toBe('open')
  await page.keyboard.press('?')
  await page.locator('#keys[open]').waitFor()
})

test('taken over with T, the conversation is answered by a person while its page stays live', async () => {
  const review = await held()
  const page = await office.signedIn(`/console/reviews/${review.id}`)
  await page.keyboard.press('t')
  await page.locator('#composer textarea').waitFor()
  await page.locator('#composer textarea').fill('half a sentence')
  office.house.context.turns.ask({ conversation: review.conversation, text: 'Are you there?' })
  await page.getByText('Are you there?').waitFor()
  expect(await page.locator('#composer textarea').inputValue()).toBe('half a sentence')
  await page.locator('#composer textarea').press('Control+Enter')
  await page.locator('.said-staff', { hasText: 'half a sentence' }).waitFor()
  expect(lastText(review)).toBe('half a sentence')
})

test('who may do everything has every room in sight on a desk, also with something waiting in many', async () => {
  await held()
  const page = await office.signedIn('/console/staff')

  for (const room of ['Reviews', 'Reports', 'Alarms', 'Incidents', 'Proposals'])
    await page.locator('.nav a', { hasText: room }).evaluate((a) => {
      a.innerHTML = `${a.firstChild?.textContent}<span class="nav-count">36</span>`
    })
  expect(await page.locator('.nav').evaluate((nav) => nav.scrollWidth - nav.clientWidth)).toBe(0)
})

test.each([
  [1280, 'light'],
  [360, 'dark'],
] as const)('axe finds nothing on any page, and none is wider than the screen (%i px, %s)', async (width, colorScheme) => {
  const review = await held()
  const context = await office.browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true })
  const page = await office.signedIn('/console/overview', { context })
  const rooms = ['overview', 'reviews', 'conversations', 'knowledge', 'thresholds', 'audit', 'staff', 'account'].map((r) => `/console/${r}`)
  const deeper = [
    `/console/reviews/${review.id}`,
    `/console/reviews/${review.id}?edit=written`,
    `/console/conversations/${review.conversation}`,
    `/console/audit/turns/${review.turn}`,
    `/console/knowledge/search?q=${encodeURIComponent(QUESTION)}`,
    '/console/thresholds/cell?form=written&topic=*&channel=portal&tier=standard',
    '/console/scope',
    '/console/sign-in?why=idle',
  ]
  const found: unknown[] = []
  for (const path of [...rooms, ...deeper]) {
    const answer = await page.goto(office.house.url + path)
    expect([path, answer?.status()]).toEqual([path, 200])
    found.push(...(await problemsOf(page)).map((problem) => [path, problem]))
  }
  expect(found).toEqual([])
  await context.close()
})
