import { expect, test } from 'vitest'
import { ModelDiedError } from '../../models/errors.ts'
import { fakeEmbedder, fakeEntailmentModel, fakeLanguageModel } from '../../models/fakes.ts'
import { groundPair, windowsOf } from './ground-pair.ts'

const premise = 'A transfer abroad costs £12 for each payment. It arrives within five working days.'
const embedder = fakeEmbedder()
const pair = (claim: string, model = fakeLanguageModel({ choose: () => [-0.05, -4] })) =>
  groundPair({ embedder, model }, { claim, premise })

test('what the premise says is supported, another figure is not', async () => {
  expect((await pair('A transfer abroad costs £12 for each payment.')).supported).toBe(true)
  expect((await pair('A transfer abroad costs £15 for each payment.')).supported).toBe(false)
})

test('a second opinion that could not be had counts as failed', async () => {
  const dead = fakeLanguageModel({ choose: () => Promise.reject(new ModelDiedError('killed')) })
  expect((await pair('A transfer abroad costs £12 for each payment.', dead)).supported).toBe(false)
})

test('where the second opinion wavers the entailment model decides', async () => {
  const wavering = fakeLanguageModel({ choose: () => [-0.9, -0.5] })
  const judged = (logit: number) =>
    groundPair({ embedder, model: wavering, entailment: fakeEntailmentModel(() => logit) }, { claim: 'A payment abroad is £12.', premise })
  expect((await judged(4)).supported).toBe(true)
  expect((await judged(-4)).supported).toBe(false)
})

test('the least supported sentence counts', async () => {
  const model = fakeLanguageModel({ choose: ({ prompt }) => (prompt.question.includes('bicycles') ? [-4, -0.05] : [-0.05, -4]) })
  const { supported } = await pair('A transfer abroad costs £12 for each payment. Our branches sell stamps and bicycles.', model)
  expect(supported).toBe(false)
})

test('an empty claim or premise supports nothing', async () => {
  expect((await pair('')).supported).toBe(false)
  expect((await groundPair({ embedder, model: null }, { claim: 'It costs £12.', premise: ' ' })).supported).toBe(false)
})

test('a premise that is too long to be read whole is judged by the windows that fit', async () => {
  const model = fakeLanguageModel({ choose: () => [-0.05, -4] })
  const long = `${'Branches open at nine on most days of the year. '.repeat(200)}${premise}`
  await groundPair({ embedder, model }, { claim: 'A transfer abroad costs £12 for each payment.', premise: long })
  expect(model.calls.choose[0]?.prompt.context).toContain('£12')
  expect(model.calls.choose[0]?.prompt.context.split(' ').length).toBeLessThan(150)
  expect(windowsOf(long).every((w) => w.text.split(/\s+/).length <= 110)).toBe(true)
})
