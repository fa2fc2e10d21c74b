import { readFileSync, readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blocksOf } from './blocks.ts'
import type { Block } from './types.ts'

const blocks = (text: string): Block[] => blocksOf({ id: 'r', article: 'a', title: 'Title', text })
const texts = (text: string): string[] => blocks(text).map((block) => block.text)
const raw = (text: string): string[] => blocks(text).map((block) => text.slice(block.start, block.end))
const leadIns = (text: string): (string | null)[] => blocks(text).map(({ leadIn }) => leadIn && text.slice(leadIn.start, leadIn.end))

describe('prose', () => {
  test('is cut into sentences under their headings', () => {
    const found = blocks('# Fees\n\nA transfer is free. A cheque costs £8.\n\n## Abroad\n\nIt costs more.\n')
    expect(found.map((block) => [block.kind, block.headings, block.text])).toEqual([
      ['sentence', ['Fees'], 'A transfer is free.'],
      ['sentence', ['Fees'], 'A cheque costs £8.'],
      ['sentence', ['Fees', 'Abroad'], 'It costs more.'],
    ])
  })

  test('reads without marks, and cuts its words out of the source with them', () => {
    const text = 'Open **Cards** and see [the fees](fees.md) &amp; `limits`. _Done._'
    expect(texts(text)).toEqual(['Open Cards and see the fees & limits.', 'Done.'])
    expect(raw(text)).toEqual(['Open **Cards** and see [the fees](fees.md) &amp; `limits`.', '_Done._'])
  })

  test('goes on over a line that is only wrapped', () => {
    expect(texts('We answer within\nfive working days.')).toEqual(['We answer within five working days.'])
  })

  test('a sentence that never ends is cut', () => {
    const long = Array.from({ length: 500 }, (_, i) => `word${i}`).join(' ')
    expect(blocks(long).length).toBeGreaterThan(3)
    expect(texts(long).join(' ')).toBe(long)
  })
})

describe('lists', () => {
  test('an item knows the sentence that introduces it, and the list that it stands in', () => {
    const text = 'It depends.\nYou need:\n\n- a passport\n- proof of address\n'
    const items = blocks(text).filter((block) => block.kind === 'item')
    expect(items.map((item) => item.text)).toEqual(['a passport', 'proof of address'])
    expect(leadIns(text).slice(-2)).toEqual(['You need:', 'You need:'])
    expect(text.slice(items[0]?.around.start, items[0]?.around.end)).toBe('- a passport\n- proof of address')
  })

  test('an item of two sentences, or with items in it, stays together', () => {
    expect(texts('- **Shared**: you pay ours. This is usual.\n- Cards\n  - debit\n  - credit\n')).toEqual([
      'Shared: you pay ours. This is usual.',
      'Cards; debit; credit',
    ])
  })

  test('a long item is taken apart, and its parts keep the lead-in', () => {
    const sentence = `Some ${'word '.repeat(30).trim()}.`
    const text = `Mind this:\n\n1. ${sentence} ${sentence} ${sentence}\n2. Short.\n`
    expect(blocks(text).map((block) => block.kind)).toEqual(['sentence', 'item', 'item', 'item', 'item'])
    expect(leadIns(text).slice(1)).toEqual(Array(4).fill('Mind this:'))
  })
})

describe('tables', () => {
  const text = 'It costs:\n\n| Where | App | Branch |\n|---|---|---|\n| In **euros** | Free | £12 |\n| Elsewhere | £6 | |\n'

  test('a row reads with its header, and an empty cell says nothing', () => {
    const rows = blocks(text).filter((block) => block.kind === 'row')
    expect(rows.map((row) => row.text)).toEqual(['Where: In euros; App: Free; Branch: £12', 'Where: Elsewhere; App: £6'])
    expect(rows[0]).toMatchObject({ header: ['Where', 'App', 'Branch'], cells: ['In euros', 'Free', '£12'] })
    expect(text.slice(rows[0]?.start, rows[0]?.end)).toBe('| In **euros** | Free | £12 |')
    expect(leadIns(text).slice(1)).toEqual(['It costs:', 'It costs:'])
  })
})

