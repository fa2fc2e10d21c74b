import { bare } from './bare.ts'
import type { SignalSource } from './signal.ts'

const HELLO = String.raw`(?:hi+(?: hi)?|hello+|hey+|hiya|howdy|good (?:morning|afternoon|evening|day)|greetings)`
const TO = String.raw`(?:there|all|everyone|team|again|sir|madam|bot|assistant)`
const AFTER = String.raw`(?:how are you(?: doing)?(?: today)?|(?:is )?any(?:one|body)(?: there| here)?|are you there|i hope you are well)`
const OPENING = String.raw`(?:(?:i have|i've got|ive got|just) an? (?:quick )?question|(?:i |please |can you |could you |can anyone |can somebody )*(?:need )?(?:some )?help(?: me)?(?: please)?|i need (?:some )?help(?: please)?|question|test(?:ing)?)`
const GREETS = new RegExp(`^(?:${HELLO}(?: ${TO})?(?: ${AFTER})?(?: ${OPENING})?|${AFTER}|${OPENING})$`)

/** Nothing but a greeting, or that there is a question to come: there is nothing to search for yet. */
export const greets: SignalSource = {
  name: 'greets',
  read: ({ text }) => (GREETS.test(bare(text)) ? { strength: 1, why: 'The customer greets, and has not asked anything yet.' } : null),
}
