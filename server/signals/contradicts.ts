import type { SignalSource } from './signal.ts'

const WHO = String.raw`(?:the|your|my|our|a|an|one of your|somebody (?:at|in|from) (?:the|your)|someone (?:at|in|from) (?:the|your))\s+(?:\w+\s+){0,2}?(?:branch(?:es)?|colleagues?|website|web ?site|page|app|letters?|e-?mails?|leaflet|brochure|contract|terms|policy|agent|advis[eo]r|clerk|cashier|nurse|doctor|gp|receptionist|engineer|call cent(?:re|er)|helpline|hotline|phone line|staff|bank|practice|surgery|manager|person|lady|man|woman|guy|team)`
const SAID = String.raw`(?:told|said|says|say|states?|stated|promised|wrote|writes|assured|informed|confirmed|quoted|read|reads)`
const ALWAYS = [
  // "that's not what the branch told me"
  /\b(?:that|this|it)(?:'s| is| was|s)?\s+(?:not|n't|isn't|wasn't)\s+(?:at all\s+)?(?:what|how|the way)\b.{0,60}\b(?:told|said|says|promised|informed|read|wrote|written|quoted|understood|agreed|advised|heard)\b/i,
  /\b(?:isn't|wasn't|isnt|wasnt)\s+what\b.{0,60}\b(?:told|said|says|promised|informed|read|wrote|written|quoted|agreed|advised|heard)\b/i,
  /\b(?:contradicts?|contradicting|conflicts? with|doesn't match|does not match|don't match|differs? from|different from|opposite of)\b.{0,50}\b(?:told|said|says|your (?:\w+ )?(?:page|site|website|letter|terms)|letter|branch|colleague)\b/i,
  // "the branch told me something different"
  new RegExp(
    String.raw`\b${WHO}\s+(?:clearly |definitely |always |just )?${SAID}\b.{0,40}\b(?:something (?:else|different)|otherwise|the opposite|differently|different)\b`,
    'i',
  ),
]
/** Only an answer can be contradicted: these count where Vouch or a colleague has said something. */
const AFTER_AN_ANSWER = [
  /^\W*(?:but |no,? |sorry,? (?:but )?|hm+,? |well,? |actually,? )*(?:that|this|it)(?:'s| is|s)\s+(?:just |simply |plainly |completely |totally |absolutely |definitely |still )?(?:wrong|incorrect|untrue|false|nonsense|rubbish|not (?:true|right|correct|so|the case|accurate)|out of date|outdated)\b/i,
  /\b(?:that|this|it)\s+(?:can't|cannot|can not|cant)\s+be\s+(?:right|true|correct)\b/i,
  /\b(?:your|the) (?:last |previous )?(?:answer|reply|information|figure|number|fee|date|price) (?:is|was|must be|seems)\s+(?:\w+ )?(?:wrong|incorrect|false|not (?:right|correct|true)|out of date|outdated|mistaken)\b/i,
  /\byou(?:'re| are|re) (?:wrong|mistaken)\b/i,
  /\b(?:earlier|before|yesterday|last (?:time|week|month)|just now|a (?:minute|moment) ago)\b.{0,15}\byou (?:said|told|wrote|promised)\b|\byou (?:said|told me|wrote|promised)\b.{0,60}\b(?:earlier|before|yesterday|last (?:time|week|month))\b/i,
  /^\W*(?:but|no|hm+|well|actually|however|that's odd|strange)\b.{0,30}\b(?:i was told|i've been told|i have been told|i was promised|they told me|they said|he said|she said|it says)\b/i,
  new RegExp(String.raw`^\W*(?:but|no|hm+|well|actually|however)\b.{0,20}\b${WHO}\s+(?:clearly |definitely |always |just )?${SAID}\b`, 'i'),
]

/** The customer has heard otherwise: from a branch, a letter, the website or from Vouch itself. One of the two is wrong, and a person should know which. */
export const contradicts: SignalSource = {
  name: 'contradicts',
  read: ({ text, history }) => {
    const plain = text.replaceAll('’', "'")
    const answered = history.some((m) => m.author !== 'customer')
    const found = [...ALWAYS, ...(answered ? AFTER_AN_ANSWER : [])].some((pattern) => pattern.test(plain))
    return found ? { strength: 1, why: 'The customer says that they were told otherwise.' } : null
  },
}
