import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEmbedder } from '../models/embedder.ts'
import type { Embedder } from '../models/types.ts'
import { createKnowledgeBase } from './knowledge-base.ts'
import type { Revision, RevisionStore } from './types.ts'

const SAMPLE = fileURLToPath(new URL('sample/', import.meta.url))
const SHARED = fileURLToPath(new URL('../../shared/data/', import.meta.url))
const dir = mkdtempSync(join(tmpdir(), 'vouch-search-'))
let embedder: Embedder

beforeAll(async () => {
  embedder = await createEmbedder({ modelsDir: fileURLToPath(new URL('../models/weights', import.meta.url)) })
})
afterAll(async () => {
  await embedder?.close()
  rmSync(dir, { recursive: true })
})

interface Question {
  question: string
  gold_doc: string
  type?: string
}

/** Share of the questions whose article is first, and among the first five passages. */
async function measure(documents: string, questions: Question[], tier: string): Promise<{ first: number; five: number; ms: number }> {
  const revisions: Revision[] = []
  const store: RevisionStore = {
    get: () => null,
    inForce: () => revisions,
    newest: () => null,
    drafts: () => [],
    apply: ({ put }) => void revisions.push(...put),
  }
  const kb = await createKnowledgeBase({ store, embedder, dir: mkdtempSync(join(dir, 'index-')) })
  const { failed } = await kb.ingest([documents], { actor: 'system', retireMissing: false })
  expect(failed).toEqual([])
  let first = 0
  let five = 0
  const times: number[] = []
  for (const { question, gold_doc } of questions) {
    const began = performance.now()
    const hits = await kb.search({ question, tier, limit: 5 })
    times.push(performance.now() - began)
    if (hits[0]?.passage.article === gold_doc) first += 1
    if (hits.some((hit) => hit.passage.article === gold_doc)) five += 1
  }
  await kb.close()
  const figures = {
    first: first / questions.length,
    five: five / questions.length,
    ms: times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0,
  }
  console.log(
    `${documents}: n = ${questions.length}, first ${figures.first.toFixed(3)}, among five ${figures.five.toFixed(3)}, median ${figures.ms.toFixed(0)} ms`,
  )
  return figures
}

const lines = (text: string): Question[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Question)
const answerable = (file: string): Question[] => lines(readFileSync(file, 'utf8')).filter((question) => question.type === 'answerable')

test('the right article of the sample is among the first five passages', async () => {
  const found = await measure(join(SAMPLE, 'documents'), answerable(join(SAMPLE, 'questions.jsonl')), 'premier')
  expect(found.five).toBeGreaterThanOrEqual(0.96)
  expect(found.first).toBeGreaterThanOrEqual(0.85)
})

test.skipIf(!existsSync(SHARED))('and of another firm', async () => {
  const firm = join(SHARED, 'desk/clinic')
  const found = await measure(join(firm, 'documents'), answerable(join(firm, 'questions.jsonl')), 'plan-plus')
  expect(found.five).toBeGreaterThanOrEqual(0.94)
  expect(found.first).toBeGreaterThanOrEqual(0.8)
})
