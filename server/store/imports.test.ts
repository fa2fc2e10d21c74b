import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Citation } from '../types.ts'
import { recordOfTurn, revisionOf, temporaryStore, type TemporaryStore } from './temporary-store.ts'
import { scoredAnswer } from './scored.fixture.ts'

let house: TemporaryStore
const fees = revisionOf('fees', 'A transfer costs £12.')
const cited: Citation = { article: 'fees', revision: fees.id, title: 'About fees', start: 0, end: 21, quote: fees.text }

beforeEach(() => {
  house = temporaryStore()
  house.store.knowledge.apply({ put: [fees], retire: [] }, 'system')
})
afterEach(() => house.remove())

const create = (texts: string[], judges = 1) =>
  house.store.imports.create(
    {
      file: 'past.csv',
      form: 'quoted',
      channel: 'portal',
      tier: 'standard',
      questions: texts.map((text, i) => ({ line: i + 2, text, judges })),
      left: 0,
    },
    'staff:ann',
  )

function answer(id: string, eligible = true) {
  const next = house.store.imports.next(id)
  if (!next) throw new Error('nothing is queued')
  const { trace } = recordOfTurn({ id: next.question.id, conversation: next.question.id }, next.text, fees.text, {
    trace: { quotation: { text: fees.text, sentences: [], citations: [cited] } },
  })
  return { id: next.question.id, outcome: house.store.imports.answered(next.question.id, trace, [scored(next.question.id, eligible)]) }
}

const scored = (turn: string, eligible: boolean) => scoredAnswer({ turn, at: house.now(), eligible })

const judge = (turn: string, by: string, right: boolean | null = true) =>
  house.store.labels.add({ turn, form: 'quoted', right, source: 'import' }, by)

test('questions are answered in the order that chance gave, and the last one ends the import', () => {
  const { id } = create(['What is it?', 'Where is it?'])
  expect(house.store.imports.next(id)).toMatchObject({ text: 'What is it?', question: { place: 0, line: 2 } })
  answer(id)
  expect(house.store.imports.get(id)).toMatchObject({ state: 'answering', file: 'past.csv', counts: { total: 2, queued: 1, judgeable: 1 } })
  answer(id)
  expect(house.store.imports.get(id)).toMatchObject({ state: 'done', counts: { queued: 0, judgeable: 2, judged: 0 } })
  const types = house.store.log.entries(0, 1000).map((e) => e.type)
  expect(types.filter((t) => t.startsWith('import.'))).toEqual(['import.started', 'import.answered', 'import.answered', 'import.finished'])
  expect(house.store.log.verify()).toBeNull()
})

test('what was under way goes on after a restart', () => {
  const { id } = create(['What is it?', 'Where is it?'])
  answer(id)
  house = house.reopen()
  expect(house.store.imports.underWay()?.id).toBe(id)
  expect(house.store.imports.next(id)?.text).toBe('Where is it?')
})

test('no question stands anywhere in the file but encrypted', () => {
  const { id } = create(['Where is my quokka?'])
  answer(id)
  const rows = ['imports', 'imported', 'log', 'scored'].flatMap((table) => house.connection.prepare(`SELECT * FROM ${table}`).all())
  expect(JSON.stringify(rows)).not.toContain('quokka')
  expect(JSON.stringify(rows)).not.toContain('past.csv')
})

test('no figure of customers counts a past question', () => {
  const { id } = create(['What is it?'])
  answer(id)
  expect(house.store.figures.verdicts(0, 1000)).toEqual([])
  expect(house.store.turns.list({ limit: 10 })).toEqual([])
  expect(house.store.audits.waiting().open).toBe(0)
})

test('an answer from a revision that was replaced meanwhile is not kept', () => {
  const { id } = create(['What is it?'])
  house.store.knowledge.apply({ put: [revisionOf('fees', 'A transfer costs £14.')], retire: [] }, 'system')
  expect(answer(id).outcome).toEqual({ result: 'stale', revisions: [fees.id] })
  expect(house.store.imports.get(id)?.counts.queued).toBe(1)
})

test('stopped, it waits; going on tries again what failed', () => {
  const { id } = create(['What is it?', 'Where is it?'])
  house.store.imports.failed(house.store.imports.next(id)!.question.id, 'ModelDiedError')
  house.store.imports.stop(id, 'staff:ann')
  expect(house.store.imports.underWay()).toBeNull()
  house.store.imports.goOn(id, 'staff:ann')
  expect(house.store.imports.get(id)).toMatchObject({ state: 'answering', counts: { queued: 2, failed: 0 } })
  answer(id)
  answer(id)
  expect(() => house.store.imports.goOn(id, 'staff:ann')).toThrow('Every question of this import has its answer')
})

test('what would not go out in any case is not judged', () => {
  const { id } = create(['What is it?', 'Where is it?'])
  answer(id, false)
  const second = answer(id)
  expect(house.store.imports.toJudge('staff:ann', 10).map((q) => q.id)).toEqual([second.id])
})

test('each is judged by as many as are to, and by nobody twice', () => {
  const { id } = create(['What is it?'], 2)
  const question = answer(id).id
  judge(question, 'staff:ann')
  expect(house.store.imports.toJudge('staff:ann', 10)).toEqual([])
  expect(house.store.imports.leftToJudge('staff:ann')).toBe(0)
  expect(house.store.imports.toJudge('staff:bo', 10)).toMatchObject([{ id: question, judges: 2, judged: 1 }])
  judge(question, 'staff:bo')
  expect(house.store.imports.toJudge('staff:cy', 10)).toEqual([])
  expect(house.store.imports.get(id)?.counts).toMatchObject({ judged: 1, wanted: 2, given: 2 })
  expect(house.store.imports.agreed('staff:cy', 10)).toMatchObject([{ question: { id: question }, right: true }])
  expect(house.store.imports.agreed('staff:ann', 10)).toEqual([])
})

test('two who differ, or can’t tell, agree on nothing', () => {
  const { id } = create(['What is it?', 'Where is it?'], 2)
  const [first, second] = [answer(id).id, answer(id).id]
  judge(first, 'staff:ann')
  judge(first, 'staff:bo', false)
  judge(second, 'staff:ann', null)
  judge(second, 'staff:bo', null)
  expect(house.store.imports.agreed('staff:cy', 10)).toEqual([])
})

test('a fresh judgement of one’s own can be taken back, nobody else’s and no old one', () => {
  const { id } = create(['What is it?', 'Where is it?'])
  const [first, second] = [answer(id).id, answer(id).id]
  const wrong = judge(first, 'staff:ann', false)
  expect(() => house.store.labels.withdraw(wrong.id, 'staff:bo')).toThrow('no such')
  expect(house.store.labels.amend(wrong.id, 'misread', 'staff:ann').mistake).toBe('misread')
  house.store.labels.withdraw(wrong.id, 'staff:ann')
  expect(house.store.labels.of(first)).toEqual([])
  expect(house.store.log.tail()?.type).toBe('answer.judgement-withdrawn')
  const old = judge(second, 'staff:ann')
  expect(() => house.store.labels.amend(old.id, 'factual', 'staff:ann')).toThrow('judged wrong')
  house.pass(11 * 60_000)
  expect(() => house.store.labels.withdraw(old.id, 'staff:ann')).toThrow('too old')
})
