import { expect, test } from 'vitest'
import type { Finding } from '../../server/types.ts'
import { renderPart } from '../layout.tsx'
import { Decide, UnsupportedDialog } from './review-decide.tsx'
import type { ReviewProps } from './review-item.tsx'

const TEXT = 'It costs £12. It takes two days.'

function page(second: Finding['result']): string {
  const claims = [
    { index: 0, start: 0, end: 13, text: 'It costs £12.', evidence: [] },
    { index: 1, start: 14, end: 32, text: 'It takes two days.', evidence: [] },
  ]
  const findings = [
    { check: 'evidence', claim: 0, result: 'passed', why: '' },
    { check: 'evidence', claim: 1, result: second, why: '' },
  ]
  const props = {
    review: { id: 'rev_1', state: 'open' },
    trace: { draft: { text: TEXT }, quotation: null, claims, findings },
    position: { index: 1, total: 1, previous: null, next: null },
    query: '',
    lockedBy: null,
  } as unknown as ReviewProps
  return renderPart(
    <>
      <Decide {...props} />
      <UnsupportedDialog {...props} />
    </>,
  )
}

/** What the key A presses. */
const pressed = (html: string): string => /<(?:button|a)[^>]*data-key="a"[^>]*>/.exec(html)?.[0] ?? ''

test('what the articles support is approved with one key', () => {
  for (const result of ['passed', 'doubtful'] as const) {
    expect(pressed(page(result))).not.toContain('data-open')
    expect(page(result)).not.toContain('<dialog')
  }
})

test('what they do not support is approved with none: the sentence is named, and the reviewer says that it is right', () => {
  const html = page('failed')
  expect(pressed(html)).toContain('data-open="unsupported"')
  const [bar, dialog] = html.split('<dialog')
  expect(bar).not.toContain('value="approved"')
  expect(dialog).toContain('<li>It takes two days.</li>')
  expect(dialog).not.toContain('<li>It costs £12.</li>')
  expect(dialog).toContain('value="approved"')
})
