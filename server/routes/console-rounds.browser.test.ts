import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { inBrowser, problemsOf } from './browser.fixture.ts'

const office = inBrowser({ roles: ['admin'] })
const CELL = '/console/thresholds/cell?form=quoted&topic=*&channel=*&tier=*'
const QUESTIONS = ['What does a transfer abroad cost?', 'What does a lost debit card cost?', 'When does a transfer abroad arrive?']

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vouch-again-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Past questions, answered, judged right, and then an article of theirs is changed. */
async function judgedThenChanged(): Promise<void> {
  const { store, answering, knowledge } = office.house.context
  const questions = QUESTIONS.map((text, i) => ({ line: i + 2, text, judges: 1 }))
  store.imports.create({ file: 'past.csv', form: 'quoted', channel: 'portal', tier: 'standard', questions, left: 0 }, 'system')
  answering.wake()
  while (store.imports.underWay()) await new Promise((resolve) => setTimeout(resolve, 50))
  for (const { id, form } of store.imports.toJudge('staff:ben', 10))
    store.labels.add({ turn: id, form, right: true, source: 'import' }, 'staff:ben')
  const text = 'A transfer abroad costs £15 for each payment. It arrives in three working days.'
  writeFileSync(join(folder, 'transfer.md'), `---\ntitle: What a transfer abroad costs\n---\n# What a transfer abroad costs\n\n${text}\n`)
  await knowledge.ingest([folder], { actor: 'system', retireMissing: false })
}

test('from a lapsed cell: one click, watch it, judge what changed, and the cell says what kept its judgement', async () => {
  await judgedThenChanged()
  const page = await office.signedIn(CELL)
  expect(await problemsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Ask the judged questions again' }).click()
  await page.getByText('Judged questions, asked again').first().waitFor()
  await page.getByRole('link', { name: 'Judge answers' }).click({ timeout: 20_000 })
  await page.locator('.judge-item').waitFor()
  await page.waitForLoadState('load')
  for (let left = office.house.context.store.rounds.leftToJudge('staff:none'); left > 0; left--) {
    await page.keyboard.press('1')
    await page
      .getByText(left > 1 ? `${left - 1} left for you` : 'Nothing is left for you to judge')
      .first()
      .waitFor()
  }
  await page.goto(office.house.url + CELL)
  await page
    .getByText('are unchanged and keep their judgement; 0 to judge again')
    .or(page.getByText('is unchanged and keeps its judgement; 0 to judge again'))
    .waitFor()
  expect(office.complaints).toEqual([])
})

test('on a phone and in the dark nothing is wider than the window, and axe finds nothing', async () => {
  await judgedThenChanged()
  const phone = await office.browser.newContext({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' })
  const page = await office.signedIn(CELL, { context: phone })
  expect(await problemsOf(page)).toEqual([])
  if (process.env['SHOTS']) await page.screenshot({ path: join(process.env['SHOTS'], 'again-cell-phone.png'), fullPage: true })
  await page.getByRole('button', { name: 'Ask the judged questions again' }).click()
  await page.getByText('keep their judgement').first().waitFor({ timeout: 20_000 })
  await page.getByRole('link', { name: 'Judge answers' }).waitFor({ timeout: 20_000 })
  expect(await problemsOf(page)).toEqual([])
  if (process.env['SHOTS']) await page.screenshot({ path: join(process.env['SHOTS'], 'again-round-phone.png'), fullPage: true })
  await page.goto(office.house.url + CELL)
  expect(await problemsOf(page)).toEqual([])
  if (process.env['SHOTS']) await page.screenshot({ path: join(process.env['SHOTS'], 'again-cell-after.png'), fullPage: true })
  await phone.close()
})
