import { beforeEach, describe, expect, test } from 'vitest'
import { fakeEmbedder, fakeEntailmentModel, fakeLanguageModel } from '../../models/fakes.ts'
import type { Finding } from '../types.ts'
import { groundClaims, splitClaims } from './claims.ts'
import { runChecks } from './index.ts'
import { namesOf } from './names.ts'
import type { Check, CheckInput, Window } from './check.ts'

const citation = { article: 'fees', revision: 'r1', title: 'Fees', start: 0, end: 10, quote: 'A transfer' }
const windowOf = (text: string): Window => ({ text, about: 'Fees', cites: [{ text, citation }] })
const WINDOWS = [
  windowOf('A transfer abroad costs £12 for each payment. It arrives within five working days.'),
  windowOf('You cannot use the Basic account abroad. Only customers over 18 can open the Premier account.'),
]

let input: Omit<CheckInput, 'claims' | 'answer'>
beforeEach(() => {
  input = {
    question: 'What does a transfer abroad cost?',
    windows: WINDOWS,
    idf: () => 1,
    embedder: fakeEmbedder(),
    judge: null,
  }
})

async function check(answer: string, question = input.question): Promise<Finding[]> {
  const claims = await groundClaims(splitClaims(answer), WINDOWS, input.idf, input.embedder)
  return runChecks({ ...input, question, answer, claims })
}
const failed = (findings: Finding[]): string[] => findings.filter((f) => f.result === 'failed').map((f) => f.check)

describe('what the passages say passes', () => {
  test('word for word', async () => expect(failed(await check('A transfer abroad costs £12 for each payment.'))).toEqual([]))
  test('with a figure in other words', async () =>
    expect(failed(await check('It arrives within 5 business days.', 'How long does it take?'))).toEqual([]))
})

describe('what they do not say fails', () => {
  test('another price', async () => expect(failed(await check('A transfer abroad costs £15 for each payment.'))).toContain('quantities'))
  test('another unit', async () => expect(failed(await check('It arrives within five days.', 'How long?'))).toContain('quantities'))
  test('the opposite', async () =>
    expect(failed(await check('You can use the Basic account abroad.', 'Can I use it?'))).toContain('negation'))
  test('a denial', async () => expect(failed(await check('A transfer abroad does not cost £12 for each payment.'))).toContain('negation'))
  test('no name is made of the small word that a sentence begins with', () => {
    expect(namesOf('With Boiler Care Plus we come within 24 hours.')).toEqual(['Boiler Care Plus'])
    expect(namesOf('Under Home Care you wait 30 days.')).toEqual(['Home Care'])
    expect(namesOf('Boiler Care Plus covers it.')).toEqual(['Boiler Care Plus'])
  })
  test('a product that nobody named', async () =>
    expect(failed(await check('A transfer abroad with the Golden Eagle costs £12 for each payment.'))).toContain('names'))
  test('something else altogether', async () =>
    expect(failed(await check('Our mortgage advisers visit rural customers on weekends.'))).toContain('evidence'))
  test('an answer without the price that was asked for', async () =>
    expect(failed(await check('A transfer abroad arrives within working days.'))).toContain('on-question'))
  test('an amount where a rate of interest was asked for', async () =>
    expect(failed(await check('A transfer abroad costs £12 for each payment.', 'What interest does it pay?'))).toContain('on-question'))
  test('an empty answer', async () => expect(failed(await check(''))).toContain('evidence'))
})

describe('beside a sentence that is right', () => {
  const RIGHT = 'A transfer abroad costs £12 for each payment.'
  test.each(['No, a lost card costs £25.', 'Yes, you can send £9,000 a day.', 'Sorry, stamps cost £99.', 'Thanks to Gold it costs £3.'])(
    'a short one that begins politely is checked like any other: %s',
    async (short) => expect(failed(await check(`${RIGHT} ${short}`))).toContain('quantities'),
  )
  test.each([
    'Yes.',
    'Thank you for your question.',
    'I hope this helps.',
    'Please let me know if you need anything else.',
    'I’m sorry to hear that.',
  ])('politeness alone says nothing that could be wrong: %s', async (polite) =>
    expect(failed(await check(`${polite} ${RIGHT}`))).toEqual([]),
  )
})

test('a restriction that the sentence leaves out is in doubt', async () => {
  const findings = await check('Customers over 18 can open the Premier account.', 'Who can open the Premier account?')
  expect(findings).toContainEqual(expect.objectContaining({ check: 'negation', result: 'doubtful' }))
})

test('the second opinion asks for each sentence over the same passages', async () => {
  const model = fakeLanguageModel({ choose: () => [-3, -0.05] })
  const answer = 'A transfer abroad costs £12 for each payment.'
  const claims = await groundClaims(splitClaims(answer), WINDOWS, input.idf, input.embedder)
  const findings = await runChecks({ ...input, answer, claims, judge: { model, system: 's', context: 'the passages', lane: 'customer' } })
  expect(findings).toContainEqual(expect.objectContaining({ check: 'second-opinion', result: 'failed' }))
  expect(model.calls.choose[0]?.prompt.context).toBe('the passages')
})

describe('the entailment model', () => {
  const entailments = async (answer: string, entailment: ReturnType<typeof fakeEntailmentModel> | null): Promise<Finding[]> => {
    const claims = await groundClaims(splitClaims(answer), WINDOWS, input.idf, input.embedder)
    return (await runChecks({ ...input, answer, claims, entailment })).filter((f) => f.check === 'entailment')
  }

  test('reads each sentence against what the passages say of it, and is not sure by itself', async () => {
    const model = fakeEntailmentModel((claim) => (claim.includes('£15') ? -2 : 3))
    const findings = await entailments('A transfer abroad costs £15. A transfer overseas costs £12 a payment.', model)
    expect(findings.map((f) => [f.result, f.signals?.entailment])).toEqual([
      ['doubtful', -2],
      ['passed', 3],
    ])
    expect(findings.every((f) => f.advisory)).toBe(true)
    expect(model.calls[0]?.premise).toContain('A transfer abroad costs £12 for each payment.')
  })

  test('is not asked of a sentence that is copied word for word, but of a part of one', async () => {
    const model = fakeEntailmentModel()
    await entailments('A transfer abroad costs £12 for each payment.', model)
    expect(model.calls).toEqual([])
    await entailments('Customers over 18 can open the Premier account.', model)
    expect(model.calls).toHaveLength(1)
  })

  test('says nothing where it is not installed, and has failed where it fails', async () => {
    expect(await entailments('A transfer abroad costs £15.', null)).toEqual([])
    const [finding] = await entailments(
      'A transfer abroad costs £15.',
      fakeEntailmentModel(() => {
        throw new Error('no')
      }),
    )
    expect(finding).toMatchObject({ result: 'failed', broken: true })
  })
})

test('a check that throws is a failed finding, and the others still run', async () => {
  const broken: Check = { name: 'broken', run: () => Promise.reject(new Error('no')) }
  const fine: Check = { name: 'fine', run: () => [{ check: 'fine', claim: null, result: 'passed', why: '' }] }
  const findings = await runChecks({ ...input, answer: '', claims: [] }, [broken, fine])
  expect(findings.map((f) => [f.check, f.result, f.broken ?? false])).toEqual([
    ['broken', 'failed', true],
    ['fine', 'passed', false],
  ])
})
