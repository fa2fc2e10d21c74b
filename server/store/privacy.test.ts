import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { recordOfTurn, temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

const MARK = 'PERSONALWORDS'
let at: TemporaryStore
beforeEach(() => {
  at = temporaryStore()
})
afterEach(() => at.remove())

/** Everything that was written so far, write-ahead logs too. */
const bytes = (): Buffer =>
  Buffer.concat([at.dataDir, at.keysDir].flatMap((folder) => readdirSync(folder).map((file) => readFileSync(join(folder, file)))))

/** One of everything that takes a customer's words. */
function sayEverything(): { conversation: string; turn: string; review: string } {
  const { store } = at
  const customer = store.customers.forSubject(`${MARK}-subject`, 'standard')
  const { id: conversation } = store.conversations.create({ customer: customer.id, channel: 'portal', tier: 'standard' })
  const staff = store.staff.create({ name: 'Ada', passwordHash: 'hash', roles: ['reviewer'] }, 'system').id
  const { turn } = store.turns.start({ conversation, text: `${MARK} question ${'and more words '.repeat(200)}` })
  store.turns.record(
    recordOfTurn(turn, `${MARK} question`, `${MARK} answer`, {
      record: { review: { reason: `${MARK} amount`, due: 1 }, gap: true, handOver: true },
    }),
  )
  const review = store.reviews.ofTurn(turn.id)!.id
  const message = store.reviews.decide({
    review,
    staff,
    outcome: 'edited',
    form: 'written',
    reason: `${MARK} reason`,
    message: { author: 'staff', kind: 'answer', text: `${MARK} edit`, staff },
    trace: { claims: [{ index: 0, start: 0, end: 4, text: `${MARK} claim`, evidence: [] }], findings: [] },
  })
  store.conversations.feedback(message.id, 'down', `${MARK} feedback`, `customer:${customer.id}`)
  store.conversations.say({ conversation, author: 'staff', kind: 'answer', turn: null, text: `${MARK} said`, staff }, `staff:${staff}`)
  store.conversations.setState(conversation, 'person', staff, `staff:${staff}`, `${MARK} why`, { text: `${MARK} taken` })
  const other = store.turns.start({ conversation, text: `${MARK} second` })
  store.turns.end(other.turn.id, 'failed', `${MARK} error`, `${MARK} notice`)
  store.staff.noteSignIn(`${MARK}-typed-into-the-name-field`, false)
  store.idempotency.begin(`${MARK}-key`, 'key_1', 'hash')
  return { conversation, turn: turn.id, review }
}

test('no personal word lies in plain in any file', () => {
  sayEverything()
  expect(bytes().includes(MARK)).toBe(false)
  at = at.reopen()
  expect(bytes().includes(MARK)).toBe(false)
})

test('with the keys all of it can be read', () => {
  const { conversation, turn, review } = sayEverything()
  at = at.reopen()
  const { store } = at
  const texts = store.conversations.messages(conversation).map((m) => m.text.replace(/ (and more words )+$/, ''))
  expect(texts).toEqual(['question', 'answer', 'edit', 'said', 'taken', 'second', 'notice'].map((word) => `${MARK} ${word}`))
  expect(store.conversations.list({ limit: 1 })[0]?.lastText).toBe(`${MARK} notice`)
  expect(store.turns.trace(turn)?.question).toBe(`${MARK} question`)
  expect(store.reviews.get(review)?.reason).toBe(`${MARK} amount`)
  const [customer] = [store.conversations.get(conversation)!.customer]
  expect(store.customers.subjectOf(customer)).toBe(`${MARK}-subject`)
  expect(store.customers.forSubject(`${MARK}-subject`, 'standard').id).toBe(customer)
})

test('a text cannot be put in the place of another', () => {
  const { conversation } = sayEverything()
  at.connection.exec('DROP TRIGGER bodies_no_update')
  const [first, second] = at.connection.prepare<[], { body: string }>('SELECT body FROM messages ORDER BY seq LIMIT 2').all()
  at.connection.prepare('UPDATE bodies SET sealed = (SELECT sealed FROM bodies WHERE id = ?) WHERE id = ?').run(first!.body, second!.body)
  expect(() => at.store.conversations.messages(conversation)).toThrow()
})

test('the words of another message, or the record of another turn, in the place of what was said is found', () => {
  const { turn } = sayEverything()
  const { log } = at.store
  expect(log.verify()).toBeNull()
  const [first, second] = at.connection
    .prepare<[], { id: string; body: string }>('SELECT id, body FROM messages ORDER BY seq LIMIT 2')
    .all()
  const swap = at.connection.prepare('UPDATE messages SET body = ? WHERE id = ?')
  swap.run(first!.body, second!.id)
  expect(log.verify()).toMatchObject({ damage: expect.stringContaining('words of its message') })
  swap.run(second!.body, second!.id)
  expect(log.verify()).toBeNull()
  at.connection.prepare('UPDATE turns SET trace = ? WHERE id = ?').run(first!.body, turn)
  expect(log.verify()).toMatchObject({ damage: expect.stringContaining('record of its turn') })
})

test('when a body was deleted, the list and the log still stand', () => {
  const { conversation, turn } = sayEverything()
  at.connection.exec('DELETE FROM bodies')
  expect(at.store.conversations.messages(conversation).map((m) => m.text)).toEqual(['', '', '', '', '', '', ''])
  expect(at.store.turns.trace(turn)).toBeNull()
  expect(at.store.log.verify()).toBeNull()
})

test('a customer is another in another tier, so that no key reaches what a better one wrote', () => {
  const { store } = at
  expect(store.customers.forSubject('anna', 'gold').id).not.toBe(store.customers.forSubject('anna', 'standard').id)
})
