import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { asset, ASSETS, href } from './assets.ts'

const folder = new URL('./public/', import.meta.url)

describe('assets', () => {
  test('every file in views/public is served whole, under one name', () => {
    for (const file of readdirSync(folder)) {
      const bytes = readFileSync(new URL(file, folder))
      expect(
        ASSETS.filter((name) => asset(name)?.bytes.includes(bytes)),
        file,
      ).toHaveLength(1)
    }
  })

  test('every address changes with the bytes that it leads to', () => {
    for (const name of ASSETS) {
      const version = createHash('sha256').update(asset(name)!.bytes).digest('hex').slice(0, 12)
      expect(href(name)).toBe(`/assets/${name}?v=${version}`)
    }
  })

  test('what connects live pages comes with htmx, so that no page is looked through before it is there', () => {
    const registering = ASSETS.filter((name) => name.endsWith('.js') && /registerExtension\("/.test(asset(name)!.bytes.toString()))
    expect(registering).toEqual(['htmx.js'])
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
