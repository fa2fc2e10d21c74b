import { createHash } from 'node:crypto'
import { confidenceHash } from '../policy/confidence.ts'
import { RULE_NAMES } from '../policy/index.ts'
import { CHECK_NAMES } from '../checks/index.ts'
import type { ModelIdentity } from '../../models/types.ts'
import type { Fingerprint } from '../store/label-types.ts'
import type { Ask, Stage, Trace } from '../types.ts'
import type { Ports } from './ports.ts'
import { SYSTEM } from './write.ts'

/** A trace at the beginning of its turn; each step fills in its part. */
export function beginTrace(ask: Ask, ports: Ports): Trace {
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
    models: modelsOf(ports),
    rulebook: rulebookOf(ports),
    calibration: ports.calibration().version,
  }
}

/** Changes whenever the weights of the confidence, the checks or the rules do. */
const rulebookOf = (ports: Made): string => sha256([confidenceHash(ports.calibration()), CHECK_NAMES, RULE_NAMES, ports.checker])

type Made = Pick<Ports, 'knowledge' | 'model' | 'embedder' | 'relevance' | 'entailment' | 'calibration' | 'checker'>

/** Everything that has a part in an answer. */
const modelsOf = ({ model, embedder, relevance, entailment }: Made): ModelIdentity[] =>
  [model, embedder, relevance, ...(entailment ? [entailment] : [])].map((m) => m.identity)

/** What an answer would be made by now. */
export function fingerprintOf(ports: Made): Fingerprint {
  return {
    knowledge: ports.knowledge.snapshot(),
    models: sha256(modelsOf(ports).map(({ id, sha256: weights }) => [id, weights])),
    prompt: sha256(SYSTEM),
    checker: sha256([CHECK_NAMES, RULE_NAMES, ports.checker]),
    calibration: confidenceHash(ports.calibration()),
  }
}

const sha256 = (of: unknown): string => createHash('sha256').update(JSON.stringify(of)).digest('hex')

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
