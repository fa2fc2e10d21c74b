import { createHash } from 'node:crypto'
import { confidenceHash } from '../policy/confidence.ts'
import { RULE_NAMES } from '../policy/index.ts'
import { CHECK_NAMES } from '../checks/index.ts'
import type { Ask, Stage, Trace } from '../types.ts'
import type { Ports } from './ports.ts'

/** A trace at the beginning of its turn; each step fills in its part. */
export function beginTrace(ask: Ask, ports: Ports): Trace {
  const models = [ports.model.identity, ports.embedder.identity, ports.relevance.identity]
  return {
    turn: ask.turn,
    conversation: ask.conversation,
    at: ports.clock(),
    channel: ask.channel,
    tier: ask.customer.tier,
    question: ask.text,
    intake: { question: ask.text, language: 'en', signals: [] },
    scope: { topic: 'general', similarity: null, rule: 'allowed', why: '', urgent: null, amount: null, outOfScope: false },
    hits: [],
    evidence: null,
    quotation: null,
    draft: null,
    claims: [],
    findings: [],
    confidence: { written: null, quoted: null },
    decision: {
      verdict: 'hold',
      form: null,
      confidence: 0,
      threshold: { written: 2, quoted: 2 },
      rules: [],
      text: '',
      citations: [],
      sentences: [],
    },
    timings: {},
    snapshot: ports.knowledge.snapshot(),
    models,
    rulebook: RULEBOOK,
  }
}

/** Changes whenever the weights of the confidence, the checks or the rules do. */
const RULEBOOK = createHash('sha256')
  .update(JSON.stringify([confidenceHash(), CHECK_NAMES, RULE_NAMES]))
  .digest('hex')

/** Announces a stage when it begins, and adds up the milliseconds that each took. */
export function stopwatch(ports: Ports, turn: string) {
  const taken: Record<string, number> = {}
  let current: Stage | null = null
  const time = async <T>(stage: Stage, step: () => T | Promise<T>): Promise<T> => {
    if (current !== stage) ports.onStage(turn, (current = stage))
    const from = ports.clock()
    try {
      return await step()
    } finally {
      taken[stage] = (taken[stage] ?? 0) + ports.clock() - from
    }
  }
  return Object.assign(time, { taken: () => taken })
}
