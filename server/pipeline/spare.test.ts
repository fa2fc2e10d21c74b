import { expect, test } from 'vitest'
import type { GroundedClaim } from '../checks/check.ts'
import { confidenceOf, SHIPPED } from '../policy/confidence.ts'
import type { Finding, Trace } from '../types.ts'
import { writtenSignals } from './score.ts'
import { spareOf } from './spare.ts'

/** Signals at the end that is best, or worst, for the confidence. */
const signals = (form: 'written' | 'quoted', best: boolean): Record<string, number> =>
  Object.fromEntries(Object.entries(SHIPPED.forms[form].signals).map(([name, s]) => [name, s.weight > 0 === best ? s.max : s.min]))
const traceOf = (best: boolean) =>
  ({
    intake: { question: 'fees', language: 'en', signals: [] },
    evidence: { blocks: [], signals: { ...signals('written', best), ...signals('quoted', best) }, enough: true },
    draft: { text: 'The fee is £5.', signals: signals('written', best) },
    findings: [],
  }) as unknown as Trace
const claim = (copied: number) => ({ index: 0, support: { copied } }) as unknown as GroundedClaim
const supported: Finding = { check: 'evidence', claim: 0, result: 'passed', why: '', signals: { coverage: 1, bigram: 1 } }

test('a draft that failed a check is hopeless', () => {
  expect(spareOf(traceOf(true), [claim(0)], [{ ...supported, result: 'failed' }], SHIPPED)?.why).toContain('failed')
})

test('one that could be sent, but is no copy, is asked about', () => {
  expect(spareOf(traceOf(true), [claim(0)], [supported], SHIPPED)).toBeNull()
})

test('a copy of what would be quoted without a doubt is certain, and counts as agreed', () => {
  const finding = spareOf(traceOf(true), [claim(1)], [supported], SHIPPED)?.finding
  expect(finding?.signals?.opinion).toBeGreaterThan(SHIPPED.forms.written.signals['opinion']!.max)
  expect(spareOf(traceOf(false), [claim(1)], [supported], SHIPPED)?.finding).toBeUndefined()
})

test('what is spared as hopeless stays below an even chance, whatever the model would have said', () => {
  const trace = traceOf(false)
  expect(spareOf(trace, [claim(0)], [supported], SHIPPED)).not.toBeNull()
  for (const opinion of [-12, 0, 12]) {
    const said = { ...writtenSignals({ ...trace, findings: [supported] }), opinion }
    expect(confidenceOf('written', said, SHIPPED).value).toBeLessThan(0.5)
  }
})
