import { expect, test } from 'vitest'
import { fakeEmbedder } from '../../models/fakes.ts'
import type { Finding } from '../types.ts'
import { tone } from './tone.ts'

async function says(answer: string, upset: boolean): Promise<Finding['result'] | undefined> {
  const [finding] = await tone.run({
    question: '',
    answer,
    claims: [],
    windows: [],
    idf: () => 1,
    embedder: fakeEmbedder(),
    judge: null,
    upset,
  })
  return finding?.result
}

test.each(['Great question! It costs £12.', 'Happy to help: it costs £12.', 'Simply open the app 🎉'])(
  'no cheer for an upset customer: %s',
  async (answer) => {
    expect(await says(answer, true)).toBe('failed')
    expect(await says(answer, false)).toBe('passed')
  },
)

test.each(['Calm down, it costs £12.', 'As I already said, it costs £12.', 'You should have read the terms.'])(
  'no blame for anybody: %s',
  async (answer) => expect(await says(answer, false)).toBe('failed'),
)

test('a sober answer is fine for both', async () => {
  expect(await says('A transfer abroad costs £12.', true)).toBe('passed')
  expect(await says('A transfer abroad costs £12.', false)).toBe('passed')
})
