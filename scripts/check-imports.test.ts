import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkImports } from './check-imports.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vouch-imports-'))
})
afterEach(() => rmSync(root, { recursive: true }))

function plant(file: string, source: string): string[] {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), source)
  return checkImports(root).map(({ line, why }) => `${line}: ${why}`)
}

test('the house itself holds its rules', () => {
  expect(checkImports(resolve(import.meta.dirname, '..'))).toEqual([])
})

test.each([
  ['models/queue.ts', `import { readConfig } from '../server/config.ts'`, '1: models/ may not import server/config.ts'],
  ['kb/search.ts', `\nimport { Worker } from '../models/worker.ts'`, '2: kb/ may not import models/worker.ts'],
  ['kb/search.ts', `import { x } from '../models/types.ts'`, '1: kb/ may import types alone from models/types.ts: write `import type`'],
  ['server/policy/never.ts', `import { openStore } from '../store/open.ts'`, '1: server/policy/ may not import server/store/open.ts'],
  ['server/policy/never.ts', `export { openStore } from '../store/open.ts'`, '1: server/policy/ may not import server/store/open.ts'],
  ['server/policy/never.ts', `const store = await import('../store/open.ts')`, '1: server/policy/ may not import server/store/open.ts'],
  ['server/signals/upset.ts', `import { readFileSync } from 'node:fs'`, '1: server/signals/ is pure and may not import node:fs'],
  ['server/pipeline/write.ts', `const now = Date.now()`, '1: Date.now is ambient: have it handed in'],
  ['server/pipeline/write.ts', `import Database from 'better-sqlite3'`, '1: only server/store/ may import better-sqlite3'],
  [
    'server/pipeline/write.ts',
    `import { Answer } from '../../views/portal/answer.tsx'`,
    '1: server/pipeline/ may not import views/portal/answer.tsx',
  ],
  ['views/portal/page.tsx', `import { openStore } from '../../server/store/open.ts'`, '1: views/ may not import server/store/open.ts'],
  [
    'server/routes/portal.ts',
    `import { createContext } from '../context.ts'`,
    '1: server/routes/ may import types alone from server/context.ts: write `import type`',
  ],
  ['server/main.ts', `import { seed } from '../scripts/seed.ts'`, '1: server/main.ts may not import scripts/seed.ts'],
  ['server/context.ts', `import { fakeModel } from '../models/fakes.ts'`, '1: models/fakes.ts is for tests alone'],
  ['tools/odd.ts', `export {}`, '1: belongs to no room: add its folder to scripts/import-rules.ts'],
])('in %s, `%s` is found', (file, source, violation) => {
  expect(plant(file, source)).toEqual([violation])
})

test.each([
  ['kb/search.ts', `import type { Embedder } from '../models/types.ts'`],
  ['kb/search.ts', `import { type Embedder } from '../models/types.ts'`],
  ['server/routes/portal.ts', `import type { Context } from '../context.ts'\nimport { notFound } from '../errors.ts'`],
  ['server/pipeline/write.ts', `// Date.now would make the turn impossible to replay.\nexport const clock = (now: () => number) => now()`],
  ['server/policy/never.test.ts', `import { openStore } from '../store/open.ts'`],
  ['scripts/evaluate.ts', `import { createContext } from '../server/context.ts'`],
])('in %s, `%s` is fine', (file, source) => {
  expect(plant(file, source)).toEqual([])
})
