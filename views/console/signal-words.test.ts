import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { signalWords } from './signal-words.ts'
import { nameWords } from './words.ts'

const WEIGHTS = join(import.meta.dirname, '..', '..', 'server', 'policy', 'confidence.json')

test('every signal of the confidence has a name that an auditor can read', () => {
  const { forms } = JSON.parse(readFileSync(WEIGHTS, 'utf8')) as { forms: Record<string, { signals: Record<string, unknown> }> }
  const names = Object.values(forms).flatMap(({ signals }) => Object.keys(signals))
  expect(names.length).toBeGreaterThan(10)
  expect(names.filter((name) => signalWords(name) === nameWords(name))).toEqual([])
  expect(new Set(names.map(signalWords)).size).toBe(new Set(names).size)
})
