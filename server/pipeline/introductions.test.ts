import { expect, test } from 'vitest'
import { blocksOf } from '../../kb/blocks.ts'
import { leadInOf } from './introductions.ts'

const TABLE = '| Plan | No heating |\n|---|---|\n| Boiler Care | Within 72 hours |\n'

const leadOfRow = (before: string): string | null => {
  const blocks = blocksOf({ id: 'r', article: 'a', title: 'Calling us out', text: `${before}\n\n${TABLE}` })
  return leadInOf(
    blocks.find((b) => b.kind === 'row')!,
    blocks,
  )
}

test('a row is introduced by the sentence before its table', () => {
  expect(leadOfRow('Report a breakdown in the app. We come as fast as this:')).toBe('We come as fast as this:')
  expect(leadOfRow('What does it cost?\n\nThe times are those of the plan.')).toBe('The times are those of the plan.')
})

test('the answer to a question that the article asks is no introduction: without the question it says something else', () => {
  expect(leadOfRow('The line is open every day. Smell of gas? Do not call us here: call the emergency line.')).toBeNull()
})
