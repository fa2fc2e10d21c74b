import fc from 'fast-check'
import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import type { Trace } from '../../server/types.ts'
import { evidenceOf } from './evidence.ts'
import { MarkedMarkdown } from '../components/marked-markdown.tsx'
import { draftSentences, MarkedText } from './marked-text.tsx'
import { ofHundred, thresholdWords } from './words.ts'
import { columnsOf } from './verdict-chart.tsx'

const words = (html: string): string => html.replace(/<[^>]+>/g, '')
const marked = (html: string): string[] => Array.from(html.matchAll(/<mark[^>]*>(.*?)<\/mark>/gs), (m) => words(m[1]!))

const passage = (text: string, start: number): Trace['hits'][number] => ({
  passage: {
    id: `r:${start}`,
    revision: 'r',
    article: 'fees',
    title: 'Fees',
    topic: null,
    tier: 'all',
    headings: [],
    text,
    start,
    end: start + text.length,
  },
  score: 1,
  cosine: null,
  bm25: null,
})
const claim = (index: number, start: number, end: number) => ({
  index,
  start: 0,
  end: 1,
  text: '',
  evidence: [{ article: 'fees', revision: 'r', title: 'Fees', start, end, quote: 'quote' }],
})

test('words that two claims rest on are marked once, for both', () => {
  const { cited } = evidenceOf({ hits: [passage('0123456789', 100)], claims: [claim(0, 102, 106), claim(1, 104, 108)], quotation: null })
  expect(cited[0]!.marks).toEqual([
    { start: 2, end: 4, claims: ['w0'] },
    { start: 4, end: 6, claims: ['w0', 'w1'] },
    { start: 6, end: 8, claims: ['w1'] },
  ])
})

test('evidence outside every passage that was found is shown by its own words', () => {
  const { cited, others } = evidenceOf({ hits: [passage('0123456789', 100)], claims: [claim(0, 500, 505)], quotation: null })
  expect(cited.map((p) => p.text)).toEqual(['quote'])
  expect(others).toHaveLength(1)
})

test('marks stand on exactly the words of the source, also in a table', () => {
  const source = 'The **fee** is\n\n| Card | Fee |\n|---|---|\n| Debit | £5 |\n'
  const at = (s: string) => ({ start: source.indexOf(s), end: source.indexOf(s) + s.length, claims: ['w0'] })
  const html = renderToString(MarkedMarkdown({ source, marks: [at('fee'), at('£5')] }))
  expect(marked(html)).toEqual(['fee', '£5'])
})

test('marking loses no word, whatever is marked', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('fee', 'card', '£5', 'a', 'the'), { minLength: 1, maxLength: 12 }),
      fc.nat(40),
      fc.nat(40),
      (list, a, b) => {
        const source = list.join(' ')
        const marks = [{ start: Math.min(a, b), end: Math.max(a, b), claims: ['w0'] }]
        expect(words(renderToString(MarkedMarkdown({ source, marks })))).toBe(source)
      },
    ),
  )
})

test('markup in an article or an answer shows as text and does nothing', () => {
  const html = renderToString(MarkedMarkdown({ source: 'Hi <script>alert(1)</script> [x](javascript:alert(1))', marks: [] }))
  expect(html).not.toContain('<script')
  expect(html).not.toContain('javascript:')
  expect(renderToString(MarkedText({ text: '<img src=x>', sentences: [] }))).not.toContain('<img')
})

test('a sentence is as good as its worst finding', () => {
  const finding = (result: 'passed' | 'doubtful' | 'failed') => ({ check: 'c', claim: 0, result, why: `it ${result}` })
  const sentences = draftSentences({ claims: [claim(0, 0, 1)], findings: [finding('passed'), finding('failed'), finding('doubtful')] })
  expect(sentences[0]).toMatchObject({ result: 'failed', why: ['it failed', 'it doubtful'] })
})

test('no confidence is ever shown as certain, and a threshold above 1 in words', () => {
  expect(ofHundred(0.83)).toBe(83)
  expect(ofHundred(1)).toBe(99)
  expect(thresholdWords(2, 'written')).toBe('quotations only')
  expect(thresholdWords(2, 'quoted')).toBe('never by itself')
})

test('the chart has every hour, also those in which nothing was asked', () => {
  const now = Date.UTC(2026, 0, 5, 9, 30)
  const columns = columnsOf('day', [{ at: Date.UTC(2026, 0, 5, 9), verdict: 'caveat', count: 3 }], now)
  expect(columns).toHaveLength(24)
  expect(columns.at(-1)).toMatchObject({ at: Date.UTC(2026, 0, 5, 9), sent: 3, held: 0 })
})
