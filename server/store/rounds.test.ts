import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Fingerprint, ScoredAnswer } from './label-types.ts'
import { recordOfTurn, revisionOf, temporaryStore, type TemporaryStore } from './temporary-store.ts'
import { scoredAnswer } from './scored.fixture.ts'

const MADE: Fingerprint = { knowledge: 'k', models: 'm', prompt: 'p', checker: 'c', calibration: 'f' }
const fees = revisionOf('fees', 'A transfer costs £12.')
const cited = { article: 'fees', revision: fees.id, title: 'Fees', start: 0, end: 21, quote: fees.text }

let house: TemporaryStore
beforeEach(() => {
  house = temporaryStore()
  house.store.knowledge.apply({ put: [fees], retire: [] }, 'system')
})
afterEach(() => house.remove())

const scored = (turn: string, given: Partial<ScoredAnswer> = {}) => scoredAnswer({ turn, at: house.now(), fingerprint: MADE, ...given })
const traceOf = (id: string, text: string) =>
  recordOfTurn({ id, conversation: id }, text, fees.text, { trace: { quotation: { text: fees.text, sentences: [], citations: [cited] } } })
    .trace
const judge = (turn: string, right: boolean | null, by = 'staff:ann') =>
  house.store.labels.add({ turn, form: 'quoted', right, source: 'import' }, by)

/** Past questions with an answer each; one of them could not be answered. */
function past(count: number): string[] {
  const questions = Array.from({ length: count }, (_, i) => ({ line: i + 2, text: `Past question ${i}?`, judges: 1 }))
  const { id } = house.store.imports.create(
    { file: 'past.csv', form: 'quoted', channel: 'portal', tier: 'standard', questions, left: 0 },
    'staff:ann',
  )
  return questions.map((_, i) => {
    house.pass(1)
    const { question, text } = house.store.imports.next(id)!
    if (i === count - 1) house.store.imports.failed(question.id, 'Error')
    else house.store.imports.answered(question.id, traceOf(question.id, text), [scored(question.id)])
    return question.id
  })
}

/** A customer's turn that chance chose. */
function live(text: string, conversation?: string): { turn: string; conversation: string } {
  house.pass(1)
  const { customers, conversations, turns } = house.store
  const id = conversation ?? conversations.create({ customer: customers.create('gold', 'system').id, channel: 'api', tier: 'gold' }).id
  const { turn } = turns.start({ conversation: id, text })
  const answers = [scored(turn.id, { conversation: id, source: 'live', sent: true, probability: 0.05 })]
  turns.record(
    recordOfTurn(turn, text, fees.text, {
      trace: { channel: 'api', tier: 'gold', quotation: { text: fees.text, sentences: [], citations: [cited] } },
      record: { scored: { answers, judges: 1 } },
    }),
  )
  return { turn: turn.id, conversation: id }
}

const begin = () =>
  house.store.rounds.begin(
    { form: 'quoted', making: { ...MADE, knowledge: 'other' }, roots: house.store.rounds.roots('quoted', 0) },
    'staff:ann',
  )

function answer(round: string, kept = { labelsOf: null as string | null, mended: false }) {
  const next = house.store.rounds.next(round)!
  const { id, root } = next.question
  house.store.rounds.answered(id, traceOf(id, next.text), [scored(id, { fingerprint: { ...MADE, knowledge: 'other' } })], kept)
  return { ...next, id, root }
}

test('asked again is all of a judged import, what could not be answered too, and of customers the first drawn of each conversation', () => {
  const untouched = past(2)
  const questions = past(3)
  judge(questions[0]!, true)
  const first = live('What does it cost?')
  live('And abroad?', first.conversation)
  expect(house.store.rounds.roots('quoted', 0).map((r) => r.id)).not.toContain(untouched[0])
  expect(
    house.store.rounds
      .roots('quoted', 0)
      .map((r) => r.id)
      .toSorted(),
  ).toEqual(questions.toSorted())
  judge(first.turn, true)
  expect(house.store.rounds.roots('quoted', 0).map((r) => r.id)).toContain(first.turn)
  expect(house.store.rounds.roots('quoted', 0)).toHaveLength(4)
  expect(house.store.rounds.roots('written', 0)).toEqual([])
  expect(house.store.rounds.roots('quoted', house.now())).toEqual([])
})

test('of customers, none from the first on that nobody has judged: what is hard to judge is not left out', () => {
  const turns = [live('One?'), live('Two?'), live('Three?')]
  judge(turns[0]!.turn, true)
  judge(turns[2]!.turn, true)
  expect(house.store.rounds.roots('quoted', 0).map((r) => r.id)).toEqual([turns[0]!.turn])
})

