import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { metaOf, readSideTable } from './meta.ts'

const defaults = { title: 'Fees', tier: 'all', topic: null }

test('the document itself has the first word, the table beside it the second', () => {
  expect(metaOf({ title: 'A', review: '2027-02-28' }, { title: 'B', owner: 'Ann', tier: 'premier' }, defaults)).toEqual({
    title: 'A',
    topic: null,
    owner: 'Ann',
    review: '2027-02-28',
    tier: 'premier',
    draft: false,
  })
  expect(metaOf({}, {}, defaults)).toMatchObject({ title: 'Fees', tier: 'all' })
})

test('what can not be understood is refused, so that nothing meant for few is shown to all', () => {
  expect(metaOf({ tier: 'Premier customers' }, {}, defaults)).toEqual({ problem: expect.stringContaining('tier') })
  expect(metaOf({ tier: ['premier'] }, {}, defaults)).toEqual({ problem: expect.any(String) })
  expect(metaOf({ review: '2027-02-30' }, {}, defaults)).toEqual({ problem: expect.stringContaining('review') })
})

test('a side table is CSV or JSON, with an id a row', () => {
  const dir = mkdtempSync(join(tmpdir(), 'vouch-meta-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  writeFileSync(join(dir, 'articles.csv'), '\uFEFFfile,title,tier\nfees.pdf,"Fees, all",premier\n')
  writeFileSync(join(dir, 'articles.json'), '{"cards/lost": {"title": "Lost cards"}}')
  const { rows, failed } = readSideTable(dir)
  expect(failed).toEqual([])
  expect(rows.get('fees')).toMatchObject({ title: 'Fees, all', tier: 'premier' })
  expect(rows.get('cards/lost')).toMatchObject({ title: 'Lost cards' })
  writeFileSync(join(dir, 'articles.json'), '[1]')
  expect(readSideTable(dir).failed).toMatchObject([{ kind: 'bad-metadata' }])
})
