import { expect, test } from 'vitest'
import { createLogger } from '../log.ts'
import type { Review } from '../conversation-types.ts'
import { conflict } from '../errors.ts'
import type { Trace } from '../types.ts'
import { createEditing, type Editing } from './editing.ts'
import type { Ports } from './ports.ts'

const review = { id: 'rev_1', conversation: 'conv_1' } as Review
const trace = {
  evidence: null,
  intake: { question: 'What does it cost?', language: 'en', signals: [] },
  tier: 'standard',
} as unknown as Trace
const TEXT = 'It costs £12. It takes two days.'

/** Nothing was found for the question, so the checks have nothing to hold the text against. */
function editing(embed: () => Promise<Float32Array[]>): Editing {
  const ports = {
    model: {},
    entailment: null,
    embedder: { embed },
    knowledge: { idf: () => 1 },
    quarantine: { active: () => [] },
  } as unknown as Ports
  return createEditing({ ports, log: createLogger('silent'), announce: () => {} })
}

test('a text that was changed while it was checked is not overtaken by what the first one came to', async () => {
  const first = Promise.withResolvers<Float32Array[]>()
  const vectors = (): Float32Array[] => [new Float32Array([1]), new Float32Array([1])]
  let asked = 0
  const desk = editing(() => (asked++ === 0 ? first.promise : Promise.resolve(vectors())))
  const slow = desk.check(review, 'maya', { trace, form: 'written', text: 'It costs £12.' })
  await desk.check(review, 'maya', { trace, form: 'written', text: TEXT })
  first.resolve(vectors())
  await slow
  expect(desk.of('rev_1', 'maya')).toMatchObject({ state: 'checked', text: TEXT })
  expect(desk.of('rev_1', 'ben')).toBeNull()
})

test('what could not be checked is kept with the reason, and what nobody foresaw says only that it is still there', async () => {
  const failing = (error: Error): Editing => {
    const active = (): never => {
      throw error
    }
    const ports = { quarantine: { active }, model: {} } as unknown as Ports
    const made = createEditing({ ports, log: createLogger('silent'), announce: () => {} })
    void made.check(review, 'maya', { trace, form: 'written', text: TEXT })
    return made
  }
  for (const [error, why] of [
    [conflict('The article has changed.'), 'The article has changed.'],
    [new Error('boom'), expect.stringContaining('Your text is still here')],
  ] as const) {
    const desk = failing(error)
    await expect.poll(() => desk.of('rev_1', 'maya')).toMatchObject({ state: 'failed', text: TEXT, why })
  }
})
