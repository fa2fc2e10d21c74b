import type { Rule } from './index.ts'

export const amount: Rule = {
  name: 'amount',
  judge: ({ scope }) =>
    scope.amount === null
      ? null
      : {
          verdict: 'hold',
          why: `The question names an amount (${scope.amount.toLocaleString('en-GB')}) above the limit that staff have set.`,
        },
}
