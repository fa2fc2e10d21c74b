import { expect, test } from 'vitest'
import { jsonl } from './jsonl.ts'

test('a line is an article, its text as it is; a broken line does not stop the others', async () => {
  const lines = [
    '{"id": "a", "title": "A", "text": " # one\\n"}',
    '',
    'not json',
    '{"id": 7, "text": "two", "tier": "premier"}',
    '{"text": "nobody"}',
  ]
  const read = await jsonl.read(Buffer.from(lines.join('\n')))
  expect(read.documents).toEqual([
    { id: 'a', text: ' # one\n', meta: { title: 'A' } },
    { id: '7', text: 'two', meta: { tier: 'premier' } },
  ])
  expect(read.failures?.map(({ where, kind }) => [where, kind])).toEqual([
    ['line 3', 'malformed'],
    ['line 5', 'malformed'],
  ])
})
