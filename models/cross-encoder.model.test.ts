import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createEntailmentModel, createRelevanceModel } from './cross-encoder.ts'
import { loadPairEncoder } from './cross-encoder.input.ts'
import { CancelledError, ModelUnavailableError } from './errors.ts'
import type { EntailmentModel, RelevanceModel } from './types.ts'

interface Example {
  input: [first: string, second: string, context: string]
  input_ids: number[]
  position_ids: number[]
  token_type_ids: number[]
  logit_int8: number
}

const modelsDir = resolve(process.env['MODELS_DIR'] ?? 'models/weights')
const examplesOf = (model: string): Example[] =>
  JSON.parse(readFileSync(new URL(`./grounding/${model}/examples.json`, import.meta.url), 'utf8')) as Example[]

/** A context without headings, taken apart again. */
const asBlock = (text: string, context: string) => {
  const [, title, lead] = /^(.*?)(?:\. (.*))?$/.exec(context)!
  return { text, title: title!, headings: [], lead: lead ?? null }
}

describe('the relevance model', () => {
  let model: RelevanceModel
  beforeAll(async () => {
    model = await createRelevanceModel({ modelsDir })
  })
  afterAll(() => model.close())

  it('reads a question and a block as it did in training', async () => {
    const encode = await loadPairEncoder(join(modelsDir, 'all-minilm-l6-v2'), { first: 48, second: 112, context: 64 })
    for (const { input, ...expected } of examplesOf('relevance')) {
      const [first, second, context] = input
      const { ids, positions, types } = encode({ first, second, context })
      expect(ids).toEqual(expected.input_ids)
      expect(positions).toEqual(expected.position_ids)
      expect(types).toEqual(expected.token_type_ids)
    }
  })

  it('gives the logits that it gave in training', async () => {
    for (const { input, logit_int8 } of examplesOf('relevance')) {
      const [question, text, context] = input
      const [logit] = await model.relevance(`  ${question}\n`, [asBlock(text, context)])
      expect(Math.abs(logit! - logit_int8)).toBeLessThan(0.05)
    }
  })

  it('gives a block the same logit whatever it is computed with, and ranks the answer first', async () => {
    const place = { title: 'Payments abroad', headings: [], lead: null }
    const answer = { ...place, text: 'A transfer to another country costs 5 euros.' }
    const others = ['Our branches are closed on Sundays.', 'A transfer within the country arrives the same day.'.repeat(30), '']
    const fresh = await createRelevanceModel({ modelsDir, cacheSize: 1 })
    const question = 'What does a transfer to another country cost?'
    const [alone] = await fresh.relevance(question, [answer])
    await fresh.close()
    const among = await model.relevance(question, [...others.map((text) => ({ ...place, text })), answer])
    expect(among.at(-1)).toBe(alone)
    expect(Math.max(...among)).toBe(alone)
    expect(await model.relevance(question, [])).toEqual([])
  })

  it('says what is missing, and gives up what waits when it is closed', async () => {
    await expect(createRelevanceModel({ modelsDir: '/nowhere' })).rejects.toThrow(ModelUnavailableError)
    await expect(createRelevanceModel({ modelsDir, folder: '/nowhere' })).rejects.toThrow(/weights of the relevance model are missing/)
    const other = await createRelevanceModel({ modelsDir })
    const block = { text: 'Fees are listed below.', title: 'Fees', headings: [], lead: null }
    const waiting = expect(
      other.relevance(
        'fees?',
        Array.from({ length: 20 }, (_, i) => ({ ...block, title: `${i}` })),
      ),
    ).rejects.toThrow(CancelledError)
    await other.close()
    await waiting
    await expect(other.relevance('fees?', [block])).rejects.toThrow(CancelledError)
  })
})

const trained = existsSync(new URL('./grounding/entailment/model_quantized.onnx', import.meta.url))

describe.runIf(trained)('the entailment model', () => {
  let model: EntailmentModel
  beforeAll(async () => {
    model = (await createEntailmentModel({ modelsDir }))!
  })
  afterAll(() => model.close())

  it('reads a claim and a premise as it did in training', async () => {
    const encode = await loadPairEncoder(join(modelsDir, 'all-minilm-l6-v2'), { first: 80, second: 176, context: 0 })
    for (const { input, ...expected } of examplesOf('entailment')) {
      const [first, second, context] = input
      const { ids, positions, types } = encode({ first, second, context })
      expect(ids).toEqual(expected.input_ids)
      expect(positions).toEqual(expected.position_ids)
      expect(types).toEqual(expected.token_type_ids)
    }
  })

  it('gives the logits that it gave in training', async () => {
    const examples = examplesOf('entailment')
    const logits = await model.entail(examples.map(({ input: [claim, premise] }) => ({ claim, premise })))
    examples.forEach(({ logit_int8 }, i) => expect(Math.abs(logits[i]! - logit_int8)).toBeLessThan(0.05))
  })

  it('gives a pair the same logit whatever it is computed with', async () => {
    const pair = { claim: 'A transfer abroad costs £5.', premise: 'A transfer to another country costs £5.' }
    const [alone] = await model.entail([pair])
    const fresh = (await createEntailmentModel({ modelsDir }))!
    const among = await fresh.entail([{ claim: 'Branches are closed.', premise: 'Nothing. '.repeat(60) }, pair, pair])
    await fresh.close()
    expect(among.slice(1)).toEqual([alone, alone])
  })
})

it('without its weights there is no entailment model, and that is no error', async () => {
  expect(await createEntailmentModel({ modelsDir, folder: '/nowhere' })).toBeNull()
})
