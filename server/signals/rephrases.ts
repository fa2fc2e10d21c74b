import type { SignalSource } from './signal.ts'
import { sameQuestion } from './same-question.ts'

/** The same question once more in other words, also after others in between: the answer did not help. */
export const rephrases: SignalSource = {
  name: 'rephrases',
  read: ({ text, earlier }) => {
    const same = sameQuestion(text, earlier)
    return same ? { strength: same.alike, why: `It asks again what was asked before: “${excerpt(same.text)}”.` } : null
  },
}

export const excerpt = (text: string): string => (text.length <= 90 ? text : `${text.slice(0, 88).trimEnd()}…`)
