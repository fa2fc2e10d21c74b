import { quantitiesOf, type Quantity } from '../../words/quantities.ts'
import { termsOf, wordsOf } from '../../words/terms.ts'
import type { Check } from './check.ts'

/** What kind of thing a question asks for, where its wording says so. */
const WANTS: { pattern: RegExp; kinds: (q: Quantity) => boolean; what: string }[] = [
  {
    pattern: /\b(?:what(?:'s| is)?|which|how much)(?: (?!happens|exchange)[\w-]+){0,4} interest\b/i,
    kinds: (q) => q.kind === 'percent',
    what: 'a rate of interest',
  },
  { pattern: /\bwhat rate\b(?! of exchange)/i, kinds: (q) => q.kind === 'percent' || q.kind === 'money', what: 'a rate' },
  {
    pattern: new RegExp(
      [
        String.raw`\bhow much\b.*\b(?:cost|costs|charge|charged|pay|paying|fee|price|is it|set me back)\b`,
        String.raw`\bwhat(?:'?s| is| are)? (?:the |your |my )?(?:(?!happens)[\w-]+ ){0,3}(?:costs?|prices?|fees?|charges?|damage)\b(?! of\b)`,
        String.raw`\bwhat (?:do|does|did|will|would|am|are) .*\b(?:cost|charge me|charged|charging|paying|come to|set me back)\b`,
        String.raw`\bwhat (?:do|will|would) (?:you|they) charge\b`,
      ].join('|'),
      'i',
    ),
    kinds: (q) => q.kind === 'money' || q.kind === 'percent',
    what: 'a price',
  },
  {
    pattern: /\bhow long\b|\bhow many (?:days|weeks|months|years|hours|minutes)\b/i,
    kinds: (q) => q.kind === 'measure' || q.kind === 'date' || q.kind === 'time',
    what: 'a length of time',
  },
  { pattern: /\bwhat time\b|\bwhen (?:do|does|are|is) .*\b(?:open|close|shut)/i, kinds: (q) => q.kind === 'time', what: 'a time of day' },
  { pattern: /\bhow many\b/i, kinds: (q) => q.kind === 'number' || q.kind === 'measure', what: 'a number' },
  { pattern: /\bhow much\b/i, kinds: (q) => q.kind !== 'code' && q.kind !== 'link', what: 'an amount' },
]

/** The answer is about what was asked: it and its evidence speak of the question's words, and give the kind of thing that was asked for. */
export const onQuestion: Check = {
  name: 'on-question',
  run: ({ question, answer, claims, idf }) => {
    if (question === '') return []
    const terms = termsOf(question)
    const spoken = new Set(wordsOf(`${answer} ${claims.map((c) => `${c.window.about} ${c.window.text}`).join(' ')}`).map((w) => w.term))
    const weight = (list: string[]): number => list.reduce((sum, t) => sum + idf(t), 0)
    if (OPEN.test(question) && termsOf(answer).every((term) => terms.includes(term)))
      return [{ check: 'on-question', claim: null, result: 'failed', why: 'The answer only repeats what was asked.' }]
    const share = terms.length > 0 ? weight(terms.filter((t) => spoken.has(t))) / weight(terms) : 0
    const wanted = wants(question)
    const given = wanted === null || gives(answer, wanted)
    if (!given)
      return [
        {
          check: 'on-question',
          claim: null,
          result: 'failed',
          why: `The question asks for ${wanted.what}, and the answer does not give one.`,
        },
      ]
    if (share < 0.35)
      return [
        {
          check: 'on-question',
          claim: null,
          result: 'doubtful',
          why: 'The answer speaks of little that the question asks about.',
        },
      ]
    return [{ check: 'on-question', claim: null, result: 'passed', why: 'The answer is about what was asked.' }]
  },
}

/** Asks for something to be named, where "Yes, you can keep the book" would be no answer. */
const OPEN = /^\W*(?:who|whom|whose|what|which|where|when|why|how)\b/i

/** What the question's wording asks for, if it says. */
export const wants = (question: string): { kinds: (q: Quantity) => boolean; what: string } | null =>
  WANTS.find((w) => w.pattern.test(question)) ?? null

/** Has the text the kind of thing that is asked for, in figures or in words such as "free"? */
export const gives = (text: string, wanted: { kinds: (q: Quantity) => boolean }): boolean =>
  FREE.test(text) || quantitiesOf(text).some(wanted.kinds)

const FREE =
  /\b(?:free|no charge|no fee|nothing|no limit|unlimited|at once|straight away|immediately|instantly|same day|next (?:working )?day|midnight|noon)\b/i
