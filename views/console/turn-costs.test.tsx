import { render } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { Costs, CutNotice } from './turn-costs.tsx'

test('what was not needed says why instead of a time, and what asks no model shows no tokens', () => {
  const costs = [
    { step: 'writing', ms: 4200, read: 60, cached: 400, written: 21 },
    { step: 'names', ms: 3, read: 0, cached: 0, written: 0 },
    { step: 'second-opinion', ms: 0, read: 0, cached: 0, written: 0, skipped: 'Another check has failed already.' },
  ]
  const text = render(<Costs trace={{ costs }} />).replace(/<[^>]+>/g, ' ')
  expect(text).toMatch(/Writing\s+4\.2 s\s+60\s+400\s+21/)
  expect(text).toMatch(/Names\s+3 ms\s+–\s+–\s+–/)
  expect(text).toMatch(/Second opinion\s+not run\s+–\s+–\s+–\s+Another check has failed already\./)
})

test('turns from before costs were counted have no such card, and uncut drafts no such notice', () => {
  expect(render(<Costs trace={{}} />)).toBe('')
  expect(render(<CutNotice draft={null} />)).toBe('')
})
