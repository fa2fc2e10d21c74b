import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fakeEmbedder, type FakeEmbedder } from '../models/fakes.ts'
import { createKnowledgeBase, type IngestingKnowledgeBase } from './knowledge-base.ts'
import { memoryStore, type MemoryStore } from './memory-store.fixture.ts'

let dir: string
let store: MemoryStore
let embedder: FakeEmbedder
let kb: IngestingKnowledgeBase

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'vouch-kb-'))
  store = memoryStore()
  embedder = fakeEmbedder(32)
  kb = await open()
})
afterEach(async () => {
  await kb.close()
  rmSync(dir, { recursive: true })
})

const open = (): Promise<IngestingKnowledgeBase> => createKnowledgeBase({ store, embedder, dir: join(dir, 'index') })
const docs = (): string => join(dir, 'docs')
const ingest = (retireMissing = false) => kb.ingest([docs()], { actor: 'staff:1', retireMissing })
const find = async (question: string, tier = 'standard') =>
  (await kb.search({ question, tier, limit: 5 })).map((hit) => hit.passage.article)

function put(name: string, text: string): void {
  mkdirSync(dirname(join(docs(), name)), { recursive: true })
  writeFileSync(join(docs(), name), text)
}

const FEES = '---\ntitle: What it costs\ntopic: payments\n---\n# Fees\n\nA transfer abroad costs £6 in the app.\n'
const CARDS = '# Lost cards\n\nCall us straight away when your card is lost.\n'

describe('taking articles in', () => {
  test('an article is its path without the extension, its title what it says, else its first heading, else its name', async () => {
    put('fees.md', FEES)
    put('cards/lost.md', CARDS)
    put('opening-hours.txt', 'We are open on Monday.')
    expect((await ingest()).added).toEqual(['cards/lost', 'fees', 'opening-hours'])
    expect(store.inForce().map(({ article, title, topic, tier, format }) => [article, title, topic, tier, format])).toEqual([
      ['cards/lost', 'Lost cards', null, 'all', 'markdown'],
      ['fees', 'What it costs', 'payments', 'all', 'markdown'],
      ['opening-hours', 'Opening hours', null, 'all', 'text'],
    ])
    expect(store.inForce()[1]?.text).toBe('# Fees\n\nA transfer abroad costs £6 in the app.\n')
  })

  test('a new version that does not say for whom it is stays for those for whom the article was', async () => {
    put('lounge.md', '---\ntier: premier\n---\n# Lounge\n\nThe lounge opens at nine for Premier customers.\n')
    await ingest()
    put('lounge.md', '# Lounge\n\nThe lounge opens at eight for Premier customers.\n')
    expect((await ingest()).changed).toEqual(['lounge'])
    expect(await find('When does the lounge open?')).not.toContain('lounge')
    expect(await find('When does the lounge open?', 'premier')).toContain('lounge')
    rmSync(join(docs(), 'lounge.md'))
    put('other.md', '# Other\n\nSomething else.\n')
    expect((await ingest(true)).retired).toContain('lounge')
    put('lounge.md', '# Lounge\n\nThe lounge opens at seven for Premier customers.\n')
    await ingest()
    expect(await find('When does the lounge open?')).not.toContain('lounge')
    put('lounge.md', '---\ntier: all\n---\n# Lounge\n\nThe lounge opens at eight for everybody.\n')
    await ingest()
    expect(await find('When does the lounge open?')).toContain('lounge')
  })

  test('the same folder a second time changes nothing', async () => {
    put('fees.md', FEES)
    put('lost.md', CARDS)
    await ingest()
    const before = { snapshot: kb.snapshot(), embedded: embedder.calls.length, changes: store.changes }
    expect(await ingest(true)).toEqual({ added: [], changed: [], drafted: [], retired: [], unchanged: ['fees', 'lost'], failed: [] })
    expect({ snapshot: kb.snapshot(), embedded: embedder.calls.length, changes: store.changes }).toEqual(before)
  })

  test('a changed file is a new revision, and the old words are not found any more', async () => {
    put('fees.md', FEES)
    await ingest()
    const old = store.inForce()[0]?.id ?? ''
    put('fees.md', FEES.replace('£6', '£7'))
    expect((await ingest()).changed).toEqual(['fees'])
    const hits = await kb.search({ question: 'transfer abroad', tier: 'standard', limit: 5 })
    expect(hits.map((hit) => hit.passage.text)).toEqual([expect.stringContaining('£7')])
    expect(kb.revision(old)?.text).toContain('£6')
    expect((await kb.blocks(old)).map(({ block }) => block.text)).toEqual(['A transfer abroad costs £6 in the app.'])
  })

  test('what is gone is retired when asked for, and stays when its file is only broken', async () => {
    put('fees.md', FEES)
    put('lost.md', CARDS)
    put('broken.md', 'Fine.')
    await ingest()
    rmSync(join(docs(), 'fees.md'))
    put('broken.md', '---\ntier: [\n---\nFine.')
    expect(await ingest(false)).toMatchObject({ retired: [], unchanged: ['lost'] })
    expect(await ingest(true)).toMatchObject({ retired: ['fees'], unchanged: ['lost'], failed: [{ kind: 'bad-metadata' }] })
    expect(await find('What does a transfer abroad cost?')).not.toContain('fees')
    expect(store.inForce().map((revision) => revision.article)).toEqual(['broken', 'lost'])
  })

  test('an empty or missing folder retires nothing', async () => {
    put('fees.md', FEES)
    await ingest()
    rmSync(docs(), { recursive: true })
    expect(await ingest(true)).toMatchObject({ retired: [], failed: [{ kind: 'unreadable' }] })
    mkdirSync(docs())
    expect(await ingest(true)).toMatchObject({ retired: [], failed: [] })
  })

  test('bad files do not stop the others, and two files can not be the same article', async () => {
    put('fees.md', FEES)
    put('fees.txt', 'The fees again.')
    put('table.xlsx', 'x')
    put('logo.png', 'x')
    const report = await ingest()
    expect(report.added).toEqual(['fees'])
    expect(report.failed.map((failure) => failure.kind)).toEqual(['duplicate-id', 'unsupported'])
  })

  test('an article in a JSONL is its id', async () => {
    put('all.jsonl', '{"id": "p0", "title": "Super Bowl", "text": "The Panthers gave up 308 points."}\n{"id": "p1", "text": ""}\n')
    expect(await ingest()).toMatchObject({ added: ['p0'], failed: [{ kind: 'empty', file: expect.stringContaining('p1') }] })
    expect(store.inForce()[0]).toMatchObject({
      article: 'p0',
      title: 'Super Bowl',
      format: 'jsonl',
      text: 'The Panthers gave up 308 points.',
    })
  })

  test('an embedder that fails leaves everything as it was', async () => {
    put('fees.md', FEES)
    const broken = { ...embedder, embed: () => Promise.reject(new Error('no memory')) }
    const other = await createKnowledgeBase({ store, embedder: broken, dir: join(dir, 'other') })
    await expect(other.ingest([docs()], { actor: 'staff:1', retireMissing: false })).rejects.toThrow('no memory')
    expect(store.changes).toBe(0)
    await other.close()
  })
})

