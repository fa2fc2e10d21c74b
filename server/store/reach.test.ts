import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Citation } from '../types.ts'
import { citations } from './migrations/016-citations.ts'
import { recordOfTurn, revisionOf, temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

let at: TemporaryStore
beforeEach(() => {
  at = temporaryStore()
})
afterEach(() => at.remove())

const TEXT = 'A transfer abroad costs £25. It arrives in three days.'
const cite = (revision: { id: string; article: string; text: string }, start: number, end: number): Citation => ({
  article: revision.article,
  revision: revision.id,
  title: '',
  start,
  end,
  quote: revision.text.slice(start, end),
})

/** One customer's conversation with one answer. */
function told(answer: string, given: Citation[] = []): { customer: string; conversation: string; turn: string; message: string } {
  const { store } = at
  const customer = store.customers.create('standard', 'system').id
  const conversation = store.conversations.create({ customer, channel: 'portal', tier: 'standard' }).id
  const { turn } = store.turns.start({ conversation, text: 'a question' })
  const recorded = store.turns.record(recordOfTurn(turn, 'a question', answer, { citations: given }))
  if (recorded.result !== 'recorded') throw new Error('not recorded')
  return { customer, conversation, turn: turn.id, message: recorded.messages[0]!.id }
}

function published(article: string, text: string) {
  const revision = revisionOf(article, text)
  at.store.knowledge.apply({ put: [revision], retire: [] }, 'system')
  return revision
}

test('who was told from a stretch of a revision is found by any overlap, and nobody else', () => {
  const revision = published('fees', TEXT)
  const fee = told('It costs £25.', [cite(revision, 0, 28)])
  told('Three days.', [cite(revision, 29, TEXT.length)])
  const span = { revision: revision.id, start: 20, end: 27 }
  expect(at.store.reach.citing([span])).toMatchObject([{ ...fee, cited: [span] }])
  expect(at.store.reach.citingArticle('fees').size).toBe(2)
})

test('a reviewer’s answer is found by what it cites', () => {
  const revision = published('fees', TEXT)
  const { store } = at
  const staff = store.staff.create({ name: 'Ada', passwordHash: 'hash', roles: ['reviewer'] }, 'system').id
  const customer = store.customers.create('standard', 'system').id
  const conversation = store.conversations.create({ customer, channel: 'portal', tier: 'standard' }).id
  const { turn } = store.turns.start({ conversation, text: 'a question' })
  const held = { message: { kind: 'notice' as const, text: 'A colleague checks.' }, review: { reason: 'unsure', due: 1 } }
  store.turns.record(recordOfTurn(turn, 'a question', 'draft', { record: held }))
  const citation = cite(revision, 0, 28)
  const message = store.reviews.decide({
    review: store.reviews.ofTurn(turn.id)!.id,
    staff,
    outcome: 'approved',
    form: 'written',
    reason: null,
    message: {
      author: 'vouch',
      kind: 'answer',
      text: 'It costs £25.',
      citations: [],
      sentences: [{ start: 0, end: 13, citations: [citation] }],
    },
    trace: null,
  })
  expect(store.reach.citing([{ revision: revision.id, start: 0, end: 5 }]).map((a) => a.message)).toEqual([message.id])
})

test('the same words are found in other versions and articles, whatever white space stands between them', () => {
  const first = published('fees', TEXT)
  const second = published('fees', 'New: a transfer abroad\ncosts £25. And A transfer abroad\ncosts £25.')
  const other = published('abroad', 'Note. A transfer  abroad costs £25.')
  const found = at.store.reach.holding('A transfer abroad costs £25.')
  expect(found.map((f) => f.revision).toSorted()).toEqual([first.id, second.id, other.id].toSorted())
  for (const { revision, start, end } of found)
    expect(at.store.knowledge.get(revision)!.text.slice(start, end).replace(/\s+/g, ' ')).toBe('A transfer abroad costs £25.')
})

test('every answer is handed out once, in slices, with its words', () => {
  const answers = ['one', 'two', 'three', 'four', 'five'].map((text) => ({ text, ...told(text) }))
  const seen: string[] = []
  for (let from: number | null = 0; from !== null;) {
    const slice = at.store.reach.slice(from, 2)
    seen.push(...slice.answers.map((a) => `${a.message} ${a.text}`))
    from = slice.next
  }
  expect(seen).toEqual(answers.map((a) => `${a.message} ${a.text}`))
  expect(at.store.reach.size()).toBe(5)
  expect(at.store.reach.text(answers[2]!.message)).toBe('three')
})

test('what became of an answer: delivered, a sign that it was read, the customer’s next message', () => {
  const answer = told('It costs £25.')
  const { store } = at
  const [row] = store.reach.slice(0, 1).answers
  expect(store.reach.afterwards(row!)).toEqual({ delivered: null, seen: null, cameBack: null })
  at.pass(1000)
  store.outbox.delivered(store.outbox.due(1)[0]!.id)
  const delivered = at.now()
  at.pass(1000)
  const elsewhere = store.conversations.create({ customer: answer.customer, channel: 'api', tier: 'standard' }).id
  store.conversations.say({ conversation: elsewhere, author: 'customer', kind: 'question', turn: null, text: 'again' }, 'system')
  const cameBack = at.now()
  expect(store.reach.afterwards(row!)).toEqual({ delivered, seen: null, cameBack })
  at.pass(1000)
  store.conversations.feedback(answer.message, 'down', null, 'system')
  expect(store.reach.afterwards(row!)).toEqual({ delivered, seen: at.now(), cameBack })
})

test('what was recorded before the table was there is filled in from the log', () => {
  const revision = published('fees', TEXT)
  const { message } = told('It costs £25.', [cite(revision, 0, 28)])
  at.connection.exec('DROP TABLE citations; DROP INDEX revisions_article; DROP INDEX messages_answers')
  at.connection.exec(citations)
  expect(at.store.reach.citing([{ revision: revision.id, start: 0, end: 28 }]).map((a) => a.message)).toEqual([message])
})
