import type { Choice, ChooseRequest, LanguageModel } from '../../models/types.ts'
import type { Cost } from '../types.ts'

export interface Meter {
  /** In the order of the steps; a step that runs twice is added up. */
  readonly costs: Cost[]
  /** The model, with its tokens counted for the step that runs. The same question twice in a turn is asked once. */
  readonly model: LanguageModel
  measure: <T>(step: string, run: () => T | Promise<T>) => Promise<T>
  /** A step that was not needed. */
  skip: (step: string, why: string) => void
}

/** What a turn's steps cost: milliseconds, and tokens of the language model. */
export function meterOf(model: LanguageModel, clock: () => number): Meter {
  const costs: Cost[] = []
  const answered = new Map<string, Choice>()
  let current: Cost | null = null

  function costOf(step: string): Cost {
    const known = costs.find((c) => c.step === step)
    if (known) return known
    const cost = { step, ms: 0, read: 0, cached: 0, written: 0 }
    costs.push(cost)
    return cost
  }

  function count({ promptTokens, cachedTokens }: Choice, written: number): void {
    if (!current) return
    current.read += promptTokens - cachedTokens
    current.cached += cachedTokens
    current.written += written
  }

  return {
    costs,
    model: {
      identity: model.identity,
      async generate(request) {
        const made = await model.generate(request)
        count({ ...made, logprobs: [] }, made.tokens.length)
        return made
      },
      async choose(request) {
        const key = keyOf(request)
        const known = answered.get(key)
        if (known) return known
        const choice = await model.choose(request)
        count(choice, 1)
        answered.set(key, choice)
        return choice
      },
      status: () => model.status(),
      close: () => model.close(),
    },
    async measure(step, run) {
      const cost = costOf(step)
      delete cost.skipped
      const [from, outer] = [clock(), current]
      current = cost
      try {
        return await run()
      } finally {
        cost.ms += clock() - from
        current = outer
      }
    },
    skip(step, why) {
      const cost = costOf(step)
      if (cost.ms === 0 && cost.read === 0) cost.skipped = why
    },
  }
}

const keyOf = ({ prompt, options }: ChooseRequest): string => JSON.stringify([prompt, options])