describe('drafts', () => {
  const draft = (text = CARDS): string => `---\nstate: draft\n---\n${text}`

  test('what says that it is a draft is kept, not found, and not embedded', async () => {
    put('fees.md', FEES)
    put('lost.md', draft())
    expect(await ingest()).toMatchObject({ added: ['fees'], drafted: ['lost'] })
    expect(await find('My card is lost')).not.toContain('lost')
    expect(embedder.calls.flat().join(' ')).not.toContain('Lost cards')
    expect(await ingest(true)).toMatchObject({ added: [], drafted: [], retired: [], unchanged: ['fees', 'lost'] })
  })

  test('it is found once it is put in force, and the same file again changes nothing', async () => {
    put('lost.md', draft())
    await ingest()
    const [waiting] = store.drafts()
    expect(await kb.publish('lost', 'another revision', 'staff:1')).toBe(false)
    expect(store.inForce()).toEqual([])
    expect(await kb.publish('lost', waiting!.id, 'staff:1')).toBe(true)
    expect(await find('My card is lost')).toEqual(['lost'])
    expect(store.drafts()).toEqual([])
    expect(await ingest()).toMatchObject({ drafted: [], unchanged: ['lost'] })
    expect(await kb.publish('lost', waiting!.id, 'staff:1')).toBe(false)
  })

  test('the words in force are answered from while changed ones wait', async () => {
    put('fees.md', FEES)
    await ingest()
    put('fees.md', FEES.replace('£6', '£7'))
    const report = await kb.ingest([docs()], { actor: 'staff:1', retireMissing: false, asDrafts: true })
    expect(report).toMatchObject({ changed: [], drafted: ['fees'] })
    const text = async () => (await kb.search({ question: 'transfer abroad', tier: 'standard', limit: 1 }))[0]?.passage.text
    expect(await text()).toContain('£6')
    await kb.publish('fees', store.drafts()[0]!.id, 'staff:1')
    expect(await text()).toContain('£7')
  })

  test('a state that is none is refused', async () => {
    put('lost.md', draft().replace('draft', 'soon'))
    expect(await ingest()).toMatchObject({ drafted: [], failed: [{ kind: 'bad-metadata', reason: expect.stringContaining('draft') }] })
  })
})

