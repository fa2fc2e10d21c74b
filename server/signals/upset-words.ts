/** The lexicon: what people write when they are upset with whom they write to. Written for this project. */
const LEXICON = {
  anger: String.raw`\b(?:furious|livid|fuming|outrag\w+|angry|anger|mad at|driving me mad|going mad|cross with|so cross|disgust\w*|hate dealing|hate your|infuriat\w+|rage|seething|steaming)\b`,
  disappointment: String.raw`\b(?:disappoint\w+|let (?:me|us) down|dissatisf\w+|unhappy|not impressed|frustrat\w+|annoy\w+|upset\w*|regret|expected (?:far |much )?better|abandoned|humiliat\w+|insult\w+|heartbreaking|in tears)\b`,
  blame: String.raw`\b(?:useless|hopeless|pathetic|incompeten\w+|ridiculous|appalling|shocking|disgrac\w+|shame|ashamed|shambl\w+|shambolic|joke|farce|rubbish|garbage|trash|crap|terrible|horrible|awful|worst|cowboys?|crooks?|thie(?:f|ves)|robbery|rob(?:bed|bing)|lied|liars?|scandal|nightmare|incapable|unacceptable|not good enough|no use|no help at all|waste of (?:my )?time|wast(?:ed|ing) my|clueless|negligent|cruel|unbelievable|absurd|nonsense|excuses?|fob(?:bed)? (?:me|us) off)\b`,
  patience: String.raw`\b(?:fed up|sick (?:and tired|of)|tired of|had (?:it|enough)|enough of|enough with|losing (?:my )?patience|patience is|wits'? end|breaking point|can't take|last straw|beyond a joke|gone on long enough|for (?:god|christ|heaven|pity)'?s? ?sake|crying out loud|are you (?:kidding|serious|having a laugh|even)|you must be joking|kidding me|how (?:dare|many more times|hard can)|don't (?:you dare|care)|no ?(?:one|body) (?:ever )?(?:cares?|listens?|answers?|calls?|called)|never listens?|brick wall|round in circles|surprise surprise|thanks for nothing|give a damn|nothing works)\b`,
  again: String.raw`\b(?:(?:second|third|fourth|fifth|tenth|umpteenth) time|(?:two|three|four|five|six|ten|several|many|\d+) times|once again|yet again|over and over|already told|keep (?:saying|asking|telling)|still (?:no|nothing|not|waiting|haven't)|every (?:single )?time|wrong again|same (?:thing|answer|rubbish|useless))\b`,
  swearing: String.raw`\b(?:bloody|damn(?:ed)?|hell|wtf|shit\w*|fuck\w*|bullshit|arse\w*|bastards?|piss\w*|omg|sod off)\b`,
  you: String.raw`\b(?:you people|you lot|you guys|your (?:stupid|useless|robot|bot|fault|blunder|mistake|mess)|because of you|you (?:never|always|ruined|promised|lied|messed|cost me|clearly|took my|keep))\b`,
} as const

const PATTERNS = Object.entries(LEXICON).map(([name, pattern]) => ({ name, pattern: new RegExp(pattern, 'gi') }))
/** "How angry can I get", "I'd like to make a complaint": talk of it is not it. */
const SHOUTED = /\b\p{Lu}{3,}\b/gu

/** Figures of one message: how many words of each kind (at most 3), shouting, and marks that pile up. */
export function upsetWords(text: string): Record<string, number> {
  const plain = text.replaceAll('’', "'")
  const words = plain.match(/\p{L}+/gu)?.length ?? 0
  const shouted = plain.match(SHOUTED)?.length ?? 0
  return {
    ...Object.fromEntries(PATTERNS.map(({ name, pattern }) => [name, Math.min(3, plain.match(pattern)?.length ?? 0)])),
    shouting: words >= 3 && shouted / words > 0.5 ? 1 : 0,
    exclaims: Math.min(2, plain.match(/!/g)?.length ?? 0),
    piles: /[!?]{2,}/.test(plain) ? 1 : 0,
    staccato: Math.min(2, plain.match(/(?:^|[.!?] )\p{L}+(?: \p{L}+)?[.!]/gu)?.length ?? 0),
  }
}
