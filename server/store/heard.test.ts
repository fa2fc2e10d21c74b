import { afterEach, beforeEach, expect, test } from 'vitest'
import { opened, told } from './incident.fixture.ts'
import { recordOfTurn, temporaryStore, type TemporaryStore } from './temporary-store.ts'

let at: TemporaryStore
beforeEach(() => {
  at = temporaryStore()
})
afterEach(() => at.remove())

function contradicted(conversation: string, text: string): void {
  const { turn } = at.store.turns.start({ conversation, text })
  const intake = { question: text, language: 'en', signals: [{ signal: 'contradicts', strength: 1, why: '' }] }
  at.store.turns.record(recordOfTurn(turn, text, 'A colleague takes over.', { trace: { intake } }))
}

test('what customers said against an answer stands with its incident: of those whom it reached, after they had it', () => {
  const { store } = at
  const [ann, ben, cy, dee] = [told(store), told(store), told(store), told(store)]
  const incident = opened(store, { message: ann.message })
  contradicted(ann.conversation, 'The branch said £12.')
  contradicted(dee.conversation, 'Something else.')
  at.pass(1000)
  store.reports.add({ message: ben.message, kind: 'factual', span: null, text: 'My letter says £12.' }, `customer:${ben.customer}`, null)
  expect(store.heard.of(incident.id)).toMatchObject([{ conversation: ann.conversation, how: 'contradicts', text: 'The branch said £12.' }])
  at.pass(1000)
  const later = told(store, cy.conversation)
  store.incidents.addHits(incident.id, [ann, ben, later], 'staff:maya')
  expect(store.heard.of(incident.id)).toMatchObject([
    { conversation: ann.conversation, how: 'contradicts' },
    { conversation: ben.conversation, how: 'report', text: 'My letter says £12.' },
  ])
  store.incidents.putOut(incident.id, ben.message, 'Another fee.', 'staff:maya')
  expect(store.heard.of(incident.id)).toHaveLength(1)
})
