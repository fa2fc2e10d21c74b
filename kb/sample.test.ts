import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { frontMatter } from './formats/markdown.ts'
import { metaOf } from './meta.ts'

const at = (path: string): URL => new URL(`sample/${path}`, import.meta.url)
const articles = readdirSync(at('documents')).map((file) => ({ file, ...frontMatter(readFileSync(at(`documents/${file}`), 'utf8')) }))
const questions = readFileSync(at('questions.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { id: string; question: string; type: string; gold_doc: string | null; must: string[] })
const scope = JSON.parse(readFileSync(at('scope.json'), 'utf8')) as {
  topics: { id: string; title: string; description: string; rule: string; examples: string[] }[]
  urgent: { id: string; text: string; examples: string[] }[]
}

test('every article says what it is, and for whom', () => {
  for (const { file, meta } of articles) {
    const read = metaOf(meta, {}, { title: '', topic: null, tier: 'all' })
    expect(read, file).toMatchObject({
      title: expect.stringMatching(/./),
      topic: expect.stringMatching(/./),
      owner: expect.stringMatching(/./),
    })
    expect(scope.topics.find((topic) => topic.id === (read as { topic: string }).topic)?.rule, file).toBe('allowed')
  }
})

test('links lead to articles that are there', () => {
  const files = new Set(articles.map(({ file }) => file))
  for (const { file, text } of articles)
    for (const link of text.matchAll(/\]\(([^)]+\.md)\)/g)) expect(files.has(link[1] ?? ''), `${file}: ${link[1]}`).toBe(true)
})

test('no article falls due for years: what is past its date goes to a person, and a first look at Vouch would see little else', () => {
  for (const { file, meta } of articles)
    expect((metaOf(meta, {}, { title: '', topic: null, tier: 'all' }) as { review: string }).review > '2036', file).toBe(true)
})

test('no offer in it has ended', () => {
  for (const { file, text } of articles) expect(text, file).not.toMatch(/(?:until|by) \d{1,2} \w+ 2026/i)
})

test('questions point to articles, and their patterns are patterns', () => {
  expect(questions).toHaveLength(160)
  for (const { id, gold_doc, must } of questions) {
    if (gold_doc !== null)
      expect(
        articles.some(({ file }) => file === `${gold_doc}.md`),
        id,
      ).toBe(true)
    for (const pattern of must) expect(() => new RegExp(pattern, 'i'), id).not.toThrow()
  }
})

test('no example of the scope is a question of the regression set', () => {
  const known = new Set(questions.map(({ question }) => question.toLowerCase().replace(/\W+/g, ' ').trim()))
  const examples = [...scope.topics, ...scope.urgent].flatMap((topic) => topic.examples)
  expect(examples.filter((example) => known.has(example.toLowerCase().replace(/\W+/g, ' ').trim()))).toEqual([])
  expect(new Set(examples).size).toBe(examples.length)
})

test('an urgent text gives a number that stands in the articles, or that of the emergency services, and says that a person takes over', () => {
  const lines = articles.find(({ file }) => file === 'phone-lines.md')?.text ?? ''
  for (const { id, text } of scope.urgent) {
    const numbers = text.match(/(?:\+44|0)\d[\d ]{7,}\d/g) ?? []
    for (const number of numbers) expect(lines, id).toContain(number)
    expect(numbers.length > 0 || text.includes('999'), id).toBe(true)
    expect(text, id).toContain('takes over this conversation')
  }
})
