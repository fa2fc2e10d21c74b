import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Hit } from '../../kb/types.ts'
import type { ScoredAnswer } from '../store/label-types.ts'
import { recordOfTurn, revisionOf, temporaryStore, type TemporaryStore } from '../store/temporary-store.ts'
import type { Citation, Trace } from '../types.ts'
import { createDesk, type Desk } from './desk.ts'
import { scoredAnswer } from '../store/scored.fixture.ts'

let house: TemporaryStore
let desk: Desk
/** What chance says next: 0.99 keeps decoys away, 0 brings one. */
let chance = 0.99

beforeEach(() => {
  house = temporaryStore()
  chance = 0.99
  let ids = 0
  desk = createDesk({ store: house.store, clock: house.now, random: () => chance, newId: (prefix) => `${prefix}_${++ids}` })
})
afterEach(() => house.remove())

/** Past questions with their answers, each about an article of its own. */
function past(count: number, judges = 1): string {
  const articles = Array.from({ length: count }, (_, i) => revisionOf(`article-${i}`, `Matter ${i} costs £${i}.`))
  house.store.knowledge.apply({ put: articles, retire: [] }, 'system')
  const questions = articles.map((_, i) => ({ line: i + 2, text: `What does matter ${i} cost?`, judges }))
  const { id } = house.store.imports.create(
    { file: 'past.csv', form: 'quoted', channel: 'portal', tier: 'standard', questions, left: 0 },
    'staff:ann',
  )
  for (const { id: revision, article, text } of articles) {
    const { question, text: asked } = house.store.imports.next(id)!
    const cited: Citation = { article, revision, title: article, start: 0, end: text.length, quote: text }
    const trace: Partial<Trace> = {
      quotation: { text, sentences: [], citations: [cited] },
      hits: [{ passage: { article } as Hit['passage'], score: 1, cosine: 1, bm25: 1 }],
    }
    const record = recordOfTurn({ id: question.id, conversation: question.id }, asked, text, { trace })
    house.store.imports.answered(question.id, record.trace, [scored(question.id, question.id, 'import')])
  }
  return id
}

const scored = (turn: string, conversation: string, source: ScoredAnswer['source']): ScoredAnswer =>
  scoredAnswer({ turn, conversation, source, at: house.now(), sent: source === 'live' })

/** A quotation that a customer was sent and that chance chose. */
function sent(question: string, judges = 1): string {
  const { customers, conversations, turns } = house.store
  const { id } = conversations.create({ customer: customers.create('standard', 'system').id, channel: 'portal', tier: 'standard' })
  const { turn } = turns.start({ conversation: id, text: question })
  turns.record(
    recordOfTurn(turn, question, 'It costs £9.', {
      trace: { quotation: { text: 'It costs £9.', sentences: [], citations: [] } },
      record: { scored: { answers: [scored(turn.id, id, 'live')], judges } },
    }),
  )
  return turn.id
}

const labels = () => house.store.labels.list({ source: 'import' })
const asked = (by: string) => desk.items(by, 1)[0]?.question
const say = (by: string, said: 'right' | 'wrong' | 'unclear', ms: number | null = 1000) =>
  desk.judge(desk.items(by, 1)[0]!.id, said, ms, by)

test('what is shown stays the same until it is judged, with the next one ready', () => {
  past(3)
  const [first, second] = desk.items('staff:ann', 2)
  expect(desk.items('staff:ann', 2)).toMatchObject([{ id: first?.id }, { id: second?.id }])
  say('staff:ann', 'right')
  expect(desk.items('staff:ann', 1)[0]?.id).toBe(second?.id)
})

test('two who judge at the same time get different answers', () => {
  past(3)
  expect(asked('staff:ann')).toBe('What does matter 0 cost?')
  expect(asked('staff:bo')).toBe('What does matter 1 cost?')
})

test('what somebody left lying is given to another after ten minutes', () => {
  past(1)
  const left = desk.items('staff:ann', 1)[0]!
  expect(asked('staff:bo')).toBeUndefined()
  house.pass(10 * 60_000 + 1)
  expect(asked('staff:bo')).toBe('What does matter 0 cost?')
  say('staff:bo', 'right')
  expect(() => desk.judge(left.id, 'wrong', 5, 'staff:ann')).toThrow('no longer yours')
  expect(labels()).toMatchObject([{ by: 'staff:bo', right: true }])
})

