import { expect, test } from 'vitest'
import { BusyError } from '../../models/errors.ts'
import { fakeEmbedder, fakeLanguageModel } from '../../models/fakes.ts'
import { claimMatcher } from './same-claim.ts'

const WRONG = 'A transfer abroad costs £25 for each payment.'
const SAME = 'We charge 25 pounds for every payment to another country.'
const OTHER = 'A transfer abroad costs £12 for each payment.'
const ELSEWHERE = 'Our branches are open until 1pm on Saturdays.'

/** Says Yes to what holds the word. */
const modelFor = (word: string) =>
  fakeLanguageModel({ choose: ({ prompt }) => (prompt.question.includes(word) ? [-0.05, -4] : [-4, -0.05]) })
const matcherWith = (model: ReturnType<typeof modelFor> | null) =>
  claimMatcher({ embedder: fakeEmbedder(), model, lane: 'background' })(WRONG)

test('what the model reads as the same is a hit, what it does not is none, and each says why', async () => {
  const model = modelFor('another country')
  const [same, other] = await matcherWith(model).match([SAME, 'A transfer abroad costs £25 only with the old account.'])
  expect(same).toMatchObject({ hit: true, said: { start: 0, end: SAME.length } })
  expect(same?.why).toBe(`It gives the same figure (£25) and speaks of the same in other words: “${SAME}”`)
  expect(other?.hit).toBe(false)
  expect(same!.score).toBeGreaterThan(other!.score)
  expect(model.calls.choose.every(({ lane }) => lane === 'background')).toBe(true)
})

test('what is about something else is out without the model', async () => {
  const model = modelFor('nothing')
  const [match] = await matcherWith(model).match([ELSEWHERE])
  expect(match).toMatchObject({ hit: false })
  expect(match!.score).toBeLessThan(0.5)
  expect(model.calls.choose).toEqual([])
})

test('what the model says of the statement beside itself is asked once', async () => {
  const model = modelFor('another country')
  await matcherWith(model).match([SAME, SAME, SAME])
  expect(model.calls.choose.filter(({ prompt }) => prompt.question === `B: ${WRONG}`)).toHaveLength(1)
  expect(model.calls.choose).toHaveLength(4)
})

test('without a model words and figures decide', async () => {
  const [same, other, elsewhere] = await matcherWith(null).match([`Hello! ${WRONG}`, OTHER, ELSEWHERE])
  expect(same?.hit).toBe(true)
  expect(other).toMatchObject({ hit: false, why: `It gives another figure (£12 instead of £25): “${OTHER}”` })
  expect(elsewhere?.hit).toBe(false)
  expect(same!.score).toBeGreaterThanOrEqual(0.5)
})

test('the sentence that says it is found in a longer answer; of a very long one the model is shown a part, with figures as the statement writes them', async () => {
  const before = 'You can follow a payment in the app at any time. '.repeat(12)
  const model = modelFor('another country')
  const [match] = await matcherWith(model).match([`${before}${SAME} ${before}`])
  expect(match?.hit).toBe(true)
  expect(match!.said!.start).toBeGreaterThan(before.length - 60)
  const asked = model.calls.choose.at(-1)
  expect(asked!.prompt.question).toContain('We charge £25 for every payment to another country.')
  expect(asked!.prompt.question.length).toBeLessThan(500)
})

test.each(['', '   ', '\n\n', '—', '🙂', '½', 'ﷺ '.repeat(50), 'x'.repeat(5000), '?'.repeat(300)])(
  'an answer without sense (%j) is no hit and no error',
  async (answer) => {
    const [match] = await matcherWith(null).match([answer])
    expect(match).toMatchObject({ hit: false })
    expect(match!.score).toBeLessThan(0.5)
  },
)

test('while the model has no room it waits', async () => {
  let calls = 0
  const model = fakeLanguageModel({
    choose: () => {
      if (++calls === 1) throw new BusyError(1)
      return [-0.05, -4]
    },
  })
  const [match] = await matcherWith(model).match([SAME])
  expect(match?.hit).toBe(true)
  expect(calls).toBe(3)
})

test('it stops when it is told to', async () => {
  await expect(matcherWith(modelFor('25')).match([SAME], AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
})
