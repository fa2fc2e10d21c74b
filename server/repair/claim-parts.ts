/** A sentence taken apart for comparing: what it is about, its figures, its names, whether it denies, whether it speaks of the past. */
import { quantitiesOf, type Quantity } from '../../words/quantities.ts'
import { isStopWord, wordsOf } from '../../words/terms.ts'

export interface ClaimParts {
  text: string
  /** Distinct content words as stems, other words for the same thing under one name, figures left out. */
  terms: string[]
  figures: Quantity[]
  /** Words of names (products, plans, places, firms), lower case. */
  names: Set<string>
  /** For each group of things that shut each other out (gas, electricity …), which of them it speaks of. */
  kinds: Map<number, Set<string>>
  /** It denies an odd number of times. "Costs nothing", "free of charge" and the like are no denial. */
  denies: boolean
  /** It says how something was, or that it is so no longer. */
  past: boolean
  asks: boolean
}

export function partsOf(text: string): ClaimParts {
  const plain = text.replaceAll('’', "'")
  const folded = fold(plain)
  const figures = quantitiesOf(text)
  return {
    text,
    terms: termsIn(folded),
    figures,
    names: namesIn(plain),
    kinds: kindsIn(plain.toLowerCase()),
    denies: (folded.match(DENIAL)?.length ?? 0) % 2 === 1,
    past: PAST.test(plain),
    asks: /\?\s*$/.test(plain),
  }
}

/** The content words alone, as in `terms`. */
export const contentOf = (text: string): string[] => termsIn(fold(text.replaceAll('’', "'")))

const DENIAL =
  /\b(?:not|no|never|none|neither|nor|nobody|nothing|cannot|without|unable|impossible|unnecessary|refuses?d?|excluded?|excludes|declines?d?)\b|n't\b/gi
const PAST =
  /\b(?:no longer|not any ?more|used to|formerly|previously|until (?:last|this|recently|january|february|march|april|may|june|july|august|september|october|november|december|20\d\d)|in the past|before (?:january|february|march|april|june|july|august|september|october|november|december|20\d\d)|was (?:cut|raised|changed|reduced|increased)|has (?:changed|been (?:cut|raised|changed)))\b/i

/**
 * Words of a help desk for the same thing, and turns of phrase whose denial is none. In this order; what they put in place is in
 * capitals, which no word of the lower-cased text is.
 */
const SAME: [RegExp, string][] = [
  [
    /\b(?:free of (?:any )?(?:charges?|fees?|costs?)|for free|at no (?:extra |additional )?(?:cost|charge)|without (?:a |any )?(?:charge|fee|cost|paying)s?|costs? (?:you )?nothing|nothing to pay|no (?:\w+ )?(?:fees?|charges?|costs?)|(?:do not|don't|doesn't|needn't|need not|won't|will not|never|not|no need to|not have to) (?:have to |need to |be )?(?:pay|paying|charged?)(?: (?:a|any|anything|for)\b)?|pay nothing|waived?)\b/g,
    ' FREE ',
  ],
  [/\bfree\b/g, ' FREE '],
  [/\b(?:fees?|charges?|charged|costs?|prices?|pays?|paid|paying|payable|set you back|takes? a charge)\b/g, ' FEE '],
  [/\b(?:abroad|overseas|foreign|international(?:ly)?|(?:another|other) countr(?:y|ies)|outside the uk|leaves? the uk)\b/g, ' ABROAD '],
  [/\b(?:transfers?|payments?|send(?:ing)?|sent|remit\w*)\b/g, ' TRANSFER '],
  [/\b(?:withdraw\w*|tak(?:e|es|ing|en) (?:\w+ ){0,2}out|took out|get (?:\w+ ){0,2}out|cash out)\b/g, ' WITHDRAW '],
  [/\b(?:cash ?machines?|cash ?points?|atms?)\b/g, ' ATM '],
  [/\b(?:cancel\w*|call(?:ed)? (?:it )?off|end(?:ing)? the)\b/g, ' CANCEL '],
  [
    /\b(?:refunds?|refunded|refunding|reimburse\w*|pa(?:y|id|ys) (?:\w+ ){0,3}back|money back|give (?:\w+ ){0,2}back|return(?:ed|s)?)\b/g,
    ' REFUND ',
  ],
  [/\b(?:join\w*|sign(?:ed|ing)? up|enrol\w*|register\w*|go on|put on)\b/g, ' JOIN '],
  [/\b(?:eligible|qualif\w*|entitled)\b/g, ' ELIGIBLE '],
  [/\b(?:phones?|telephones?|calls?|calling|ring|rings|rang|phoned|phoning)\b/g, ' PHONE '],
  [/\b(?:get|gets|getting|receive\w*|obtain\w*|have|has|got)\b/g, ' '],
  [/\b(?:clos(?:e|es|ed|ing)|shuts?)\b/g, ' CLOSE '],
  [/\b(?:allow(?:ed|s)?|permitted|possible|may|can|could|able to)\b/g, ' '],
  [/\b(?:insur\w*|cover(?:ed|s|age)?)\b/g, ' COVER '],
  [/\b(?:max(?:imum)?|at most|no more than|not more than|up to|upper limit|capped|limit(?:ed)?|as much as|exceed\w*)\b/g, ' LIMIT '],
  [/\b(?:arriv\w*|deliver\w*|be with you|reach(?:es|ed)? you)\b/g, ' ARRIVE '],
  [/\b(?:doctors?|gps?|physicians?)\b/g, ' DOCTOR '],
  [/\b(?:power|electric\w*)\b/g, ' ELECTRIC '],
  [/\b(?:physio\w*)\b/g, ' PHYSIO '],
  [/\b(?:medicines?|meds|medication|prescri\w*)\b/g, ' PRESCRIPTION '],
  [/\b(?:kids?|child(?:ren)?)\b/g, ' CHILD '],
  [/\b(?:repairs?|repaired|mend\w*|fix\w*)\b/g, ' REPAIR '],
  [/\b(?:leav\w*|switch\w* away)\b/g, ' LEAVE '],
]

