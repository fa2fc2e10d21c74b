import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { knownWords } from './known-words.ts'

test('it knows ordinary words and no slips of them; without files it knows none', () => {
  const words = knownWords(resolve(process.env['MODELS_DIR'] ?? 'models/weights'))
  for (const word of ['wages', 'salary', 'texas', 'limit']) expect(words.has(word), word).toBe(true)
  for (const word of ['adress', 'limmit', 'recieve', 'tomorow', 'acount']) expect(words.has(word), word).toBe(false)
  expect(knownWords('/nowhere').size).toBe(0)
})
