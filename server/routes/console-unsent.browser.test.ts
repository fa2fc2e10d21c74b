/** What staff have typed is not lost when it can't be sent. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Review } from '../conversation-types.ts'
import { inBrowser, problemsOf } from './browser.fixture.ts'
import { PASSWORD } from './staff.fixture.ts'

const office = inBrowser({ prepare: (house) => house.sendFrom(2) })

async function held(): Promise<Review> {
  const { store, turns } = office.house.context
  const customer = store.customers.create('standard', 'system').id
  const { id } = store.conversations.create({ customer, channel: 'portal', tier: 'standard' })
  await turns.ask({ conversation: id, text: 'What does a transfer abroad cost?' }).done
  return store.reviews.list({ state: 'open' })[0]!
}

async function signInAgain(page: Page, name = 'maya'): Promise<void> {
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await page.fill('#name', name)
  await page.fill('#password', PASSWORD)
  await page.keyboard.press('Enter')
  await page.locator('.bar-user').waitFor()
}

const BACK = 'It is here again.'

test('a reason that was typed when the session was over stands in its dialog again after signing in', async () => {
  const review = await held()
  const page = await office.signedIn(`/console/reviews/${review.id}`)
  await page.keyboard.press('r')
  await page.locator('#reject[open]').waitFor()
  await page.check('input[value=misread]')
  await page.fill('#reason', 'They asked how long it takes')
  await page.context().clearCookies()
  await page.getByRole('button', { name: 'Reject', exact: true }).last().click()
  await signInAgain(page)
  await page.locator('#reject[open]').waitFor()
  await page.getByText(BACK).waitFor()
  expect(await page.inputValue('#reason')).toBe('They asked how long it takes')
  expect(await page.isChecked('input[value=misread]')).toBe(true)
  expect(await problemsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Reject', exact: true }).last().click()
  await page.getByText('nobody is waiting').waitFor()
  await page.goto(`${office.house.url}/console/reviews/${review.id}`)
  expect(await page.getByText(BACK).count()).toBe(0)
  expect(office.complaints).toEqual([])
})

test('what is typed for one colleague is not shown to another, and what went through does not come again', async () => {
  const review = await held()
  const address = `/console/reviews/${review.id}?edit=written`
  const page = await office.signedIn(address)
  await page.fill('#text', 'Only maya has written this.')
  await page.context().clearCookies()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await office.signedIn('/console/overview', { name: 'ben', context: await office.browser.newContext() })
  const { reviews, staff } = office.house.context.store
  reviews.unlock(review.id, staff.byName('maya')!.id)
  await signInAgain(page, 'ben')
  expect(await page.inputValue('#text')).not.toContain('Only maya')

  await page.fill('#text', 'A transfer abroad costs £12.')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Your text, checked').waitFor()
  expect(await page.getByText(BACK).count()).toBe(0)
})
