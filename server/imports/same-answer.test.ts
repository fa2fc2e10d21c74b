import fc from 'fast-check'
import { expect, test } from 'vitest'
import { recordOfTurn } from '../store/temporary-store.ts'
import type { JudgedBefore } from '../store/round-types.ts'
import { FORMS, type Citation, type Trace } from '../types.ts'
import { keptOf } from './same-answer.ts'

interface Made {
  /** What it says. */
  says: string
  /** What it cites, and what stands around that. */
  words: string
  around: string
  /** The revision's id, which is another one after any change of the article. */
  revision: string
}

/** An answer in both forms that says and cites the same. */
function answered({ says, words, around, revision }: Made): Trace {
  const text = `${words}${around}`
  const cited: Citation = { article: 'fees', revision, title: 'Fees', start: 0, end: words.length, quote: words }
  const passage = {
    id: `${revision}:0-9`,
    revision,
    article: 'fees',
    title: 'Fees',
    topic: null,
    tier: 'all',
    headings: [],
    text,
    start: 0,
    end: text.length,
  }
  const { trace } = recordOfTurn({ id: 'turn', conversation: 'conv' }, 'What does it cost?', says)
  return {
    ...trace,
    claims: [{ index: 0, start: 0, end: says.length, text: says, evidence: [cited] }],
    quotation: { text: says, sentences: [], citations: [cited] },
    hits: [{ passage, score: 1, cosine: 1, bm25: 1 }],
  }
}

const usual: Made = { says: 'It costs £12.', words: 'A transfer costs £12.', around: ' For each payment.', revision: 'r1' }
const before = (given: Partial<Made>, right: boolean | null = true, turn = 'past_1'): JudgedBefore => ({
  turn,
  trace: answered({ ...usual, ...given }),
  right,
})
const kept = (answers: JudgedBefore[], mended = false) => keptOf('quoted', answered(usual), { answers, mended })

test('the same words from the same words keep their judgement, though the article is another revision', () => {
  expect(kept([before({ revision: 'r0' })])).toEqual({ labelsOf: 'past_1', mended: false })
  expect(kept([before({ revision: 'r0' }, false)])).toEqual({ labelsOf: 'past_1', mended: false })
})

test('other words, other evidence, or other words around the evidence: it is judged again', () => {
  for (const other of [{ says: 'It costs £13.' }, { words: 'A transfer costs £13.' }, { around: ' Unless you are a member.' }])
    expect(kept([before(other)])).toEqual({ labelsOf: null, mended: false })
})

test('words outside of the passages found: they are the same only in the same revision', () => {
  const unseen = (revision: string) => ({ ...answered({ ...usual, revision }), hits: [] })
  const from = (revision: string) =>
    keptOf('quoted', unseen('r1'), { answers: [{ turn: 'past_1', trace: unseen(revision), right: true }], mended: false })
  expect(from('r1').labelsOf).toBe('past_1')
  expect(from('r0').labelsOf).toBeNull()
})

test('an article changed there and back: the judgement of then holds', () => {
  expect(kept([before({ says: 'It costs £13.' }, true, 'again_1'), before({}, true, 'past_1')]).labelsOf).toBe('past_1')
})

test('once wrong and answered from other words since, it is mended and stays so; wrong in other words from the same passages, it is judged', () => {
  expect(kept([before({ words: 'A transfer costs £2.' }, false)])).toEqual({ labelsOf: null, mended: true })
  expect(kept([before({ says: 'It costs £2.' }, false)])).toEqual({ labelsOf: null, mended: false })
  expect(kept([before({ says: 'It costs £9.' })], true).mended).toBe(true)
  expect(kept([{ turn: 'past_1', trace: null, right: false }]).mended).toBe(true)
})

test('no judgement ever holds for an answer that says or cites anything else', () => {
  const some = fc.record({
    says: fc.constantFrom('a', 'b'),
    words: fc.constantFrom('c', 'd'),
    around: fc.constantFrom('', 'e'),
    revision: fc.constantFrom('r1', 'r2'),
  })
  const judged = fc.array(fc.tuple(some, fc.constantFrom(true, false, null)), { maxLength: 5 })
  fc.assert(
    fc.property(some, judged, fc.constantFrom(...FORMS), (now, all, form) => {
      const answers = all.map(([made, right], i) => ({ turn: `turn_${i}`, trace: answered(made), right }))
      const { labelsOf } = keptOf(form, answered(now), { answers, mended: false })
      const same = all.map(([made]) => made.says === now.says && made.words === now.words && made.around === now.around)
      expect(labelsOf).toBe(same.includes(true) ? `turn_${same.indexOf(true)}` : null)
    }),
  )
})
