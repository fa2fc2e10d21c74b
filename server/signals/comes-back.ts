import { excerpt } from './rephrases.ts'
import type { SignalSource } from './signal.ts'
import { sameQuestion } from './same-question.ts'

/** The same matter within a day in another conversation: it was not settled. */
export const comesBack: SignalSource = {
  name: 'comes-back',
  read: ({ text, lately }) => {
    const same = sameQuestion(text, lately)
    return same
      ? { strength: same.alike, why: `The customer asked the same within the last day, in another conversation: “${excerpt(same.text)}”.` }
      : null
  },
}