describe('finding', () => {
  test('only articles for everybody and for the customer’s own tier are found', async () => {
    put('fees.md', FEES)
    put('premier.md', '---\ntier: premier\n---\nFor Premier customers a transfer abroad costs nothing.\n')
    await ingest()
    expect(await find('What does a transfer abroad cost?', 'standard')).toEqual(['fees'])
    expect((await find('What does a transfer abroad cost?', 'premier')).toSorted()).toEqual(['fees', 'premier'])
    await expect(find('anything', "all') OR ('1' = '1")).rejects.toThrow('Not an id')
  })

  test('the best passage comes first and says why', async () => {
    put('fees.md', FEES)
    put('lost.md', CARDS)
    await ingest()
    const [first, second] = await kb.search({ question: 'My card is lost', tier: 'standard', limit: 5 })
    expect(first?.passage).toMatchObject({ article: 'lost', title: 'Lost cards', headings: ['Lost cards'] })
    expect(first?.cosine).toBeGreaterThan(second?.cosine ?? 0)
    expect(first?.bm25).toBeGreaterThan(0)
    expect(first?.score).toBeGreaterThan(second?.score ?? 0)
  })

  test('an empty knowledge base finds nothing', async () => {
    expect(await find('anything')).toEqual([])
    expect(kb.idf('anything')).toBeGreaterThan(0)
  })

  test('blocks come with their vectors, and asking costs the embedder nothing', async () => {
    put('fees.md', FEES)
    await ingest()
    const asked = embedder.calls.length
    const [found] = await kb.blocks(store.inForce()[0]?.id ?? '')
    expect(found?.block.text).toBe('A transfer abroad costs £6 in the app.')
    expect([...(found?.vector ?? [])]).toEqual([
      ...((await fakeEmbedder(32).embed(['What it costs\nFees\nA transfer abroad costs £6 in the app.']))[0] ?? []),
    ])
    expect(embedder.calls.length).toBe(asked)
    expect(await kb.blocks('0'.repeat(64))).toEqual([])
  })

  test('a word in every block weighs least', async () => {
    put('fees.md', 'The transfer costs £6. The transfer is fast. The transfer is safe and insured.')
    await ingest()
    expect(kb.idf('transfer')).toBeCloseTo(Math.log(1 + 0.5 / 3.5))
    expect(kb.idf('insur')).toBeGreaterThan(kb.idf('transfer'))
  })
})

describe('the index', () => {
  test('is there again after a restart, without embedding anything', async () => {
    put('fees.md', FEES)
    await ingest()
    const snapshot = kb.snapshot()
    await kb.close()
    embedder = fakeEmbedder(32)
    kb = await open()
    expect(embedder.calls).toEqual([])
    expect(kb.snapshot()).toBe(snapshot)
    expect(await find('transfer abroad')).toEqual(['fees'])
  })

  test.each([
    ['removed', (index: string) => rmSync(index, { recursive: true })],
    ['damaged', (index: string) => globSync('**/*.lance', { cwd: index }).forEach((file) => cut(join(index, file)))],
    [
      'without its manifest',
      (index: string) => globSync('**/_versions', { cwd: index }).forEach((file) => rmSync(join(index, file), { recursive: true })),
    ],
    ['made by another embedder', (index: string) => writeFileSync(join(index, 'vectors/stamp.json'), '{}')],
  ])('is built again from the revisions when it was %s', async (_how, damage) => {
    put('fees.md', FEES)
    put('lost.md', CARDS)
    await ingest()
    await kb.close()
    damage(join(dir, 'index'))
    kb = await open()
    expect((await find('transfer abroad'))[0]).toBe('fees')
    expect((await find('card lost'))[0]).toBe('lost')
  })

  test('follows what another process has put in force', async () => {
    put('fees.md', FEES)
    await ingest()
    const other = await open()
    put('lost.md', CARDS)
    await other.ingest([docs()], { actor: 'system', retireMissing: false })
    await other.close()
    expect((await find('card lost'))[0]).toBe('lost')
  })

  test('keeps no old versions', async () => {
    put('fees.md', FEES)
    for (let i = 0; i < 5; i++) {
      put('fees.md', FEES.replace('£6', `£${i}`))
      await ingest()
    }
    const copy = join(dir, 'copy')
    cpSync(join(dir, 'index'), copy, { recursive: true })
    expect(globSync('**/vectors.lance/_versions/*.manifest', { cwd: copy }).length).toBeLessThanOrEqual(1)
  })
})

/** Half of it is lost, as after a full disk; a file is a file and a table a folder of the same ending. */
function cut(path: string): void {
  try {
    truncateSync(path, 40)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EISDIR') throw error
  }
}
