/** A long history, as customers and staff would have made it: every turn goes through the store, so that pages and searches meet what they meet in a firm. */
import { setImmediate as breathe } from 'node:timers/promises'
import type { Context } from '../../server/context.ts'
import { answerQuestion } from '../../server/pipeline/answer-question.ts'
import { answerOf, toRecord } from '../../server/pipeline/decide.ts'
import type { Ports } from '../../server/pipeline/ports.ts'
import type { Review } from '../../server/conversation-types.ts'
import type { Channel, Trace, Verdict } from '../../server/types.ts'

export interface HistoryOptions {
  turns: number
  /** What customers ask; each is answered once from the articles in force, and said again with other words around it. */
  questions: string[]
  random: () => number
  /** ms since the epoch: sets the clock that the context was given. */
  setClock: (at: number) => void
  from: number
  until: number
  onProgress?: (done: number, of: number) => void
  /** Answers that are told instead now and then, each in this many conversations. */
  planted?: { text: string; times: number }[]
}

const SHARES: [Verdict, number][] = [
  ['send', 0.62],
  ['caveat', 0.08],
  ['hold', 0.14],
  ['decline', 0.11],
  ['escalate', 0.05],
]
const OPENINGS = ['', 'Hi, ', 'Hello there. ', 'Good morning! ', 'Quick question: ', 'I could not find this anywhere. ', 'Me again. ']
const ENDINGS = [
  '',
  ' Thanks!',
  ' Please answer soon.',
  ' It is rather urgent.',
  ' I have tried the app already.',
  ' Thank you in advance.',
]

/** Message ids of the planted answers, by their text. Errors: those of the store. */
export async function makeHistory(context: Context, options: HistoryOptions): Promise<Map<string, string[]>> {
  const { turns, random, setClock, from, until } = options
  const templates = await answered(context, options.questions)
  const plan = planOf(options)
  const told = new Map<string, string[]>()
  const staff = context.store.staff.list().map((s) => s.id)
  let conversation: { id: string; left: number; tier: string; channel: Channel } | null = null
  for (let n = 0; n < turns; n++) {
    setClock(from + Math.floor(((until - from) * n) / turns))
    if (!conversation || conversation.left-- <= 0) conversation = newConversation(context, random)
    const template = templates[Math.floor(random() * templates.length)] as Trace
    const planted = plan.get(n)
    const message = oneTurn(context, { template, planted, conversation: conversation.id, staff, random })
    if (planted !== undefined) told.set(planted, [...(told.get(planted) ?? []), message])
    const state = context.store.conversations.get(conversation.id)?.state
    if (state !== 'machine') {
      if (random() < 0.7) context.store.conversations.setState(conversation.id, 'closed', null, 'system', 'settled')
      conversation = null
    }
    if (n % 50 === 49) {
      options.onProgress?.(n + 1, turns)
      await breathe()
    }
  }
  return told
}

/** Each question answered from the articles, without the model: the quotation alone. */
export async function answered({ ports, store }: Context, questions: string[]): Promise<Trace[]> {
  const traces: Trace[] = []
  const customer = store.customers.create('standard', 'system')
  const quiet: Ports = {
    ...ports,
    threshold: (segment, form) => ({ ...ports.threshold(segment, form), value: form === 'written' ? 2 : 0.5 }),
    record: ({ trace }) => {
      traces.push(trace)
      return { result: 'recorded' }
    },
    onStage: () => {},
  }
  for (const text of questions) {
    const ask = { turn: 'none', conversation: 'none', customer, channel: 'portal' as const, text, history: [] }
    await answerQuestion(ask, quiet, new AbortController().signal)
  }
  return traces
}

function newConversation({ store }: Context, random: () => number): { id: string; left: number; tier: string; channel: Channel } {
  const tier = random() < 0.15 ? 'premier' : 'standard'
  const channel: Channel = random() < 0.7 ? 'portal' : 'api'
  const customer = store.customers.create(tier, 'system')
  const { id } = store.conversations.create({ customer: customer.id, channel, tier })
  return { id, left: Math.floor(random() * 5), tier, channel }
}

interface Turn {
  template: Trace
  planted: string | undefined
  conversation: string
  staff: string[]
  random: () => number
}

/** The id of the message that the customer was told. */
function oneTurn(context: Context, { template, planted, conversation, staff, random }: Turn): string {
  const { store, ports } = context
  const question = `${pick(OPENINGS, random)}${template.question}${pick(ENDINGS, random)}`
  const { turn } = store.turns.start({ conversation, text: question })
  const verdict = planted === undefined ? drawn(random) : 'send'
  const told = verdict === 'send' || verdict === 'caveat'
  const confidence = Math.round((told ? 0.88 + 0.12 * random() : random() * 0.88) * 1000) / 1000
  const answer = planted === undefined ? answerOf('quoted', template) : { text: planted, citations: [], sentences: [] }
  const trace: Trace = {
    ...template,
    turn: turn.id,
    conversation,
    question,
    at: turn.at,
    channel: turn.channel,
    tier: turn.tier,
    confidence: { written: null, quoted: { value: confidence, contributions: [] } },
    decision: {
      ...template.decision,
      verdict,
      form: told ? 'quoted' : null,
      confidence,
      ...(told ? answer : { text: ports.texts.held, citations: [], sentences: [] }),
    },
  }
  const recorded = store.turns.record(toRecord(trace, { ...ports, record: () => ({ result: 'recorded' }), onStage: () => {} }))
  if (recorded.result !== 'recorded') throw new Error('An article changed while the history was made.')
  const message = recorded.messages[0]?.id ?? ''
  if (told && random() < 0.08) store.conversations.feedback(message, random() < 0.7 ? 'up' : 'down', null, 'system')
  const review = verdict === 'hold' ? store.reviews.ofTurn(turn.id) : null
  if (review && random() < 0.97) decide(context, review, template, pick(staff, random), random)
  return message
}

function decide({ store }: Context, review: Review, template: Trace, staff: string, random: () => number): void {
  const outcome = random() < 0.6 ? 'approved' : random() < 0.6 ? 'edited' : 'rejected'
  const answer = answerOf('quoted', template)
  const kind = outcome === 'rejected' ? ('notice' as const) : ('answer' as const)
  store.reviews.decide({
    review: review.id,
    staff,
    outcome,
    form: outcome === 'rejected' ? null : 'quoted',
    reason: outcome === 'rejected' ? 'It does not answer the question.' : null,
    message: { author: 'vouch', kind, ...(outcome === 'rejected' ? { text: 'A colleague will answer you.' } : answer), form: 'quoted' },
    trace: null,
  })
}

/** At which turn each planted answer is told. */
function planOf({ planted = [], turns, random }: HistoryOptions): Map<number, string> {
  const plan = new Map<number, string>()
  for (const { text, times } of planted)
    for (let i = 0; i < times;) {
      const at = Math.floor(random() * turns)
      if (plan.has(at)) continue
      plan.set(at, text)
      i++
    }
  return plan
}

function drawn(random: () => number): Verdict {
  let left = random()
  for (const [verdict, share] of SHARES) if ((left -= share) < 0) return verdict
  return 'send'
}

const pick = <T>(list: T[], random: () => number): T => list[Math.floor(random() * list.length)] as T
