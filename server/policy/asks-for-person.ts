import type { Rule } from './rule.ts'

export const asksForPerson: Rule = {
  name: 'asks-for-person',
  judge: ({ intake }) => {
    const asked = intake.signals.find((s) => s.signal === 'asks-for-person')
    return asked ? { verdict: 'escalate', why: asked.why } : null
  },
}
