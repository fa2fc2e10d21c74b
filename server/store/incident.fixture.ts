/** For tests: an incident about a wrong fee, and answers that customers were told. */
import type { Incident, NewHit, NewIncident } from './incident-types.ts'
import { recordOfTurn } from './temporary-store.ts'
import type { Store } from './types.ts'

export const WRONG: NewIncident = {
  origin: { from: 'answer', id: 'msg_1' },
  message: null,
  article: null,
  question: 'What does it cost?',
  wrong: 'A transfer costs £25.',
  right: '',
  source: null,
  spans: [{ article: 'fees', revision: 'r1', title: 'Fees', start: 0, end: 21, quote: 'A transfer costs £25.' }],
  kind: 'factual',
  severity: 'high',
  topic: 'payments',
  firstAt: null,
}

export const opened = ({ incidents }: Store, given: Partial<NewIncident> = {}): Incident =>
  incidents.open({ ...WRONG, ...given }, 'staff:maya')

/** A customer was told that it costs £25; in a new conversation unless one is given. */
export function told({ customers, conversations, turns }: Store, thread?: string): NewHit {
  const known = thread === undefined ? null : conversations.get(thread)
  const customer = known?.customer ?? customers.create('standard', 'system').id
  const conversation = known?.id ?? conversations.create({ customer, channel: 'portal', tier: 'standard' }).id
  const { turn } = turns.start({ conversation, text: 'a question' })
  const recorded = turns.record(recordOfTurn(turn, 'a question', 'It costs £25.'))
  const [message] = recorded.result === 'recorded' ? recorded.messages : []
  if (!message) throw new Error('The answer was not recorded.')
  return {
    message: message.id,
    conversation,
    customer,
    channel: 'portal',
    turn: turn.id,
    at: message.at,
    via: 'claim',
    score: 0.8,
    why: ['It says £25.'],
    said: { start: 0, end: 13 },
    delivered: null,
    seen: null,
    cameBack: null,
  }
}
