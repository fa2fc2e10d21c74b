import { expect, test } from 'vitest'
import { frontMatter } from './markdown.ts'

test('front matter is read, and what follows is kept to the letter', () => {
  expect(frontMatter('---\ntitle: "Fees: all"\nreview: 2027-08-31\n---\n\n# Fees \n\n  text\n')).toEqual({
    meta: { title: 'Fees: all', review: '2027-08-31' },
    text: '\n# Fees \n\n  text\n',
  })
  expect(frontMatter('---\n---\ntext')).toEqual({ meta: {}, text: 'text' })
})

test('a document without front matter is text from its first letter', () => {
  for (const text of ['# Fees\n', 'A\n---\nb: c\n---\n', '---\n\nOnce upon a time.\n\n---\nThe end.', '']) {
    expect(frontMatter(text)).toEqual({ meta: {}, text })
  }
})

test('front matter that can not be read is refused, never taken for text: it may say who must not see it', () => {
  expect(() => frontMatter('---\ntier: premier\n# Secret\n')).toThrow('no closing line')
  expect(() => frontMatter('---\ntier: [premier\n---\ntext')).toThrow('no valid YAML')
})
