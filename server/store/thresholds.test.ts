import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CHANNELS, FORMS } from '../types.ts'
import type { Threshold } from '../types.ts'
import { temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'
import { mostParticular } from './thresholds.ts'

let at: TemporaryStore
beforeEach(() => {
  at = temporaryStore({ defaults: { written: 0.7, quoted: 0.6 } })
})
afterEach(() => at.remove())

const SEGMENT = { topic: 'cards', channel: 'portal', tier: 'gold' } as const
const set = (cell: Partial<Threshold>) =>
  at.store.thresholds.set({ topic: '*', channel: '*', tier: '*', form: 'written', value: 0.9, reason: 'tried', ...cell }, 'staff:1')
const valueFor = () => at.store.thresholds.for(SEGMENT, 'written').value

test('a fresh install starts with the shipped defaults, said so in the log, once', () => {
  expect(at.store.thresholds.all()).toMatchObject([
    { topic: '*', channel: '*', tier: '*', form: 'quoted', value: 0.6, state: 'provisional', setBy: 'system', reason: 'shipped default' },
    { topic: '*', channel: '*', tier: '*', form: 'written', value: 0.7 },
  ])
  at = at.reopen()
  expect(at.store.log.entries(1, 50).filter((e) => e.type === 'threshold.set')).toHaveLength(2)
})

test('the most particular cell applies, and without it the next one again', () => {
  expect(valueFor()).toBe(0.7)
  set({ tier: 'gold', value: 0.71 })
  expect(valueFor()).toBe(0.71)
  set({ channel: 'portal', value: 0.72 })
  expect(valueFor()).toBe(0.72)
  set({ topic: 'cards', value: 0.73 })
  set({ topic: 'cards', value: 0.74 })
  expect(valueFor()).toBe(0.74)
  at.store.thresholds.clear({ topic: 'cards', channel: '*', tier: '*', form: 'written' }, 'staff:1', 'no longer')
  expect(valueFor()).toBe(0.72)
  expect(at.store.thresholds.for(SEGMENT, 'quoted').value).toBe(0.6)
})

test('what makes no sense is refused with a reason', () => {
  expect(() => set({ value: NaN })).toThrow(/between 0 and 1/)
  expect(() => set({ value: -0.1 })).toThrow(/between 0 and 1/)
  expect(() => set({ reason: '  ' })).toThrow(/Say why/)
  const everything = { topic: '*', channel: '*', tier: '*', form: 'written' } as const
  expect(() => at.store.thresholds.clear(everything, 'staff:1', 'x')).toThrow(/cannot be removed/)
  expect(() => at.store.thresholds.clear({ ...everything, topic: 'cards' }, 'staff:1', 'x')).toThrow(/no such/)
})

test('of any cells, one that fits and than which none is more particular applies', () => {
  const some = <T extends string>(...values: T[]) => fc.constantFrom('*' as const, ...values)
  const cell = fc.record({
    topic: some('cards', 'loans'),
    channel: some(...CHANNELS),
    tier: some('gold', 'standard'),
    form: fc.constantFrom(...FORMS),
  })
  const segment = fc.record({
    topic: fc.constantFrom('cards', 'loans', 'else'),
    channel: fc.constantFrom(...CHANNELS),
    tier: fc.constantFrom('gold', 'other'),
  })
  const named = (c: { topic: string; channel: string; tier: string }) => [c.topic, c.channel, c.tier].map((v) => v !== '*')
  fc.assert(
    fc.property(fc.uniqueArray(cell, { selector: (c) => JSON.stringify(c) }), segment, fc.constantFrom(...FORMS), (cells, wanted, form) => {
      const full = cells.map((c): Threshold => ({ ...c, value: 0.5, state: 'provisional', setBy: 'system', reason: 'r', at: 0 }))
      const fits = full.filter(
        (c) =>
          c.form === form &&
          ['*', wanted.topic].includes(c.topic) &&
          ['*', wanted.channel].includes(c.channel) &&
          ['*', wanted.tier].includes(c.tier),
      )
      const found = mostParticular(full, wanted, form)
      if (fits.length === 0) return found === null
      // Topic before channel before tier: compared like words in a dictionary.
      return found !== null && fits.includes(found) && fits.every((c) => String(named(c)) <= String(named(found)))
    }),
  )
})
