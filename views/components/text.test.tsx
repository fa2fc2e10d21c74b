import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderPart } from '../layout.tsx'
import { Highlight, PlainText } from './text.tsx'

const words = (html: string): string =>
  html
    .replaceAll('<br/>', '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')

test('marking words never changes them, wherever the marks lie', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '£', '<', '&', '"', '\n', ' ') })
  const spans = fc.array(fc.record({ start: fc.integer({ min: -3, max: 30 }), end: fc.integer({ min: -3, max: 30 }) }))
  fc.assert(
    fc.property(text, spans, (given, marks) => {
      expect(words(renderPart(<Highlight text={given} spans={marks} />))).toBe(given)
    }),
  )
})

test('exactly the words that were named are marked', () => {
  const html = renderPart(
    <Highlight
      text="fees are £20 a day"
      spans={[
        { start: 9, end: 12 },
        { start: 11, end: 14 },
      ]}
    />,
  )
  expect(html).toBe('fees are <mark>£20 a</mark> day')
})

test('what a customer writes is shown as it was written: paragraphs, line breaks, and no markup', () => {
  expect(renderPart(<PlainText text={'one\ntwo\n\n<b>three</b>'} />)).toBe(
    '<div class="plain"><p>one<br/>two</p><p>&lt;b>three&lt;/b></p></div>',
  )
})
