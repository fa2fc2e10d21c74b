import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resolve } from 'node:path'
import { createEmbedder } from './embedder.ts'
import { CancelledError, ModelUnavailableError } from './errors.ts'
import type { Embedder } from './types.ts'

const modelsDir = resolve(process.env['MODELS_DIR'] ?? 'models/weights')
const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0)
const QUESTION = 'How much is a payment to another country?'
const ANSWER = 'A transfer abroad costs 5 euros.'

let embedder: Embedder
beforeAll(async () => {
  embedder = await createEmbedder({ modelsDir, cacheSize: 8 })
})
afterAll(() => embedder.close())

describe('the embedder', () => {
  it('gives unit vectors, nearer to each other the nearer the texts are in meaning', async () => {
    const [question, answer, other] = await embedder.embed([QUESTION, ANSWER, 'Our branches are closed on Sundays.'])
    for (const vector of [question!, answer!, other!]) {
      expect(vector).toHaveLength(embedder.dimensions)
      expect(dot(vector, vector)).toBeCloseTo(1, 5)
    }
    expect(dot(question!, answer!)).toBeGreaterThan(dot(question!, other!) + 0.2)
  })

  it('gives a text the same vector whatever it is computed with', async () => {
    const [alone] = await embedder.embed(['a card is blocked'])
    const fresh = await createEmbedder({ modelsDir })
    const among = await fresh.embed([ANSWER.repeat(20), 'a card is blocked', QUESTION])
    await fresh.close()
    expect(among[1]).toEqual(alone)
  })

  it('does not hand out its own copy', async () => {
    const [first] = await embedder.embed([ANSWER])
    first!.fill(0)
    const [second] = await embedder.embed([ANSWER])
    expect(dot(second!, second!)).toBeCloseTo(1, 5)
  })

  it('answers a question before a long document that came first', async () => {
    const finished: string[] = []
    const passages = Array.from({ length: 12 }, (_, i) => `${i} ${ANSWER.repeat(12)}`)
    const document = embedder.embed(passages).then(() => finished.push('document'))
    const question = embedder.embed(['May I close my account by post?']).then(() => finished.push('question'))
    await Promise.all([document, question])
    expect(finished).toEqual(['question', 'document'])
  })

  it('takes an empty text and one that is far too long', async () => {
    const [empty, long] = await embedder.embed(['', ANSWER.repeat(2_000)])
    expect(dot(empty!, empty!)).toBeCloseTo(1, 5)
    expect(dot(long!, long!)).toBeCloseTo(1, 5)
    expect(await embedder.embed([])).toEqual([])
  })

  it('says which file is missing, and gives up what waits when it is closed', async () => {
    await expect(createEmbedder({ modelsDir: '/nowhere' })).rejects.toThrow(ModelUnavailableError)
    const other = await createEmbedder({ modelsDir })
    const waiting = expect(other.embed(Array.from({ length: 20 }, (_, i) => `${i} ${ANSWER.repeat(15)}`))).rejects.toThrow(CancelledError)
    await other.close()
    await waiting
    await expect(other.embed(['more'])).rejects.toThrow(CancelledError)
  })
})
