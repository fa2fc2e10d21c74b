import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { between } from './markers.ts'

const DOCUMENT = 'before\n<!-- figures -->\nold\n<!-- /figures -->\nafter\n'

test('what a former run wrote is replaced, all else stays', () => {
  const once = between(DOCUMENT, 'figures', 'new')
  expect(once).toBe('before\n<!-- figures -->\n\nnew\n\n<!-- /figures -->\nafter\n')
  expect(between(once, 'figures', 'newer')).toBe(once.replace('new', 'newer'))
})

test('a document without the marks, or with two of them, is refused', () => {
  expect(() => between('nothing', 'figures', 'x')).toThrow('must have the marks')
  expect(() => between(DOCUMENT + DOCUMENT, 'figures', 'x')).toThrow('once each')
})

test.each([
  ['measurements.md', 'claims'],
  ['measurements.md', 'share sent'],
  ['instructions-for-use.md', 'answers'],
])('docs/%s has a place for %s', (file, name) => {
  const document = readFileSync(join(import.meta.dirname, '../../docs', file), 'utf8')
  expect(between(document, name, 'new figures')).toContain('new figures')
})
