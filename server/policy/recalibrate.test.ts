import { expect, test } from 'vitest'
import { confidenceOf, SHIPPED, type ConfidenceModels } from './confidence.ts'
import { calibrationError } from './measures.ts'
import { refit, type FitRow } from './recalibrate.ts'

const shipped = SHIPPED.forms.quoted
const names = Object.keys(shipped.signals)
const withWeights = (some: FitRow[], pull?: number): ConfidenceModels => ({
  ...SHIPPED,
  forms: { ...SHIPPED.forms, quoted: refit(shipped, some, pull) },
})
let state = 7
const chance = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647

/** Answers whose truth follows the shipped weights, but for a shift in logits. */
function world(n: number, shift: number): FitRow[] {
  return Array.from({ length: n }, () => {
    const signals = Object.fromEntries(
      names.map((name) => {
        const { min, max } = shipped.signals[name]!
        return [name, min + (max - min) * chance()]
      }),
    )
    const { value } = confidenceOf('quoted', signals, SHIPPED)
    const logit = Math.log(value / (1 - value)) + shift
    return { signals, right: chance() < 1 / (1 + Math.exp(-logit)) }
  })
}
const errorOf = (models: ConfidenceModels, some: FitRow[]): number =>
  calibrationError(some.map(({ signals, right }) => ({ right, confidence: confidenceOf('quoted', signals, models).value })))

test('without labels the shipped weights stay', () => {
  const { bias, signals } = refit(shipped, [])
  expect(bias).toBeCloseTo(shipped.bias, 9)
  for (const name of names) expect(signals[name]!.weight).toBeCloseTo(shipped.signals[name]!.weight, 9)
})

test('a few labels move them a little, many bring promise and truth together', () => {
  const held = world(4000, -1.5)
  const [few, many] = [withWeights(world(20, -1.5)), withWeights(world(3000, -1.5))]
  expect(errorOf(few, held)).toBeLessThan(errorOf(SHIPPED, held))
  expect(errorOf(many, held)).toBeLessThan(0.04)
  expect(Math.abs(few.forms.quoted.bias - shipped.bias)).toBeLessThan(Math.abs(many.forms.quoted.bias - shipped.bias))
})

test('where the shipped weights are true they hardly move', () => {
  const held = world(4000, 0)
  expect(errorOf(withWeights(world(500, 0)), held)).toBeLessThan(errorOf(SHIPPED, held) + 0.03)
})

test('even where the shipped weights are sure of the contrary it finds its way', () => {
  const lowest = Object.fromEntries(names.map((name) => [name, shipped.signals[name]![shipped.signals[name]!.weight > 0 ? 'min' : 'max']]))
  const some = Array.from({ length: 400 }, (_, i) => ({ signals: lowest, right: i % 5 !== 0 }))
  expect(confidenceOf('quoted', lowest, SHIPPED).value).toBeLessThan(0.05)
  expect(confidenceOf('quoted', lowest, withWeights(some)).value).toBeCloseTo(0.8, 1)
})

test('the pull decides how far', () => {
  const some = world(200, 2)
  const moved = (pull: number): number => Math.abs(refit(shipped, some, pull).bias - shipped.bias)
  expect(moved(1000)).toBeLessThan(moved(20))
  expect(moved(20)).toBeLessThan(moved(1))
})
