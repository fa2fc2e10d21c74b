import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { VERDICTS, type Finding, type Verdict } from '../types.ts'
import { confidenceOf, SHIPPED } from './confidence.ts'
import { chooseForm } from './form.ts'
import { judge, mostCautious } from './index.ts'
import type { RuleInput } from './rule.ts'

const sure = (value: number) => ({ value, contributions: [] })
const plain: RuleInput = {
  intake: { question: 'What does it cost?', language: 'en', signals: [] },
  scope: { topic: 'fees', similarity: 0.8, rule: 'allowed', why: 'It is about fees.', urgent: null, amount: null, outOfScope: false },
  evidence: { blocks: [], signals: {}, enough: true },
  abstained: false,
  findings: [],
  concerns: [],
  confidence: { written: sure(0.95), quoted: sure(0.9) },
  threshold: { written: 0.9, quoted: 0.8 },
  barred: { written: null, quoted: null },
  form: 'written',
}
const finding = (result: Finding['result']): Finding => ({ check: 'evidence', claim: 0, result, why: 'why' })

describe('the most cautious verdict wins', () => {
  test('whatever the order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...VERDICTS), { minLength: 1 }), (verdicts: Verdict[]) => {
        const worst = mostCautious(verdicts)
        expect(verdicts).toContain(worst)
        for (const v of verdicts) expect(VERDICTS.indexOf(worst)).toBeGreaterThanOrEqual(VERDICTS.indexOf(v))
      }),
    )
  })
  test('no verdict at all is a hold', () => expect(mostCautious([])).toBe('hold'))
})

describe('rules', () => {
  test('a sure answer is sent', () => expect(judge(plain).verdict).toBe('send'))
  test('an urgent matter goes to a person', () =>
    expect(judge({ ...plain, scope: { ...plain.scope, urgent: { case: 'x', text: 'Call us.' } } }).verdict).toBe('escalate'))
  test('who asks for a person gets one', () =>
    expect(
      judge({ ...plain, intake: { ...plain.intake, signals: [{ signal: 'asks-for-person', strength: 1, why: 'asked' }] } }).verdict,
    ).toBe('escalate'))
  test('a topic that a machine must not answer goes to a person', () =>
    expect(judge({ ...plain, scope: { ...plain.scope, rule: 'never' } }).verdict).toBe('escalate'))
  test('a topic that needs approval is held', () =>
    expect(judge({ ...plain, scope: { ...plain.scope, rule: 'approval' } }).verdict).toBe('hold'))
  test('a large amount is held', () => expect(judge({ ...plain, scope: { ...plain.scope, amount: 5000 } }).verdict).toBe('hold'))
  test('an urgent matter is called by its own name, whatever the topic beside it', () =>
    expect(judge({ ...plain, scope: { ...plain.scope, urgent: { case: 'Card stolen', text: 'Call us.' } } }).rules[0]?.why).toMatch(
      /^Urgent: “Card stolen”\./,
    ))
  test.each<[string, Partial<RuleInput>]>([
    ['names a large amount', { scope: { ...plain.scope, amount: 5000 } }],
    ['needs approval', { scope: { ...plain.scope, rule: 'approval' } }],
    ['is in another language', { intake: { ...plain.intake, language: 'de' } }],
    [
      'is in another language, and so looks out of scope',
      { intake: { ...plain.intake, language: 'fr' }, scope: { ...plain.scope, outOfScope: true } },
    ],
  ])('what %s goes to a person also when the documents say nothing of it', (_what, more) => {
    const nothing = { ...plain, ...more, evidence: { blocks: [], signals: {}, enough: false }, form: null }
    expect(judge(nothing).verdict).toBe('escalate')
    const thanks = { ...nothing.intake, signals: [{ signal: 'settled', strength: 1, why: 'thanks' }] }
    expect(judge({ ...nothing, evidence: null, intake: thanks }).verdict).toBe('decline')
  })
  test('“not in the documents” is not believed where the quotation is likely right', () => {
    const abstained = { ...plain, abstained: true, form: null, threshold: { written: 0.95, quoted: 0.92 } }
    expect(judge({ ...abstained, confidence: { written: null, quoted: sure(0.85) } }).verdict).toBe('hold')
    expect(judge({ ...abstained, confidence: { written: null, quoted: sure(0.4) } }).verdict).toBe('decline')
  })
  test('what is missing is said of the form that came nearest to its own threshold', () => {
    const held = {
      ...plain,
      form: null,
      threshold: { written: 0.95, quoted: 0.92 },
      confidence: { written: sure(0.94), quoted: sure(0.5) },
    }
    expect(judge(held).rules[0]?.why).toBe('Only about 94 in 100 such answers are right; 95 in 100 are asked for here.')
    const figureless = {
      ...held,
      confidence: { written: sure(0.1), quoted: sure(0.97) },
      evidence: { blocks: [], signals: { kindFound: -1 }, enough: true },
    }
    expect(judge(figureless).rules[0]?.why).toMatch(/asks for a price/)
  })
  test('an answer from an article past its date is held, and says which, however sure it is', () => {
    const concerns = [{ kind: 'expired', article: 'fees', title: 'Fees', review: '2026-01-31' } as const]
    const { verdict, rules } = judge({ ...plain, concerns })
    expect(verdict).toBe('hold')
    expect(rules.find((r) => r.rule === 'expired')?.why).toMatch(/“Fees” \(by 2026-01-31\)/)
  })
  test('an answer that another article contradicts is held, and both are named with what they say', () => {
    const concerns: RuleInput['concerns'] = [
      {
        kind: 'contradiction',
        says: [
          { article: 'fees', title: 'Fees', figure: '£10' },
          { article: 'cheques', title: 'Cheques', figure: '£8' },
        ],
      },
    ]
    const { verdict, rules } = judge({ ...plain, concerns })
    expect(verdict).toBe('hold')
    expect(rules.find((r) => r.rule === 'contradiction')?.why).toMatch(/“Fees” says £10, “Cheques” says £8/)
  })
  test('too little evidence is declined', () =>
    expect(judge({ ...plain, evidence: { blocks: [], signals: {}, enough: false }, form: null }).verdict).toBe('decline'))
  test('neither form sure enough is held', () => expect(judge({ ...plain, form: null }).verdict).toBe('hold'))
  test('two doubts make a caveat', () =>
    expect(judge({ ...plain, findings: [finding('doubtful'), finding('doubtful')] }).verdict).toBe('caveat'))
})

