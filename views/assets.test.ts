import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { asset, href } from './assets.ts'

const folder = new URL('./public/', import.meta.url)

describe('assets', () => {
  test('every file in views/public is served, under an address that changes with its bytes', () => {
    for (const name of readdirSync(folder)) {
      expect(asset(name)?.bytes.equals(readFileSync(new URL(name, folder))), name).toBe(true)
      expect(href(name)).toMatch(/^\/assets\/[\w.-]+\?v=[0-9a-f]{12}$/)
    }
  })

  test('names that are not in the list lead nowhere', () => {
    for (const name of ['../layout.tsx', '%2e%2e/layout.tsx', 'constructor', '__proto__', '', 'layout.tsx']) expect(asset(name)).toBeNull()
  })

  test('a page cannot link a file that is not there', () => {
    expect(() => href('nothing.css')).toThrow('views/assets.ts')
  })

  test('stylesheets load nothing from elsewhere', () => {
    for (const name of readdirSync(folder).filter((n) => n.endsWith('.css'))) {
      const text = readFileSync(new URL(name, folder), 'utf8')
      expect(
        [...text.matchAll(/url\(['"]?([^'")]+)/g)].every(([, url]) => url!.startsWith('/assets/')),
        name,
      ).toBe(true)
      expect(text).not.toContain('@import')
    }
  })
})
