import { bare } from './bare.ts'
import type { SignalSource } from './signal.ts'

const THANKS = String.raw`(?:thanks?(?: you)?(?: so much| very much| a lot| again)?|thx|ta|cheers|many thanks)`
const ALL = String.raw`(?:that(?:'s| is|s) all(?: i need(?:ed)?)?(?: to know)?|(?:all|everything) is (?:sorted|settled|clear)|all (?:sorted|settled|clear|good)|i have (?:all|everything)(?: that)? i need(?:ed)?|we can stop here|nothing (?:else|more)(?: i need)?|i need nothing (?:else|more)|no more questions|bye(?: bye)?|goodbye)`
const WORDS = String.raw`(?:ok(?:ay)?|great|perfect|brilliant|lovely|good|right|fine|no|yes|got it|i see|that helps?(?:ed)?|that(?:'s| is|s) (?:great|perfect|fine|clear|helpful|good)|(?:that was |very )+helpful|for your help|for now|for the help|then|and)`
const SETTLED = new RegExp(`^(?:${WORDS} )*(?:${THANKS}|${ALL})(?: ${WORDS}| ${THANKS}| ${ALL})*$`)

/** The customer says thanks, or that nothing more is needed: there is no question in it to search for. */
export const settled: SignalSource = {
  name: 'settled',
  read: ({ text }) => (SETTLED.test(bare(text)) ? { strength: 1, why: 'The customer says thanks, or that nothing more is needed.' } : null),
}