describe('what may not go out by itself', () => {
  const barred = { written: 'suspended', quoted: null } as const
  const form = chooseForm({ ...plain, barred })
  test('another form that may goes out instead', () => expect(form).toBe('quoted'))
  test('with neither allowed it is held, and says why', () => {
    const both = { ...plain, barred: { written: 'suspended', quoted: 'uncertified' } as const, form: null }
    expect(chooseForm(both)).toBe(null)
    expect(judge(both)).toMatchObject({ verdict: 'hold', rules: [{ rule: 'suspended', why: expect.stringContaining('turned out wrong') }] })
  })
  test('the rule holds whatever was chosen', () => expect(judge({ ...plain, barred, form: 'written' }).verdict).toBe('hold'))
  test('who is not sure enough is told that', () =>
    expect(judge({ ...plain, barred, form: null, confidence: { written: sure(0.2), quoted: sure(0.2) } }).rules[0]?.rule).toBe(
      'confidence',
    ))
})

describe('the form', () => {
  test('written when it is sure and clean', () => expect(chooseForm(plain)).toBe('written'))
  test('one failed finding, also of a broken check, rules the written form out', () =>
    expect(chooseForm({ ...plain, findings: [finding('failed')] })).toBe('quoted'))
  test('neither when neither is sure', () =>
    expect(chooseForm({ ...plain, confidence: { written: sure(0.5), quoted: sure(0.5) } })).toBe(null))
  test('a threshold above 1 never sends', () => expect(chooseForm({ ...plain, threshold: { written: 2, quoted: 2 } })).toBe(null))
})

test('confidence is a probability, and a missing signal never raises it', () => {
  for (const form of ['written', 'quoted'] as const) {
    const names = Object.keys(SHIPPED.forms[form].signals)
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...names), fc.double({ min: -50, max: 50, noNaN: true })),
        fc.constantFrom(...names),
        (signals, gone) => {
          const whole = confidenceOf(form, signals, SHIPPED).value
          const { [gone]: _, ...rest } = signals
          expect(whole).toBeGreaterThanOrEqual(0)
          expect(whole).toBeLessThanOrEqual(1)
          expect(confidenceOf(form, rest, SHIPPED).value).toBeLessThanOrEqual(whole + 1e-12)
        },
      ),
    )
  }
})
