import { expect, test } from 'vitest'
import { blocksOf } from '../../kb/blocks.ts'
import { fakeEmbedder, fakeLanguageModel } from '../../models/fakes.ts'
import { revisionOf } from '../store/temporary-store.ts'
import { checkCorrection } from './check-correction.ts'

const revision = revisionOf('fees', 'A transfer abroad costs £12 for each payment.')
const source = { article: 'fees', revision: revision.id, title: 'Fees', start: 0, end: revision.text.length, quote: revision.text }
const check = (toDo: string, right = revision.text) =>
  checkCorrection(
    { wrong: 'A transfer abroad costs £25.', right, source, toDo },
    {
      embedder: fakeEmbedder(),
      model: fakeLanguageModel({ choose: () => [-0.05, -4] }),
      entailment: null,
      knowledge: {
        revision: () => revision,
        blocks: async () => blocksOf(revision).map((block) => ({ block, vector: new Float32Array() })),
      },
      inForce: () => true,
      states: async (_, texts) => texts.map(() => null),
    },
  )
const open = async (...args: Parameters<typeof check>) => (await check(...args)).filter((f) => f.result !== 'passed')

test('what the customer may have to do needs no article that says so, and may name what was said wrong', async () => {
  expect(await open('If you have paid £25, write here and we refund the difference to £12.')).toEqual([])
})

test('a figure in it that comes from nowhere is shown to who approves it', async () => {
  expect(await open('We send you £40 for your trouble.')).toMatchObject([
    { check: 'to-do', result: 'doubtful', why: expect.stringContaining('£40') },
  ])
})

test('what is said to be right has to stand in its source', async () => {
  expect((await open('', 'A transfer abroad costs £15 for each payment.')).map((f) => f.result)).toContain('failed')
})

test('a figure of another row of the same table does not back what is right', async () => {
  const table = revisionOf('exit', '| Tariff | Exit fee |\n|---|---|\n| Fixed 12 | £40 |\n| Fixed 24 | £45 |\n')
  const at = table.text.indexOf('| Fixed 12')
  const row = {
    article: 'exit',
    revision: table.id,
    title: 'Exit fees',
    start: at,
    end: at + '| Fixed 12 | £40 |'.length,
    quote: '| Fixed 12 | £40 |',
  }
  const findings = await checkCorrection(
    { wrong: 'The exit fee of Fixed 12 is £60.', right: 'The exit fee of Fixed 12 is £45.', source: row, toDo: '' },
    {
      embedder: fakeEmbedder(),
      model: fakeLanguageModel({ choose: () => [-0.05, -4] }),
      entailment: null,
      knowledge: { revision: () => table, blocks: async () => blocksOf(table).map((block) => ({ block, vector: new Float32Array() })) },
      inForce: () => true,
      states: async () => [null],
    },
  )
  expect(findings).toContainEqual(expect.objectContaining({ check: 'source', result: 'doubtful', why: expect.stringContaining('£45') }))
})
