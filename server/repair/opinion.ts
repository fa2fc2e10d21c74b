/** Asks the answering model whether an answer tells what a statement says. What it is worth is in docs/measurements.md. */
import { setTimeout } from 'node:timers/promises'
import { BusyError } from '../../models/errors.ts'
import type { ChooseRequest, LanguageModel, Lane } from '../../models/types.ts'

/**
 * Examples of what counts as the same and what doesn't, of another trade than any firm's. About 320 tokens, read once and kept warm; one
 * comparison reads some 50 more.
 */
const SYSTEM = `You compare what two texts tell the customers of a firm. Answer Yes if B tells them what A says: the same value, about the same thing, for the same product and people, in whatever words. Answer No if B gives another value, speaks of another thing, product or time, denies A, or says nothing of it.

A: Breakfast costs £9 a person.
B: Good morning! For breakfast we charge nine pounds per guest.
Yes

A: Breakfast costs £9 a person.
B: Breakfast costs £14 a person.
No

A: Breakfast costs £9 a person.
B: A packed lunch costs £9 a person.
No

A: You can keep a book for six weeks.
B: You needn't bring books back before 42 days have passed.
Yes

A: You can keep a book for six weeks.
B: A book can't be kept for six weeks; four is the limit.
No

A: Dogs are not allowed in the rooms.
B: You have to leave your dog outside.
Yes

A: Dogs are not allowed in the rooms.
B: You may bring your dog into the room.
No

A: Members get the guide for free.
B: Visitors who are no members get the guide for free.
No

A: The desk closes at 8pm on Fridays.
B: On a Friday you can come to the desk until eight in the evening.
Yes

A: The desk closes at 8pm on Fridays.
B: The desk used to close at 8pm on Fridays.
No`

const CLAMP = 6

/** log P(Yes) − log P(No), within ±6. Waits while the model has no room. Errors: those of the model, and what `signal` aborts with. */
export async function opinionOf(statement: string, text: string, model: LanguageModel, lane: Lane, signal?: AbortSignal): Promise<number> {
  const request: ChooseRequest = {
    prompt: { system: SYSTEM, context: `A: ${statement}`, question: `B: ${text}` },
    options: ['Yes', 'No'],
    lane,
    ...(signal ? { signal } : {}),
  }
  for (;;) {
    try {
      const { logprobs } = await model.choose(request)
      const opinion = (logprobs[0] ?? -CLAMP) - (logprobs[1] ?? CLAMP)
      return Number.isFinite(opinion) ? Math.max(-CLAMP, Math.min(CLAMP, opinion)) : -CLAMP
    } catch (error) {
      if (!(error instanceof BusyError)) throw error
      await setTimeout(error.waitMs, undefined, signal ? { signal } : {})
    }
  }
}
