import { afterEach, beforeEach, expect, test } from 'vitest'
import { sha256 } from '../audit/entry.ts'
import { opened, told, WRONG } from './incident.fixture.ts'
import { temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

let at: TemporaryStore
let incident: string
let ben: string
beforeEach(() => {
  at = temporaryStore()
  incident = opened(at.store).id
  ben = `staff:${at.store.staff.create({ name: 'Ben', passwordHash: 'x', roles: ['reviewer'] }, 'system').id}`
})
afterEach(() => at.remove())

const LETTER = { wrong: WRONG.wrong, right: 'It costs £12.', why: '', toDo: '', text: 'What is right: It costs £12.', findings: [] }

function approved(): string {
  const { id, text } = at.store.corrections.write(incident, LETTER, 'staff:maya')
  at.store.corrections.propose(id, 'prop_1', 'staff:maya')
  at.store.corrections.approve(id, sha256(text), ben)
  return id
}

function sendAll(): void {
  const { corrections } = at.store
  for (let [next] = corrections.waiting(1); next; [next] = corrections.waiting(1))
    corrections.deliver(next.correction, next.conversation, [])
}

test('nobody approves what they wrote, and only what was proposed is approved', () => {
  const { corrections } = at.store
  const { id, text } = corrections.write(incident, LETTER, 'staff:maya')
  expect(() => corrections.approve(id, sha256(text), ben)).toThrow(/a draft/)
  corrections.propose(id, 'prop_1', 'staff:maya')
  expect(() => corrections.approve(id, sha256(text), 'staff:maya')).toThrow(/somebody else/)
  expect(() => corrections.approve(id, sha256('another text'), ben)).toThrow(/not the text/)
  expect(() => corrections.begin(id, 'staff:maya')).toThrow(/approved/)
  corrections.approve(id, sha256(text), ben)
  expect(() => corrections.write(incident, LETTER, 'staff:maya')).toThrow(/approved already/)
})

test('each thread is told once, whatever it was told wrong there, and answer and correction lead to each other', () => {
  const first = told(at.store)
  const second = told(at.store, first.conversation)
  const other = told(at.store)
  at.store.incidents.addHits(incident, [first, second, other], 'staff:maya')
  at.store.incidents.putOut(incident, other.message, 'Not the same.', 'staff:maya')
  const id = approved()
  expect(at.store.corrections.begin(id, ben)).toBe(1)
  expect(at.store.incidents.get(incident)?.state).toBe('correcting')
  sendAll()
  sendAll()
  const messages = at.store.conversations.messages(first.conversation)
  const letter = messages.at(-1)!
  expect(letter).toMatchObject({ text: LETTER.text, corrects: [first.message, second.message].toSorted(), kind: 'notice' })
  expect(messages.filter((m) => m.corrects)).toHaveLength(1)
  expect(at.store.conversations.message(first.message)?.correctedBy).toBe(letter.id)
  expect(at.store.conversations.message(other.message)?.correctedBy).toBeUndefined()
  expect(at.store.outbox.due(100).filter((d) => d.message === letter.id)).toHaveLength(1)
  expect(at.store.incidents.get(incident)).toMatchObject({ state: 'corrected', correctedAt: at.now() })
  expect(at.store.corrections.deliver(id, first.conversation, [])).toBeNull()
  expect(at.store.log.verify()).toBeNull()
})

test('whoever is found later is told by the same approval; a thread that was told is not told again', () => {
  const first = told(at.store)
  at.store.incidents.addHits(incident, [first], 'staff:maya')
  const id = approved()
  at.store.corrections.begin(id, ben)
  sendAll()
  const again = told(at.store, first.conversation)
  const new1 = told(at.store)
  at.store.incidents.addHits(incident, [first, again, new1], 'staff:maya')
  expect(at.store.corrections.uncorrected(incident)).toBe(2)
  at.store.corrections.begin(id, ben)
  sendAll()
  expect(at.store.corrections.counts(id)).toMatchObject({ threads: 2, sent: 2 })
  expect(at.store.conversations.messages(first.conversation).filter((m) => m.corrects)).toHaveLength(1)
  expect(at.store.conversations.message(again.message)?.correctedBy).toBeDefined()
})

test('nothing is sent to those who were found for another statement than the letter puts right', () => {
  const { store } = at
  const first = told(store)
  store.incidents.addHits(incident, [first], 'staff:maya')
  const { version, ...facts } = store.incidents.get(incident)!
  store.incidents.describe(incident, { ...facts, wrong: 'A lost card costs £9.' }, version, 'staff:maya')
  const { id, text } = store.corrections.write(incident, { ...LETTER, wrong: 'A lost card costs £9.' }, 'staff:maya')
  store.corrections.propose(id, 'prop_1', 'staff:maya')
  store.corrections.approve(id, sha256(text), ben)
  expect(() => store.corrections.begin(id, ben)).toThrow(/Look again/)
  store.incidents.addHits(incident, [told(store)], 'staff:maya')
  expect(store.corrections.begin(id, ben)).toBe(1)
  expect(store.corrections.recipients(id).map((r) => r.conversation)).not.toContain(first.conversation)
})

test('opened is noted once, and by whom; reminders go by the other ways alone', () => {
  at.store.incidents.addHits(incident, [told(at.store)], 'staff:maya')
  const id = approved()
  at.store.corrections.begin(id, ben)
  sendAll()
  const { message, conversation } = at.store.corrections.recipients(id)[0]!
  at.store.corrections.remind(id, conversation, ['email'], ben)
  expect(at.store.outbox.due(100, ['email'])).toMatchObject([{ message, channel: 'email' }])
  expect(at.store.outbox.due(100, ['portal']).filter((d) => d.message === message)).toHaveLength(1)
  at.store.corrections.opened(message!, 'portal')
  at.pass(1000)
  at.store.corrections.opened(message!, 'api')
  expect(at.store.corrections.recipients(id)[0]).toMatchObject({ openedBy: 'portal', openedAt: at.now() - 1000, reminders: 1 })
  at.store.corrections.called(id, conversation, 'She knew.', ben)
  expect(at.store.corrections.recipients(id)[0]?.called).toMatchObject({ note: 'She knew.' })
})

test('the log says which draft another one takes the place of', () => {
  const first = at.store.corrections.write(incident, LETTER, 'staff:maya')
  at.store.corrections.write(incident, LETTER, 'staff:maya')
  expect(at.store.corrections.get(first.id)?.state).toBe('withdrawn')
  expect(at.store.log.tail()).toMatchObject({ type: 'correction.written', data: { instead: first.id } })
})
