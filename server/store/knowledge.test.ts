import { afterEach, beforeEach, expect, test } from 'vitest'
import { revisionOf, temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

let at: TemporaryStore
beforeEach(() => {
  at = temporaryStore()
})
afterEach(() => at.remove())

const apply = (put: ReturnType<typeof revisionOf>[], retire: string[] = []) => at.store.knowledge.apply({ put, retire }, 'staff:1')
const first = revisionOf('fees', 'A transfer costs £5.')
const second = revisionOf('fees', 'A transfer costs £6.')

test('a changed article replaces its revision, and both can be read for ever', () => {
  apply([first, revisionOf('cards', 'A card is free.')])
  apply([second])
  expect(at.store.knowledge.inForce().map((r) => [r.article, r.text])).toEqual([
    ['cards', 'A card is free.'],
    ['fees', 'A transfer costs £6.'],
  ])
  expect(at.store.knowledge.get(first.id)).toEqual(first)
})

test('history says from and until which entry of the log each revision was in force', () => {
  apply([first])
  const one = at.store.log.size()
  apply([second])
  const two = at.store.log.size()
  apply([], ['fees'])
  const three = at.store.log.size()
  apply([first])
  const four = at.store.log.size()
  expect(at.store.knowledge.history('fees')).toMatchObject([
    { revision: first.id, fromSeq: four, untilSeq: null, by: 'staff:1' },
    { revision: second.id, fromSeq: two, untilSeq: three },
    { revision: first.id, fromSeq: one, untilSeq: two },
  ])
})

test('the same again changes nothing, not even the log', () => {
  apply([first])
  const before = at.store.log.size()
  apply([first], ['never-there'])
  expect(at.store.log.size()).toBe(before)
})

test('a retired article is listed, but not in force', () => {
  apply([first])
  apply([], ['fees'])
  expect(at.store.knowledge.inForce()).toEqual([])
  expect(at.store.knowledge.articles()).toMatchObject([{ article: 'fees', revision: first.id, state: 'retired', words: 4 }])
})

test('a draft is listed beside what is in force, and is nowhere else until it is published', () => {
  const draft = revisionOf('cards', 'A card is free.')
  apply([first])
  const stamp = at.store.knowledge.stamp?.()
  at.store.knowledge.apply({ put: [], retire: [], draft: [second, draft] }, 'staff:1')
  expect(at.store.log.tail()).toMatchObject({ type: 'article.drafted', actor: 'staff:1', data: { article: 'cards', revision: draft.id } })
  expect(at.store.knowledge.inForce()).toEqual([first])
  expect(at.store.knowledge.stamp?.()).toBe(stamp)
  expect(at.store.knowledge.drafts()).toEqual([draft, second])
  expect(at.store.knowledge.articles()).toMatchObject([
    { article: 'cards', state: 'draft', revision: draft.id, draft: draft.id },
    { article: 'fees', state: 'in-force', revision: first.id, draft: second.id },
  ])
  apply([second])
  at.store.knowledge.apply({ put: [], retire: [], discard: ['cards', 'fees'] }, 'staff:1')
  expect(at.store.log.tail()).toMatchObject({ type: 'article.draft-discarded', data: { article: 'cards', revision: draft.id } })
  expect(at.store.knowledge.drafts()).toEqual([])
  expect(at.store.knowledge.articles()).toMatchObject([{ article: 'fees', state: 'in-force', revision: second.id, draft: null }])
})

test('a revision is never another text', () => {
  apply([first, revisionOf('cards', 'Free.')])
  apply([second])
  expect(() => apply([{ ...first, text: 'A transfer is free.' }])).toThrow(/another text/)
  expect(() => at.connection.exec("UPDATE revisions SET text = 'x'")).toThrow(/cannot be changed/)
  expect(() => at.connection.exec('DELETE FROM revisions')).toThrow(/cannot be deleted/)
})

test('either all of a change happens or nothing', () => {
  apply([first])
  apply([second])
  const before = [at.store.log.size(), at.store.knowledge.inForce()]
  expect(() => apply([revisionOf('new', 'New.'), { ...first, text: 'Forged.' }])).toThrow()
  expect([at.store.log.size(), at.store.knowledge.inForce()]).toEqual(before)
})
