import { expect, test } from 'vitest'
import { reportOf, sampleOf, type Checked } from './test.ts'
import type { MadePair } from './pairs.ts'

const pair = (kind: MadePair['kind'], label: 0 | 1, i: number): MadePair => ({
  id: `${kind}${i}`,
  claim: '',
  premise: '',
  label,
  kind,
  article: `a${i}`,
  edited: false,
})
const many = (kind: MadePair['kind'], label: 0 | 1, n: number) => Array.from({ length: n }, (_, i) => pair(kind, label, i))

test('a short sample has every kind in it, from the whole of the documents', () => {
  const sample = sampleOf([...many('copied', 1, 90), ...many('number', 0, 40), ...many('unit', 0, 2)], 12)
  expect(sample).toHaveLength(12)
  expect(new Set(sample.map((p) => p.kind))).toEqual(new Set(['copied', 'number', 'unit']))
  expect(sample.some((p) => p.kind === 'copied' && p.id > 'copied40')).toBe(true)
})

test('each kind of mistake is measured against all that is true, and kinds that did not occur are left out', () => {
  const scored = (pairs: MadePair[], accepted: (i: number) => boolean): Checked[] =>
    pairs.map((p, i) => ({ ...p, score: accepted(i) ? 1 : 0, right: p.label === 1, group: p.article }))
  const report = reportOf([...scored(many('copied', 1, 10), () => true), ...scored(many('number', 0, 10), (i) => i < 5)])
  expect(report).toMatch(/^number +10 +0\.75 /m)
  expect(report).toMatch(/^copied +10 +1\.00 /m)
  expect(report).not.toContain('modality')
})
