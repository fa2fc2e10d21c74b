import { hasAnswer } from './has-answer.ts'
import type { Rule } from './rule.ts'

/** A colleague stepped in while the answer was made: it waits for them. */
export const whispered: Rule = {
  name: 'whispered',
  judge: (input) =>
    input.whisper
      ? { verdict: hasAnswer(input) ? 'hold' : 'escalate', why: `${input.whisper.by} stepped in: “${input.whisper.note}”` }
      : null,
}
