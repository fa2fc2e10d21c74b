import type { SignalSource } from './signal.ts'

/** Life or health is at stake now. Words, because embeddings of short cries for help are near to nothing; rather once too often than once too seldom. */
const DANGER = [
  /\b(?:don't|do not|dont|didn't) (?:want|wanna) to (?:be here|live|be alive|wake up|exist)\b/i,
  /\b(?:kill(?:ing)? my ?self|end(?:ing)? (?:it all|my life)|suicid\w*|better off dead|want to die|wish i was dead|harm(?:ing)? my ?self)\b/i,
  /\b(?:taken|took|swallowed) (?:a lot of|too many|all (?:of )?(?:my|the)|an overdose)\b.{0,30}\b(?:tablets?|pills?|medicine|medication|drugs?|paracetamol|insulin)\b|\boverdos\w*/i,
  /\b(?:swallowed|drank|drunk)\b.{0,60}\b(?:needle|battery|bleach|poison|petrol|sick|blood)\b/i,
  /\bchest pains?\b.{0,60}\b(?:now|arm|jaw|grey|gray|sweat\w*|what do i do|help)\b/i,
  /\b(?:can't|cannot|cant|not|stopped|struggling to|trouble) breath(?:e|ing)\b|\bthroat (?:is |has )?(?:closing|swelling|swollen)\b/i,
  /\bbleeding (?:heavily|badly|a lot)\b|\b(?:blood|bleeding) (?:won't|wont|will not|doesn't|does not) stop\b|\b(?:coughing|vomiting|throwing) (?:up )?blood\b/i,
  /\b(?:has|have|'s|is|just) (?:collapsed|unconscious|passed out|not responding|unresponsive)\b|\b\w+'s collapsed\b/i,
  /\b(?:having|had) (?:a )?(?:fit|seizure|stroke|heart attack)\b|\bface has (?:dropped|drooped)\b/i,
  /\b(?:smell|smells|smelling|stink\w*)(?: strongly)? of (?:gas|petrol|burning|smoke)\b|\bsmell (?:gas|burning|smoke)\b|\bgas (?:leak|is leaking)\b/i,
  /\b(?:carbon monoxide|co|smoke) (?:\w+ ){0,6}(?:going off|beeping|sounding)\b/i,
  /\b(?:sparking|electrocuted|electric shock)\b|\b(?:cable|wire|power line|pylon)(?:'s| is| has)? (?:come |fallen |hanging |is )?(?:down|exposed)\b/i,
  /\b(?:oxygen|ventilator|dialysis|breathing) machine\b.{0,60}\b(?:battery|off|stopped|no power|failing)\b|\bpower'?s? off\b.{0,60}\b(?:oxygen|ventilator|dialysis)\b/i,
  /\b(?:house|flat|kitchen|building) is on fire\b|\bthere'?s (?:a )?fire\b/i,
]
/** "What should I do if I smell gas?" asks for knowledge. */
const SUPPOSED = /\b(?:if|when|whenever|in case)\b[^.?!]{0,40}$/i

export const inDanger: SignalSource = {
  name: 'in-danger',
  read: ({ text }) => {
    const plain = text.replaceAll('’', "'")
    const cry = DANGER.map((pattern) => pattern.exec(plain)).find((m) => m !== null && !SUPPOSED.test(plain.slice(0, m.index)))
    return cry ? { strength: 1, why: `The customer writes “${cry[0]}”: life or health may be at stake.` } : null
  },
}
