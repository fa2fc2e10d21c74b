import { expect, test } from 'vitest'
import { fakeLanguageModel } from '../../models/fakes.ts'
import { meterOf } from './meter.ts'

const prompt = { system: 's', context: 'c', question: 'q' }
const tick = () => {
  let now = 0
  return () => (now += 10)
}

test('time and tokens are counted for the step that spent them', async () => {
  const model = fakeLanguageModel({ generate: () => ({ text: 'two words', promptTokens: 100, cachedTokens: 40 }), choose: () => [0, 0] })
  const meter = meterOf(model, tick())
  await meter.measure('writing', () => meter.model.generate({ prompt, maxTokens: 9, seed: 1, lane: 'customer' }))
  await meter.measure('evidence', () => 1)
  expect(meter.costs).toEqual([
    { step: 'writing', ms: 10, read: 60, cached: 40, written: 2 },
    { step: 'evidence', ms: 10, read: 0, cached: 0, written: 0 },
  ])
})

test('the same question in one turn is asked once, and another one again', async () => {
  const model = fakeLanguageModel({ choose: () => [-1, -2] })
  const meter = meterOf(model, tick())
  const ask = (question: string) => meter.model.choose({ prompt: { ...prompt, question }, options: ['Yes', 'No'], lane: 'customer' })
  expect(await ask('a')).toEqual(await ask('a'))
  await ask('b')
  expect(model.calls.choose).toHaveLength(2)
})

test('a step that failed has its time counted all the same, and one that was spared says why', async () => {
  const meter = meterOf(fakeLanguageModel(), tick())
  await expect(meter.measure('names', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  meter.skip('second-opinion', 'not needed')
  expect(meter.costs).toMatchObject([{ ms: 10 }, { ms: 0, skipped: 'not needed' }])
})