describe('text that was never meant as Markdown', () => {
  test('keeps its words', () => {
    expect(texts('1998. A great year.')).toEqual(['1998.', 'A great year.'])
    expect(texts('4*5*6 is 120, and 2 * 3 is 6.')).toEqual(['4*5*6 is 120, and 2 * 3 is 6.'])
    expect(texts('    Somebody moved this to the right.')).toEqual(['Somebody moved this to the right.'])
    expect(texts('Dear <name>, your <b>card</b> is here.')).toEqual(['Dear <name>, your card is here.'])
    expect(texts('[1]: Smith')).toEqual(['[1]: Smith'])
    expect(texts(`A paragraph that is followed by a line of dashes${' and goes on'.repeat(12)}.\n---\nMore.`)).toHaveLength(2)
    expect(texts('```\nfirst line\nsecond line\n```')).toEqual(['first line', 'second line'])
  })

  const pieces = [
    'word',
    'Word.',
    '*',
    '_',
    '# ',
    '- ',
    '1. ',
    '12) ',
    '|',
    '\n',
    '\n\n',
    '    ',
    '> ',
    '`',
    '~~',
    '[',
    ']',
    '(x)',
    '&amp;',
    '<b>',
    '<',
    '\\',
    '---',
    '=',
  ]
  const markdown = fc
    .array(fc.constantFrom(...pieces), { maxLength: 40 })
    .map((parts) => parts.map((part, i) => part.replace(/^[wW]ord/, `$&${i}x`)).join(''))

  test('every word lies in a block, a heading or a header', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        const found = blocks(text)
        const shown = found.flatMap((block) => [text.slice(block.start, block.end), ...block.headings, ...(block.header ?? [])]).join('\n')
        // A heading with nothing below it is named by no block; what stands beside a fence is the name of a language.
        const heads = text.match(/^(?:[ >\-\d.)]*)#.*$|^.*\n *(?:>\s*)?[-=]+ *$|^.*(?:~~~|```).*$/gm)?.join('\n') ?? ''
        for (const word of text.match(/[wW]ord\d+x/g) ?? []) expect(`${shown}\n${heads}`).toContain(word)
      }),
      { numRuns: 2_000 },
    )
  })

  test('offsets lie in the text, in order, and cut out the words that the block reads', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        let last = 0
        for (const block of blocks(text)) {
          expect(block.start).toBeGreaterThanOrEqual(last)
          expect(block.end).toBeGreaterThan(block.start)
          expect(block.end).toBeLessThanOrEqual(text.length)
          expect(block.around.start).toBeLessThanOrEqual(block.start)
          expect(block.around.end).toBeGreaterThanOrEqual(block.end)
          const cut = text.slice(block.start, block.end)
          for (const word of block.cells?.join(' ').match(/[wW]ord\d+x/g) ?? block.text.match(/[wW]ord\d+x/g) ?? [])
            expect(cut).toContain(word)
          last = block.start
        }
      }),
      { numRuns: 2_000 },
    )
  })
})

test('every word of the sample articles below a heading stands in a block or a table header', () => {
  const dir = new URL('sample/documents/', import.meta.url)
  for (const file of readdirSync(dir)) {
    const text = readFileSync(new URL(file, dir), 'utf8').replace(/^---\n[\s\S]*?\n---\n/, '')
    const found = blocks(text)
    const covered = new Set(found.flatMap((block) => Array.from({ length: block.end - block.start }, (_, i) => block.start + i)))
    const headers = found.flatMap((block) => block.header ?? []).join(' ')
    for (const word of text.matchAll(/\p{L}+/gu)) {
      if (covered.has(word.index) || headers.includes(word[0])) continue
      expect(text.slice(text.lastIndexOf('\n', word.index) + 1)).toMatch(/^#/)
    }
  }
})
