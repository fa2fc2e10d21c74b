import { copyFileSync, existsSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { createParser } from './parse.ts'

const dir = mkdtempSync(join(tmpdir(), 'vouch-parse-'))
const parser = createParser()
afterAll(() => {
  parser.close()
  rmSync(dir, { recursive: true })
})

function put(name: string, bytes: string | Uint8Array): string {
  const file = join(dir, name)
  writeFileSync(file, bytes)
  return file
}

test('a file is read in another process', async () => {
  const { parsed } = await parser.parse(put('fees.md', '---\ntopic: fees\n---\n# Fees\n\nA transfer is free.\n'))
  expect(parsed).toEqual({
    format: 'markdown',
    documents: [{ text: '# Fees\n\nA transfer is free.\n', meta: { topic: 'fees' }, heading: 'Fees' }],
    failures: [],
  })
})

test.each([
  ['empty.txt', ' \n', 'empty'],
  ['headings.md', '# Only\n\n## headings\n', 'empty'],
  ['picture.md', Uint8Array.from({ length: 4_000 }, (_, i) => (i * 37) % 256), 'unsupported'],
  ['letter.pdf', 'Dear customer', 'malformed'],
  ['letter.docx', 'Dear customer', 'malformed'],
  ['rows.jsonl', '\n', 'empty'],
  ['long.txt', 'word '.repeat(500_000), 'too-large'],
])('%s is refused with a reason and what to do', async (name, bytes, kind) => {
  const { failure } = await parser.parse(put(name, bytes))
  expect(failure?.kind).toBe(kind)
  expect(failure?.reason).toMatch(/\.$/)
})

test('a file that is not there says so', async () => {
  expect((await parser.parse(join(dir, 'none.md'))).failure).toMatchObject({ kind: 'unreadable' })
})

test('a file that takes too long ends its process, and the next one is read all the same', async () => {
  const impatient = createParser(1)
  try {
    expect((await impatient.parse(put('a.md', 'Text.'))).failure?.kind).toBe('timeout')
  } finally {
    impatient.close()
  }
  expect((await parser.parse(put('b.md', 'Text.'))).parsed?.documents).toHaveLength(1)
})

test('nested marks that would keep a parser busy for minutes cost their own file, not the house', async () => {
  const impatient = createParser(1_000)
  const file = put('nested.md', `${'>'.repeat(20_000)} deep\n${'- '.repeat(5_000)}deep`)
  try {
    expect((await impatient.parse(file)).failure?.kind).toBe('timeout')
    expect((await impatient.parse(put('c.md', 'Text.'))).parsed?.documents).toHaveLength(1)
  } finally {
    impatient.close()
  }
})

const BED = fileURLToPath(new URL('../../shared/data/malformed/', import.meta.url))
const AS: Record<string, string> = { '.fuzz': '.pdf', '.zip': '.docx', '.xlsx': '.docx', '.ooxml': '.docx', '.be': '.txt', '.le': '.txt' }

test.skipIf(!existsSync(BED))(
  'the collection of damaged files: each is sane text or a failure that says what to do',
  async () => {
    const files = globSync('*/**/*.*', { cwd: BED }).filter((file) => extname(file) !== '')
    expect(files.length).toBeGreaterThan(150)
    for (const file of files) {
      const copy = join(dir, basename(file) + (AS[extname(file)] ?? ''))
      copyFileSync(join(BED, file), copy)
      const { parsed, failure } = await parser.parse(copy)
      if (failure === undefined) expect(parsed?.documents[0]?.text.trim(), file).toMatch(/[\p{L}\p{N}]/u)
      else expect(failure.reason, file).toMatch(/^[A-Z].*(?:[Oo]pen|[Ss]ave|[Ss]plit|[Rr]emove|[Rr]un|[Ee]xport|no text).*\.$/)
      expect(failure?.kind, file).not.toBe('timeout')
      if (/user-password|both-passwords|protected|bug53475/.test(file)) expect(failure?.kind, file).toBe('encrypted')
    }
  },
  120_000,
)
