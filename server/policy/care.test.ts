import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CareEvent } from '../care-types.ts'
import { care, careOf, careWords, HALF_LIFE_MS, PERSON_FROM, raised } from './care.ts'
import type { RuleInput } from './rule.ts'

const NOW = 1e12
const event = fc.record({
  signal: fc.constantFrom('upset', 'rephrases', 'contradicts', 'thumbs-down', 'comes-back', 'asks-for-person', 'settled', 'unheard-of'),
  strength: fc.double({ min: 0, max: 1, noNaN: true }),
  at: fc.integer({ min: NOW - 3 * 86_400_000, max: NOW }),
})
const events = fc.array(event, { maxLength: 12 })

describe('care', () => {
  test('lies between 0 and 1, and nothing noticed is no care', () => {
    expect(careOf([], NOW)).toEqual({ value: 0, signs: [] })
    fc.assert(
      fc.property(events, (list) => {
        const { value } = careOf(list, NOW)
        expect(value).toBeGreaterThanOrEqual(0)
        expect(value).toBeLessThanOrEqual(1)
      }),
    )
  })
  test('one more sign never lowers it', () => {
    fc.assert(fc.property(events, event, (list, more) => careOf([...list, more], NOW).value >= careOf(list, NOW).value - 1e-12))
  })
  test('the order of signs does not matter', () => {
    fc.assert(fc.property(events, (list) => Math.abs(careOf(list, NOW).value - careOf(list.toReversed(), NOW).value) < 1e-9))
  })
  test('it fades: later it is never more, and one sign is halved in its half-life', () => {
    fc.assert(
      fc.property(events, fc.integer({ min: 0, max: 1e9 }), (list, ms) => careOf(list, NOW + ms).value <= careOf(list, NOW).value + 1e-12),
    )
    const once: CareEvent[] = [{ signal: 'upset', strength: 1, at: NOW }]
    expect(careOf(once, NOW + HALF_LIFE_MS).value).toBeCloseTo(careOf(once, NOW).value / 2)
  })
  test('a contradiction alone brings a person, one thumb down does not, both together with a repeat do', () => {
    const of = (...signals: string[]) =>
      careOf(
        signals.map((signal) => ({ signal, strength: 1, at: NOW })),
        NOW,
      ).value
    expect(of('contradicts')).toBeGreaterThanOrEqual(PERSON_FROM)
    expect(of('thumbs-down')).toBeLessThan(PERSON_FROM)
    expect(of('upset', 'rephrases')).toBeGreaterThanOrEqual(PERSON_FROM)
  })
})

test('a raised threshold is never lower than the usual one, never above certainty, and "never" stays', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(fc.property(share, share, (threshold, value) => raised(threshold, value) >= threshold && raised(threshold, value) <= 1 + 1e-12))
  expect(raised(2, 0.5)).toBe(2)
})

describe('the rule', () => {
  const sure = (value: number) => ({ value, contributions: [] })
  const input = (value: number, more: Partial<RuleInput> = {}): RuleInput => ({
    intake: { question: 'q', language: 'en', signals: [], care: { value, signs: ['rephrases', 'upset'] } },
    scope: { topic: 'fees', similarity: 1, rule: 'allowed', why: '', urgent: null, amount: null, outOfScope: false },
    evidence: { blocks: [], signals: {}, enough: true },
    abstained: false,
    findings: [],
    concerns: [],
    confidence: { written: sure(0.85), quoted: null },
    threshold: { written: 0.88, quoted: 0.9 },
    barred: { written: null, quoted: null },
    form: null,
    ...more,
  })
  test('says why an answer that would have gone out is held', () => {
    const said = care.judge(input(0.4, { usual: { written: 0.8, quoted: 0.85 } }))
    expect(said).toEqual({
      verdict: 'hold',
      why: 'The customer asks the same again and sounds upset, so 88 in 100 are asked for instead of 80.',
    })
  })
  test('is silent while care changes nothing', () => {
    expect(care.judge(input(0.4, { form: 'written' }))).toBeNull()
    expect(care.judge(input(0.4, { usual: null }))).toBeNull()
    expect(care.judge(input(0))).toBeNull()
  })
  test('much care holds what would go out, and hands over what the documents do not answer', () => {
    expect(care.judge(input(0.8, { form: 'written' }))?.verdict).toBe('hold')
    expect(care.judge(input(0.8, { evidence: { blocks: [], signals: {}, enough: false } }))?.verdict).toBe('escalate')
  })
  test('who is upset is never told that nothing was found: a person takes over', () => {
    const nothing = { blocks: [], signals: {}, enough: false }
    const intake = { ...input(0.5).intake, signals: [{ signal: 'upset', strength: 0.7, why: 'The customer sounds upset.' }] }
    expect(care.judge(input(0.5, { intake, evidence: nothing }))?.verdict).toBe('escalate')
    expect(care.judge(input(0.5, { evidence: nothing }))?.verdict).not.toBe('escalate')
  })
})

test('several signs are named as one would say them', () => {
  expect(careWords({ value: 1, signs: ['contradicts', 'upset', 'rephrases'] })).toBe(
    'was told otherwise elsewhere, sounds upset and asks the same again',
  )
})
