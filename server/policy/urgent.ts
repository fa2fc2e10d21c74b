import type { Rule } from './rule.ts'

export const urgent: Rule = {
  name: 'urgent',
  judge: ({ scope }) =>
    scope.urgent
      ? {
          verdict: 'escalate',
          why: `Urgent: “${scope.urgent.case}”. The text approved for this goes out at once, and a person takes over.`,
        }
      : null,
}
