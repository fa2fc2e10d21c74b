import { readFileSync, readdirSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blocksOf } from './blocks.ts'
import { passageIndexText, passagesOf, tokensOf } from './chunk.ts'
import { toRevision } from './revision.ts'
import type { Passage, Revision } from './types.ts'

const revisionOf = (text: string): Revision =>
  toRevision({ article: 'a', title: 'Title', topic: null, owner: null, review: null, tier: 'all', text, format: 'markdown' })
const passages = (text: string): Passage[] => {
  const revision = revisionOf(text)
  return passagesOf(revision, blocksOf(revision))
}
const words = (n: number): string => Array.from({ length: n }, (_, i) => `word${i}`).join(' ')
const sentences = (n: number, length: number): string => Array.from({ length: n }, () => `The ${words(length - 1)}.`).join(' ')

test('passages of the sample articles have 60 to 180 tokens', () => {
  const dir = new URL('sample/documents/', import.meta.url)
  for (const file of readdirSync(dir)) {
    const text = readFileSync(new URL(file, dir), 'utf8').replace(/^---\n[\s\S]*?\n---\n/, '')
    for (const passage of passages(text)) {
      expect(passage.text).toBe(text.slice(passage.start, passage.end))
      expect(tokensOf(passage.text), `${file}: ${passage.text}`).toBeGreaterThanOrEqual(60)
      expect(tokensOf(passage.text), `${file}: ${passage.text}`).toBeLessThanOrEqual(190)
    }
  }
})

test('a passage ends where a heading begins', () => {
  const found = passages(`# Cards\n\n${sentences(5, 12)}\n\n# Loans\n\n${sentences(5, 12)}\n`)
  expect(found.map((passage) => passage.headings)).toEqual([['Cards'], ['Loans']])
})

test('short sections stand together under the heading that they share', () => {
  const found = passages(`# Cards\n\n## Lost\n\n${sentences(1, 12)}\n\n## Found\n\n${sentences(3, 15)}\n`)
  expect(found).toHaveLength(1)
  expect(found[0]?.headings).toEqual(['Cards'])
})

test('a list takes the sentence that introduces it along', () => {
  const items = Array.from({ length: 6 }, () => `- ${words(14)}`).join('\n')
  const found = passages(`${sentences(6, 14)}\n\nYou choose who pays:\n\n${items}\n`)
  expect(found.map((passage) => passage.text.includes('You choose who pays:'))).toEqual([false, true])
  expect(found[1]?.text).toMatch(/^You choose who pays:\n\n- word0/)
})

test('a table begins with its header', () => {
  const rows = Array.from({ length: 4 }, (_, i) => `| ${words(6)} | £${i} |`).join('\n')
  const found = passages(`${sentences(9, 12)}\n\n| What | Price |\n|---|---|\n${rows}\n`)
  expect(found.at(-1)?.text).toMatch(/^(?:The [^|]*\n\n)?\| What \| Price \|\n\|---/)
})

test('a table that goes on in the next passage is found by its header there too', () => {
  const rows = Array.from({ length: 20 }, (_, i) => `| ${words(12)} | £${i} |`).join('\n')
  const revision = revisionOf(`# Fees\n\n| Kind of transfer | Price |\n|---|---|\n${rows}\n`)
  const blocks = blocksOf(revision)
  const found = passagesOf(revision, blocks)
  expect(found.length).toBeGreaterThan(1)
  for (const passage of found) expect(passageIndexText(passage, blocks)).toContain('Kind of transfer')
})

test('every block lies in exactly one passage, passages do not overlap, and their ids say where they stand', () => {
  const paragraph = fc.integer({ min: 1, max: 8 }).chain((n) => fc.integer({ min: 2, max: 30 }).map((length) => sentences(n, length)))
  const list = fc
    .array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 8 })
    .map((items) => items.map((n) => `- ${words(n)}`).join('\n'))
  const table = fc
    .array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 })
    .map((rows) => `| A | B |\n|---|---|\n${rows.map((n) => `| ${words(n)} | £${n} |`).join('\n')}`)
  const heading = fc.integer({ min: 1, max: 4 }).map((depth) => `${'#'.repeat(depth)} Heading ${depth}`)
  fc.assert(
    fc.property(fc.array(fc.oneof(paragraph, list, table, heading), { maxLength: 12 }), (parts) => {
      const revision = revisionOf(parts.join('\n\n'))
      const blocks = blocksOf(revision)
      const found = passagesOf(revision, blocks)
      let at = 0
      for (const passage of found) {
        expect(passage.start).toBeGreaterThanOrEqual(at)
        expect(passage.id).toBe(`${revision.id}:${passage.start}-${passage.end}`)
        at = passage.end
      }
      for (const block of blocks) expect(found.filter((p) => p.start <= block.start && block.end <= p.end)).toHaveLength(1)
    }),
    { numRuns: 100 },
  )
})
