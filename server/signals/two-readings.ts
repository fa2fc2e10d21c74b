import { bare } from './bare.ts'
import type { SignalSource } from './signal.ts'

/** `done`: all is settled, or the customer has had enough. `cancel`: end this conversation, or cancel something that they have with the firm. */
export type Reading = 'done' | 'cancel'

const WHOLE: Record<Reading, RegExp[]> = {
  done: [
    /^(?:ok(?:ay)?|right|well|so|no|and|then|now)?[ ,]*(?:i'?m|i am|we'?re|we are|im) (?:so |just |really |all )?(?:done|finished|through)(?: (?:here|now|with (?:this|it|that|you|all this|this chat|this conversation)))?$/,
    /^(?:that'?s|thats|that is) (?:it|enough|me done)(?: then)?$/,
    /^(?:just )?(?:forget (?:it|about it)|never ?mind|leave it|whatever|enough(?: now)?|i give up|don'?t bother)(?: then)?$/,
    /^(?:oh )?(?:great|brilliant|fantastic|wonderful|lovely|perfect)[ ,]+(?:just |really |oh )+(?:great|brilliant|fantastic|wonderful|lovely|perfect)$/,
    /^(?:fine|whatever you say|if you say so|have it your way)$/,
  ],
  cancel: [
    /^(?:please |can you |could you |just |i want to |i'?d like to )*(?:cancel|close|stop|end|delete|terminate)(?: (?:it|this|that|everything|all of it|now|please))*$/,
  ],
}

/** What the message might mean, when it might mean two things and says nothing else; null otherwise. */
export function readingsOf(text: string): Reading | null {
  const words = bare(text)
  return (Object.keys(WHOLE) as Reading[]).find((reading) => WHOLE[reading].some((pattern) => pattern.test(words))) ?? null
}

/** Words with two readings are asked back about, never guessed. */
export const twoReadings: SignalSource = {
  name: 'two-readings',
  read: ({ text }) => (readingsOf(text) ? { strength: 1, why: `“${text.trim()}” can mean two things.` } : null),
}