test('each is asked as it was, counts for its conversation and when it was first asked, and the last one ends the round', () => {
  const { turn, conversation } = live('What does it cost?')
  judge(turn, true)
  const then = house.store.labels.scored({ source: 'live' })[0]!.at
  house.pass(1000)
  const { id } = begin()
  const asked = answer(id, { labelsOf: turn, mended: false })
  expect(asked).toMatchObject({ text: 'What does it cost?', channel: 'api', tier: 'gold' })
  expect(house.store.labels.scored({ source: 'again' })).toMatchObject([
    { turn: asked.id, conversation, at: then, sent: false, drawn: true, probability: 0.05, labelsOf: turn },
  ])
  expect(house.store.rounds.get(id)).toMatchObject({
    state: 'done',
    counts: { total: 1, queued: 0, answers: 1, same: 1, mended: 0, judged: 0 },
  })
  const types = house.store.log.entries(0, 1000).map((e) => e.type)
  expect(types.filter((t) => t.startsWith('round.'))).toEqual(['round.started', 'round.answered', 'round.finished'])
  expect(house.store.audits.waiting().open).toBe(0)
  expect(house.store.log.verify()).toBeNull()
})

test('only what changed comes to be judged, once by each, and the older answer of a question no more', () => {
  const questions = past(4)
  judge(questions[0]!, true)
  judge(questions[1]!, false)
  expect(house.store.imports.toJudge('staff:ben', 10).map((q) => q.id)).toEqual([questions[2]])
  const { id } = begin()
  // The one without an answer dates from when the import began.
  const failing = house.store.rounds.next(id)!
  expect(failing.question.root).toBe(questions[3])
  house.store.rounds.failed(failing.question.id, 'Error')
  answer(id, { labelsOf: questions[0]!, mended: false })
  answer(id, { labelsOf: null, mended: true })
  expect(house.store.rounds.toJudge('staff:ann', 10)).toEqual([])
  const changed = answer(id)
  expect(house.store.rounds.toJudge('staff:ann', 10).map((q) => q.id)).toEqual([changed.id])
  expect(house.store.imports.toJudge('staff:ben', 10)).toEqual([])
  judge(changed.id, true)
  expect(house.store.rounds.leftToJudge('staff:ben')).toBe(0)
  expect(house.store.rounds.get(id)?.counts).toMatchObject({ answers: 3, same: 1, mended: 1, judged: 1, failed: 1 })
  expect(house.store.rounds.question(changed.id)).toMatchObject({ judged: 1, root: questions[2] })
})

test('the judged answers of a question are those of all rounds, newest first, and mended stays mended', () => {
  const [question] = past(2)
  judge(question!, false)
  judge(question!, true, 'staff:ben')
  const first = begin().id
  house.store.rounds.failed(house.store.rounds.next(first)!.question.id, 'Error')
  const again = answer(first).id
  house.pass(1)
  judge(again, null)
  const second = begin().id
  house.store.rounds.failed(house.store.rounds.next(second)!.question.id, 'Error')
  const next = house.store.rounds.next(second)!.question.id
  expect(house.store.rounds.before(next)).toMatchObject({
    mended: false,
    answers: [
      { turn: again, right: null, trace: { turn: again } },
      { turn: question, right: false, trace: { turn: question } },
    ],
  })
  answer(second, { labelsOf: null, mended: true })
  expect(house.store.rounds.before(next).mended).toBe(true)
})

test('stopped it goes on where it was; nothing to ask is refused', () => {
  expect(begin).toThrow(/no judged question/)
  const questions = past(3)
  judge(questions[0]!, true)
  const { id } = begin()
  answer(id)
  house.store.rounds.stop(id, 'staff:ann')
  expect(house.store.rounds.underWay()).toBeNull()
  house.store.rounds.goOn(id, 'staff:ann')
  expect(house.store.rounds.underWay()).toMatchObject({ id })
  answer(id)
  answer(id)
  expect(() => house.store.rounds.goOn(id, 'staff:ann')).toThrow(/has its answer/)
})

test('a question whose text was erased meanwhile has failed, and nothing of its text was kept elsewhere', () => {
  const { turn } = live('My secret question')
  judge(turn, true)
  const { id } = begin()
  house.connection.exec('PRAGMA foreign_keys = ON; DELETE FROM bodies')
  expect(house.store.rounds.next(id)).toBeNull()
  expect(house.store.rounds.get(id)).toMatchObject({ state: 'done', counts: { failed: 1 } })
})
