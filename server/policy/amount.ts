import { forPerson } from './has-answer.ts'
import type { Rule } from './rule.ts'

export const amount: Rule = {
  name: 'amount',
  judge: (input) =>
    input.scope.amount === null
      ? null
      : forPerson(
          input,
          `The question names an amount (${input.scope.amount.toLocaleString('en-GB')}) above the limit that staff have set.`,
        ),
}
