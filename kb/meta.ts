import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse as parseCsv } from 'csv-parse/sync'
import { z } from 'zod'
import type { ArticleMeta, IngestFailure } from './types.ts'

const text = z
  .union([z.string(), z.number(), z.boolean()])
  .transform((value) => String(value).trim())
  .nullish()

const schema = z.object({
  title: text,
  topic: text,
  owner: text,
  review: text.refine((value) => !value || isDate(value), 'review has to be a date like 2027-08-31'),
  state: text.refine((value) => !value || STATES.has(value.toLowerCase()), 'state has to be draft or in-force'),
  tier: text.refine((value) => !value || TIER.test(value), 'tier has to be all, or a name of small letters, figures and hyphens'),
})

const STATES = new Map([
  ['draft', true],
  ['in-force', false],
  ['in force', false],
])
const TIER = /^[a-z0-9][a-z0-9_-]{0,39}$/

export interface MetaDefaults {
  title: string
  tier: string
  topic: string | null
}

/** What is said about an article, the nearest word first: the document itself, the side table, then the defaults. */
export function metaOf(
  said: Record<string, unknown>,
  beside: Record<string, unknown>,
  defaults: MetaDefaults,
): (ArticleMeta & { draft: boolean }) | { problem: string } {
  const parsed = [said, beside].map((source) => schema.safeParse(source))
  const [own, table] = parsed.map((result) => result.data ?? {})
  const problem = parsed.flatMap((result) => result.error?.issues ?? []).map((issue) => issue.message)[0]
  if (problem !== undefined) return { problem: `What it says about itself can't be used: ${problem}.` }
  const first = (key: keyof ArticleMeta | 'state') => own?.[key] || table?.[key] || null
  return {
    title: first('title') ?? defaults.title,
    topic: first('topic') ?? defaults.topic,
    owner: first('owner'),
    review: first('review'),
    tier: first('tier') ?? defaults.tier,
    draft: STATES.get(first('state')?.toLowerCase() ?? '') ?? false,
  }
}

export const isTier = (value: string): boolean => TIER.test(value)

export const SIDE_TABLES = ['articles.csv', 'articles.json']

/** The side table of a folder: rows with `id` (or `article`, `file`) and the same columns as front matter. */
export function readSideTable(dir: string): { rows: Map<string, Record<string, unknown>>; failed: IngestFailure[] } {
  const rows = new Map<string, Record<string, unknown>>()
  const failed: IngestFailure[] = []
  for (const name of SIDE_TABLES) {
    const file = join(dir, name)
    let source: string
    try {
      source = readFileSync(file, 'utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') failed.push({ file, kind: 'unreadable', reason: "It can't be opened." })
      continue
    }
    try {
      for (const row of name.endsWith('.csv') ? fromCsv(source) : fromJson(source)) {
        const id = row['id'] ?? row['article'] ?? row['file']
        if (typeof id === 'string') rows.set(id.replace(/\.[^./]+$/, ''), row)
      }
    } catch (error) {
      failed.push({
        file,
        kind: 'bad-metadata',
        reason: `The table can't be read: ${error instanceof Error ? error.message : String(error)}`,
      })
    }
  }
  return { rows, failed }
}

const fromCsv = (source: string): Record<string, unknown>[] =>
  parseCsv(source, { columns: true, bom: true, trim: true, skip_empty_lines: true })

function fromJson(source: string): Record<string, unknown>[] {
  const value: unknown = JSON.parse(source)
  if (Array.isArray(value)) return z.array(z.record(z.string(), z.unknown())).parse(value)
  return Object.entries(z.record(z.string(), z.record(z.string(), z.unknown())).parse(value)).map(([id, row]) => ({ id, ...row }))
}

function isDate(value: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(value) ? new Date(`${value}T00:00:00Z`) : null
  return day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value)
}
