import { expect, test } from 'vitest'
import type { Block } from '../../kb/types.ts'
import { fakeEmbedder } from '../../models/fakes.ts'
import type { ScoredBlock } from '../types.ts'
import { contradictionsOf } from './contradictions.ts'
import type { Ports } from './ports.ts'

type Made = ScoredBlock & { tier: string }

const block = (article: string, text: string, more: Partial<Block> = {}, relevance = 5, tier = 'all'): Made => ({
  block: {
    kind: 'sentence',
    revision: article,
    article,
    title: `About ${article}`,
    headings: [],
    text,
    start: 0,
    end: text.length,
    leadIn: null,
    header: null,
    cells: null,
    around: { start: 0, end: text.length },
    ...more,
  },
  score: 1,
  words: 1,
  relevance,
  cosine: 0.7,
  coverage: 0.7,
  tier,
})

/** Vectors by words alone, as the fake gives them: texts that share most of their words are near. */
async function found(...blocks: Made[]): Promise<string[]> {
  const knowledge = { revision: (id: string) => blocks.find((b) => b.block.revision === id) ?? null } as unknown as Ports['knowledge']
  const concerns = await contradictionsOf({ blocks, signals: {}, enough: true }, { knowledge, embedder: fakeEmbedder() })
  return concerns.map((c) => (c.kind === 'contradiction' ? c.says.map((s) => `${s.article}: ${s.figure}`).join(' / ') : c.kind))
}

const TEN = 'Stopping a cheque costs £10 on every account.'

test('another article that gives another figure for the same thing is found, whatever way it is written', async () => {
  expect(await found(block('accounts', TEN), block('cheques', 'Stopping a cheque costs £8 on every account.'))).toEqual([
    'accounts: £10 / cheques: £8',
  ])
  expect(
    await found(
      block('moving', 'Tell us your moving date at least 28 days before you go.'),
      block('bills', 'Tell us your moving date at least three months before you go.'),
    ),
  ).toEqual(['moving: 28 days / bills: three months'])
})

test('another article that answers the question as well is found in other words too', async () => {
  const app = block('app', 'You can pay in cheques of up to £500 each with the camera.', {}, 7.5)
  const row = block('cheques', 'How: Cheque in the app; Most you can pay in: £750 each', { kind: 'row' }, 7.9)
  expect(await found(app, row)).toEqual(['app: £500 / cheques: £750'])
})

test.each<[string, Made, Made]>([
  ['the same figure in other words', block('a', 'A card costs £5 a year.'), block('b', 'A card costs 5 pounds a year.')],
  ['the same article', block('a', TEN), block('a', TEN.replace('£10', '£8'))],
  ['an article for other customers', block('a', TEN), block('b', TEN.replace('£10', '£8'), {}, 5, 'premier')],
  ['a block that answers another question', block('a', TEN), block('b', TEN.replace('£10', '£8'), {}, -1)],
  ['one that lacks what was asked about', block('a', TEN), { ...block('b', TEN.replace('£10', '£8'), {}, 3.5), coverage: 0.3 }],
  ['another subject', block('a', TEN), block('b', 'A banker’s draft is £8 at the counter.', {}, 3.5)],
  ['another subject beside a much better answer', block('a', TEN, {}, 9), block('b', 'A banker’s draft is £8 at the counter.')],
  ['a figure of another sort', block('a', TEN), block('b', 'Stopping a cheque costs nothing and takes 8 days on every account.')],
  ['one that only says more', block('a', TEN), block('b', `${TEN.slice(0, -1)}, and £12 by post.`)],
  ['rows of two tables', block('a', TEN, { kind: 'row' }), block('b', TEN.replace('£10', '£8'), { kind: 'row' })],
])('%s is no contradiction', async (_what, a, b) => {
  expect(await found(a, b)).toEqual([])
})

test('without evidence there is none', async () => expect(await found()).toEqual([]))