test('nobody judges what was shown to somebody else', () => {
  past(1)
  const item = desk.items('staff:ann', 1)[0]!
  expect(() => desk.judge(item.id, 'right', 5, 'staff:bo')).toThrow('no longer yours')
})

test('time is the page’s measure, and never longer than the answer was out', () => {
  past(3)
  desk.items('staff:ann', 3)
  house.pass(8000)
  say('staff:ann', 'right', 6200)
  say('staff:ann', 'right', 3_600_000)
  say('staff:ann', 'unclear', null)
  expect(labels().map((l) => l.seconds)).toEqual([8, 8, 6])
})

test('taken back, an answer comes again at once, before what was next', () => {
  past(3)
  say('staff:ann', 'wrong')
  desk.mistake('misread', 'staff:ann')
  expect(labels()).toMatchObject([{ right: false, mistake: 'misread' }])
  desk.items('staff:ann', 2)
  desk.undo('staff:ann')
  expect(labels()).toEqual([])
  expect(desk.items('staff:ann', 2).map((i) => i.question)).toEqual(['What does matter 0 cost?', 'What does matter 1 cost?'])
  expect(() => desk.undo('staff:ann')).toThrow('nothing to take back')
})

test('only what was judged wrong has a kind of mistake', () => {
  past(1)
  say('staff:ann', 'right')
  expect(() => desk.mistake('factual', 'staff:ann')).toThrow('not judged wrong')
})

test('a decoy looks like any other answer, is no label, and is counted as what was known of it', () => {
  past(15)
  chance = 0
  const [decoy] = desk.items('staff:ann', 1)
  // The question of one far ahead, with an answer that is about something else.
  expect(decoy?.question).toBe('What does matter 14 cost?')
  expect(decoy?.trace.quotation?.text).toBe('Matter 0 costs £0.')
  expect(decoy?.id).toMatch(/^item_/)
  desk.judge(decoy!.id, 'wrong', 3000, 'staff:ann')
  expect(labels()).toEqual([])
  expect(house.store.decoys.list()).toMatchObject([{ kind: 'swapped', known: false, said: false, by: 'staff:ann' }])
  desk.undo('staff:ann')
  expect(house.store.decoys.list()).toEqual([])
  expect(desk.items('staff:ann', 1)[0]?.trace.quotation?.text).toBe('Matter 0 costs £0.')
})

test('what two agreed on is shown to a third as a decoy', () => {
  past(1, 2)
  say('staff:ann', 'right')
  say('staff:bo', 'right')
  past(2)
  chance = 0
  expect(asked('staff:cy')).toBe('What does matter 0 cost?')
  say('staff:cy', 'wrong')
  expect(house.store.decoys.list()).toMatchObject([{ kind: 'agreed', known: true, said: false, by: 'staff:cy' }])
})

test('what customers were sent is judged first, and an audit that was settled by a wrong key is open again', () => {
  past(2)
  const turn = sent('What does it cost today?')
  expect(asked('staff:ann')).toBe('What does it cost today?')
  say('staff:ann', 'wrong')
  expect(house.store.labels.of(turn)).toMatchObject([{ source: 'audit', right: false, form: 'quoted' }])
  expect(house.store.audits.waiting().open).toBe(0)
  desk.undo('staff:ann')
  expect(house.store.audits.waiting().open).toBe(1)
  expect(asked('staff:ann')).toBe('What does it cost today?')
})

test('what somebody has judged never stands before what they have not, however much of it waits for a second person', () => {
  for (let n = 0; n < 201; n++) sent(`What does matter ${n} cost today?`, 2)
  const { audits, labels: all } = house.store
  for (const { turn, form } of audits.list({ state: 'open' })) all.add({ turn, form, right: true, source: 'audit' }, 'staff:ann')
  expect(asked('staff:ann')).toBe('What does matter 200 cost today?')
})
