import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Message } from '../../server/conversation-types.ts'
import type { Citation, Sentence } from '../../server/types.ts'
import { renderPart } from '../layout.tsx'
import { texts } from '../texts/en.ts'
import { Answer } from './answer.tsx'
import { paragraphs } from './paragraphs.ts'

const fee: Citation = {
  article: 'fees',
  revision: 'r1',
  title: 'What a transfer costs',
  start: 10,
  end: 30,
  quote: '| Over £1,000 | £9.50 |',
}
const rate: Citation = { ...fee, start: 40, end: 60, quote: 'The rate has a margin of 2.4%.' }

function message(text: string, cited: [string, Citation[]][], more: Partial<Message> = {}): Message {
  const sentences: Sentence[] = cited.map(([words, citations]) => {
    const start = text.indexOf(words)
    return { start, end: start + words.length, citations }
  })
  return {
    id: 'm1',
    conversation: 'c1',
    seq: 2,
    author: 'vouch',
    kind: 'answer',
    turn: 't1',
    text,
    sentences,
    citations: sentences.flatMap(({ citations }) => citations),
    verdict: 'send',
    form: 'written',
    by: null,
    at: 0,
    feedback: null,
    ...more,
  }
}

const shown = (given: Message): string => renderPart(<Answer message={given} />)
const plain = (html: string): string => html.replaceAll(/<[^>]*>/g, '')

describe('a written answer', () => {
  const answer = message('It costs £9.50. The margin is 2.4%. Ask us.', [
    ['It costs £9.50.', [fee]],
    ['The margin is 2.4%.', [rate, fee]],
    ['Ask us.', []],
  ])

  test('shows behind each sentence what it rests on, and the same passage always has the same number', () => {
    const html = shown(answer)
    const behind = html.split('class="sentence"').slice(1)
    expect(behind.map((part) => [...part.split('class="sources"')[0]!.matchAll(/class="cite"[^>]*>(\d+)</g)].map(([, n]) => n))).toEqual([
      ['1'],
      ['1', '2'],
      [],
    ])
    expect(html).toContain('href="/sources/m1/2#evidence-cited"')
  })

  test('names each document once', () => {
    expect(shown(answer).match(/class="source"/g)).toHaveLength(1)
  })

  test('sets its caveat apart, and says it once', () => {
    const html = shown({ ...answer, text: `${answer.text}\n\n${texts.answer.caveat}`, verdict: 'caveat' })
    expect(html.split(texts.answer.caveat)).toHaveLength(2)
    expect(html).toContain('class="caveat"')
  })

  test('shows no measure of its own certainty', () => {
    expect(plain(shown(answer)).replaceAll('2.4%', '')).not.toMatch(/%|confiden|score/i)
  })
})

describe('a quotation', () => {
  const row = 'Amount: Over £1,000; App: £9.50'
  const text = `From “What a transfer costs”:\n\nThe fee depends on the amount. ${row}\n\nThe rate has a margin of 2.4%.`
  const html = shown(
    message(
      text,
      [
        [row, [fee]],
        ['The rate has a margin of 2.4%.', [rate]],
      ],
      { form: 'quoted' },
    ),
  )

  test('has our words outside and the words of the document inside', () => {
    const [ours, theirs] = html.split('<blockquote')
    expect(ours).toContain('From “What a transfer costs”:')
    expect(theirs).toContain('<q>The rate has a margin of 2.4%.</q>')
    expect(theirs).toContain('<q>The fee depends on the amount.</q>')
  })

  test('shows the row of a table as labelled cells', () => {
    expect(html).toContain('<dt>Amount</dt><dd>Over £1,000</dd>')
    expect(html).toContain('<dt>App</dt><dd>£9.50</dd>')
  })
})

test('rows of one table that follow one another are one table, each with its source', () => {
  const second: Citation = { ...fee, start: 31, end: 39, quote: '| Up to £1,000 | £6 |' }
  const rows: [string, Citation[]][] = [
    ['Amount: Over £1,000; App: £9.50', [fee]],
    ['Amount: Up to £1,000; App: £6', [second]],
  ]
  const html = shown(message(`From “Fees”:\n\n${rows[0]?.[0]}\n\n${rows[1]?.[0]}`, rows, { form: 'quoted' }))
  expect(html.match(/<table/g)).toHaveLength(1)
  expect(html.match(/<tr[^>]*class="sentence"/g)).toHaveLength(2)
  expect(html.match(/scope="col">Amount</g)).toHaveLength(1)
  expect(html).toContain('£9.50</td>')
  expect(html).toContain('£6</td>')
  expect(html).toContain('/sources/m1/2')
})

test('markup in the words of an answer, a title or a quotation stays words', () => {
  const evil = '<img src=x onerror=alert(1)>'
  for (const form of ['written', 'quoted'] as const) {
    const html = shown(message(`${evil} costs £1.`, [[`${evil} costs £1.`, [{ ...fee, title: evil }]]], { form }))
    expect(html).not.toContain('<img')
    expect(html).toContain('&lt;img')
  }
})

test('cutting an answer into paragraphs and sentences loses no word, whatever the spans are', () => {
  const words = fc.string({ unit: fc.constantFrom('a', 'b', '. ', '\n', '\n\n', ' ') })
  const spans = fc.array(fc.record({ start: fc.nat(30), end: fc.nat(30), citations: fc.constant<Citation[]>([]) }))
  fc.assert(
    fc.property(words, spans, (text, sentences) => {
      const pieces = paragraphs(text, sentences).flat()
      expect(
        pieces
          .map((piece) => piece.text)
          .join('')
          .replaceAll(/\s/g, ''),
      ).toBe(text.replaceAll(/\s/g, ''))
    }),
  )
})

test('no quoted word goes missing where two rows stand in one paragraph', () => {
  const second: Citation = { ...fee, start: 31, end: 39, quote: '| Up to £1,000 | £6 |' }
  const rows: [string, Citation[]][] = [
    ['Amount: Over £1,000; Fee: £9.50', [fee]],
    ['Amount: Up to £1,000; Fee: £6', [second]],
  ]
  const html = plain(shown(message(`From “Fees”:\n\n${rows[0]?.[0]}\n${rows[1]?.[0]}`, rows, { form: 'quoted' })))
  expect(html).toContain('£9.50')
  expect(html).toContain('£6')
})
