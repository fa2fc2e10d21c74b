import { describe, expect, it } from 'vitest'
import { fakeEmbedder, fakeLanguageModel, fakeRelevanceModel, NotArrangedError } from './fakes.ts'
import type { GenerateRequest } from './types.ts'

const request: GenerateRequest = {
  prompt: { system: 's', context: 'c', question: 'q' },
  maxTokens: 8,
  seed: 1,
  lane: 'customer',
  watch: ['NOT'],
}
const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0)

describe('the fakes', () => {
  it('refuse what the test did not arrange', async () => {
    await expect(fakeLanguageModel().generate(request)).rejects.toThrow(NotArrangedError)
    await expect(fakeLanguageModel().choose({ ...request, options: ['Yes'] })).rejects.toThrow(NotArrangedError)
  })

  it('refuse a choice that does not fit the options', async () => {
    const model = fakeLanguageModel({ choose: () => [-1] })
    await expect(model.choose({ ...request, options: ['Yes', 'No'] })).rejects.toThrow(NotArrangedError)
  })

  it('record what they were asked and stream what was arranged', async () => {
    const model = fakeLanguageModel({ generate: () => 'It costs 5 euros.' })
    const seen: string[] = []
    const generation = await model.generate({ ...request, onToken: (token) => seen.push(token.text) })
    expect(seen.join('')).toBe('It costs 5 euros.')
    expect(generation.tokens.map((token) => token.text).join('')).toBe(generation.text)
    expect(model.calls.generate).toHaveLength(1)
  })

  it('put texts that share words near each other, whatever their endings', async () => {
    const [a, b, c] = await fakeEmbedder().embed(['blocking a stolen card', 'my card was stolen, block it', 'opening hours on Sunday'])
    expect(dot(a!, b!)).toBeGreaterThan(dot(a!, c!) + 0.3)
    expect(dot(a!, a!)).toBeCloseTo(1, 5)
  })

  it('find the block relevant that has the words of the question, unless told otherwise', async () => {
    const [fees, hours] = ['A transfer abroad costs 5 euros.', 'Branches close at noon.'].map((text) => ({
      text,
      title: '',
      headings: [],
      lead: null,
    }))
    const [high, low] = await fakeRelevanceModel().relevance('cost of transfers abroad', [fees!, hours!])
    expect(high!).toBeGreaterThan(low!)
    expect(await fakeRelevanceModel(() => 7).relevance('cost', [fees!])).toEqual([7])
  })
})
