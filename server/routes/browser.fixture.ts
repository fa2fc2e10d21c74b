/** For tests in a browser: one browser a file, and for each test a house and an office whose pages are listened to. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { hashPassword } from '../people/passwords.ts'
import { ROLES, type Role } from '../types.ts'
import { PASSWORD } from './staff.fixture.ts'
import { temporaryPortal, type TemporaryPortal } from './temporary-portal.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Of the test that runs now. */
export interface InBrowser {
  browser: Browser
  house: TemporaryPortal
  /** What the pages' consoles said of broken scripts or a broken policy. */
  complaints: string[]
  /** A new window, in the office unless said otherwise. */
  tab(path?: string, context?: BrowserContext): Promise<Page>
  /** A new window of somebody who has signed in. */
  signedIn(path: string, who?: { name?: string; context?: BrowserContext }): Promise<Page>
}

/** Call it once at the top of a file. `prepare` runs before each test. */
export function inBrowser({
  roles = ROLES,
  prepare,
}: { roles?: readonly Role[]; prepare?: (house: TemporaryPortal) => void } = {}): InBrowser {
  let office: BrowserContext
  const now = { complaints: [] as string[], tab, signedIn } as InBrowser

  beforeAll(async () => {
    now.browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox'] })
  })
  afterAll(() => now.browser.close())
  beforeEach(async () => {
    now.house = await temporaryPortal()
    prepare?.(now.house)
    now.complaints = []
    office = await now.browser.newContext({ viewport: { width: 1280, height: 900 } })
  })
  afterEach(async () => {
    await office.close()
    await now.house.close()
  })

  async function tab(path = '/', context = office): Promise<Page> {
    const { complaints } = now
    const page = await context.newPage()
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (said) => said.type() === 'error' && !/status of [45]\d\d|ERR_/.test(said.text()) && complaints.push(said.text()))
    await page.goto(now.house.url + path)
    return page
  }

  async function signedIn(path: string, { name = 'maya', context }: { name?: string; context?: BrowserContext } = {}): Promise<Page> {
    const { staff } = now.house.context.store
    if (!staff.byName(name)) staff.create({ name, passwordHash: await hashPassword(PASSWORD), roles: [...roles] }, 'system')
    const page = await tab(`/console/sign-in?next=${encodeURIComponent(path)}`, context)
    await page.fill('#name', name)
    await page.fill('#password', PASSWORD)
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.pathname + url.search === path)
    return page
  }

  return now
}

/** What axe finds, and whether the page is wider than the window. The policy keeps scripts out of the page, so axe comes by the debugger. */
export async function problemsOf(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const found = await page.evaluate<string[]>(
    'axe.run().then((r) => r.violations.map((v) => v.id + ": " + v.nodes.map((n) => n.html).join(" ")))',
  )
  const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
  return over > 0 ? [...found, `wider than the window by ${over}`] : found
}
