import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { pairsOf, setOf, tableOf, type Measured } from './measure.ts'

const folder = mkdtempSync(join(tmpdir(), 'vouch-measure-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the same fair sample of a packed file each time', () => {
  const file = join(folder, 'wice_dev.jsonl.gz')
  const lines = Array.from({ length: 50 }, (_, i) => JSON.stringify({ claim: `${i}`, premise: 'p', label: i % 2 }))
  writeFileSync(file, gzipSync(lines.join('\n')))
  expect(pairsOf(file, 10)).toHaveLength(10)
  expect(pairsOf(file, 10)).toEqual(pairsOf(file, 10))
  expect(pairsOf(file, 10).map((p) => p.claim)).not.toEqual(Array.from({ length: 10 }, (_, i) => `${i}`))
})

test('a line that is no pair is named', () => {
  const file = join(folder, 'bad.jsonl')
  writeFileSync(file, '{"claim": "a", "premise": "b", "label": 1}\n{"claim": "a"}\n')
  expect(() => pairsOf(file, 10)).toThrow('line 2')
})

test('a set is called by its file, and by its folder where that says too little', () => {
  expect(setOf('/data/grounding/wice_dev.jsonl.gz')).toBe('wice_dev')
  expect(setOf('/data/desk/energy/claims.jsonl')).toBe('energy claims')
})

test('a table has a row for each step that was measured, and no other', () => {
  const rows: Measured[] = Array.from({ length: 40 }, (_, i) => ({
    set: 's',
    step: 'overlap',
    score: i / 40,
    right: i >= 20,
    group: `${i}`,
  }))
  const table = tableOf(rows)
  expect(table.split('\n')).toHaveLength(3)
  expect(table).toContain('| s | word overlap | 40 (20) | 1.00 (1.00 to 1.00) |')
})
