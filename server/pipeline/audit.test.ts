import { expect, test } from 'vitest'
import { SHIPPED } from '../policy/confidence.ts'
import { recordOfTurn } from '../store/temporary-store.ts'
import type { Decision, Trace } from '../types.ts'
import { scoredForms } from './audit.ts'
import type { Ports } from './ports.ts'

const identity = { id: 'model', sha256: 'abc', runtime: 'r' }

function ports(draws: number[]): Ports {
  const left = [...draws]
  return {
    clock: () => 7,
    random: () => left.shift() ?? 1,
    audit: () => ({ share: 0.05, second: 0.1 }),
    calibration: () => SHIPPED,
    checker: 'code',
    knowledge: { snapshot: () => 'articles' },
    model: { identity },
    embedder: { identity },
    relevance: { identity },
  } as unknown as Ports
}

function traced(decision: Partial<Decision>, trace: Partial<Trace> = {}): Trace {
  return recordOfTurn({ id: 'turn_1', conversation: 'conv_1' }, 'How much?', '£12.', {
    decision,
    trace: {
      evidence: { blocks: [], signals: { words: 0.4 }, enough: true },
      quotation: { text: 'It costs £12.', sentences: [], citations: [] },
      confidence: { written: { value: 0.9, contributions: [] }, quoted: { value: 0.7, contributions: [] } },
      findings: [],
      ...trace,
    },
  }).trace
}

test('what was sent is drawn with the share that the firm has set, and the other form was no candidate', () => {
  const { answers, judges } = scoredForms(traced({ verdict: 'send', form: 'written' }), ports([0.049, 0.5]))
  expect(judges).toBe(1)
  expect(answers).toMatchObject([
    { form: 'written', sent: true, eligible: true, drawn: true, probability: 0.05, confidence: 0.9, rival: null, at: 7 },
    { form: 'quoted', sent: false, eligible: true, drawn: false, probability: 0, rival: 0.9, rivalFrom: 0.8 },
  ])
  expect(scoredForms(traced({ verdict: 'send', form: 'written' }), ports([0.05])).answers[0]?.drawn).toBe(false)
})

test('what was held is drawn with the same probability, both its forms together, sometimes for two people', () => {
  const { answers, judges } = scoredForms(traced({ verdict: 'hold', form: null }), ports([0.01, 0.05]))
  expect(judges).toBe(2)
  expect(answers.map((a) => [a.form, a.drawn, a.probability])).toEqual([
    ['written', true, 0.05],
    ['quoted', true, 0.05],
  ])
})

test('an answer that no confidence could send is no candidate', () => {
  const failed = { check: 'numbers', claim: 0, result: 'failed', why: 'Another figure.' } as const
  const { answers } = scoredForms(traced({ verdict: 'hold', form: null }, { findings: [failed] }), ports([0.5]))
  expect(answers).toMatchObject([
    { form: 'written', eligible: false },
    { form: 'quoted', eligible: true, rival: null },
  ])
  const { scope } = traced({})
  const held = traced({ verdict: 'hold', form: null }, { scope: { ...scope, rule: 'approval' } })
  expect(scoredForms(held, ports([0.5])).answers.some((a) => a.eligible)).toBe(false)
})

test('where the documents answer nothing there is nothing to judge', () => {
  expect(
    scoredForms(traced({ verdict: 'decline', form: null }, { confidence: { written: null, quoted: null } }), ports([0])).answers,
  ).toEqual([])
})