const fold = (text: string): string => SAME.reduce((folded, [pattern, name]) => folded.replace(pattern, name), text.toLowerCase())

/** Content words; figures are compared by themselves. */
function termsIn(folded: string): string[] {
  return [
    ...new Set(
      wordsOf(folded)
        .filter((w) => !isStopWord(w.raw) && !/\d/.test(w.term) && !DULL.has(w.raw))
        .map((w) => w.term),
    ),
  ]
}

/** Said in every other answer: politeness, hedges, number words and units. */
const DULL = new Set(
  `hello hi dear thank thanks regards kind best wishes sorry please note afraid think believe sure yes course question message know let glad happy
  zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty
  fifty sixty seventy eighty ninety hundred thousand half quarter past pound pounds pence gbp quid day days week weeks month months year years hour
  hours minute minutes am pm o'clock working business`.split(/\s+/),
)

const NAME = /(?<=[\p{L}\d,;:)'"] )\p{Lu}[\p{L}\d]*(?:[ -]\p{Lu}[\p{L}\d]*)*|^\p{Lu}[\p{L}\d]*(?:[ -]\p{Lu}[\p{L}\d]*)+/gu
const NO_NAME =
  /^(?:i|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mon|tue|wed|thu|fri|sat|sun|january|february|march|april|may|june|july|august|september|october|november|december|yes|no|hi|hello|dear|mr|mrs|ms|dr|uk|gbp|if|the|you|we|it|a|an)$/

function namesIn(plain: string): Set<string> {
  return new Set(
    Array.from(plain.matchAll(NAME), (m) => m[0].toLowerCase().split(/[ -]/))
      .flat()
      .filter((word) => word.length > 1 && !NO_NAME.test(word)),
  )
}

/** Where one of a group is meant, the others are not: the other product, the other customers, the other day, the other way. */
const KINDS: Record<string, RegExp>[] = [
  { gas: /\bgas\b/, electricity: /\b(?:electric\w*|power)\b/, water: /\bwater\b/ },
  { credit: /\bcredit cards?\b/, debit: /\bdebit cards?\b/ },
  {
    current: /\bcurrent accounts?\b/,
    savings: /\bsav(?:ings?|ers?)\b/,
    joint: /\bjoint\b/,
    business: /\bbusiness(?:es)? (?:account|customer)s?\b/,
  },
  {
    home: /\b(?:home|house|contents|buildings?)\b/,
    motor: /\b(?:motor|car|vehicle|windscreen)s?\b/,
    travel: /\b(?:travel|trip|holiday)s?\b/,
    pet: /\bpets?\b/,
  },
  { premier: /\b(?:premier|premium|plus|gold|platinum|priority)\b/, basic: /\b(?:standard|basic|classic|everyday)\b/ },
  {
    saturday: /\bsat(?:urday)?s?\b/,
    sunday: /\bsun(?:day)?s?\b/,
    weekday: /\b(?:weekdays?|mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|working days?)s?\b/,
  },
  { first: /\b(?:first|1st)\b/, second: /\b(?:second|2nd)\b/, third: /\b(?:third|3rd)\b/ },
  { receive: /\b(?:receiv\w*|incoming|from abroad)\b/, send: /\b(?:send\w*|sent|outgoing|transfers? abroad)\b/ },
  { business: /\bbusiness(?:es)?\b/, homes: /\b(?:homes|households?)\b/ },
]

const kindsIn = (plain: string): Map<number, Set<string>> =>
  new Map(
    KINDS.flatMap((group, i): [number, Set<string>][] => {
      const there = Object.keys(group).filter((kind) => group[kind]?.test(plain))
      return there.length > 0 ? [[i, new Set(there)]] : []
    }),
  )
