/** Small changes that make a true statement false, and rewordings that leave it true. By rule; the same numbers from `random` give the same. */

/** Replace the words `from` that begin at `at` by `to`. */
export interface Edit {
  kind: EditKind
  from: string
  to: string
  at: number
}

export type EditKind = 'number' | 'unit' | 'date' | 'name' | 'plan' | 'tier' | 'negation' | 'modality'

/** What can be mistaken for each other in a knowledge base. */
export interface Vocabulary {
  names: string[]
  plans: string[]
  tiers: string[]
}

type Random = () => number

export const choose = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)] as T

export function shuffled<T>(list: readonly T[], random: Random): T[] {
  const out = [...list]
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[out[i], out[j]] = [out[j] as T, out[i] as T]
  }
  return out
}

export const apply = (text: string, { from, to, at }: Pick<Edit, 'from' | 'to' | 'at'>): string =>
  text.slice(0, at) + to + text.slice(at + from.length)

/** One change of the kinds that the text allows; null when it allows none. */
export function editOf(text: string, vocabulary: Vocabulary, random: Random): Edit | null {
  const makers: [EditKind, () => Omit<Edit, 'kind'> | null][] = [
    ['number', () => numberEdit(text, random)],
    ['date', () => swapped(text, [DAYS, MONTHS], random)],
    ['unit', () => unitEdit(text, random)],
    ['negation', () => phraseEdit(text, NEGATIONS, random)],
    ['modality', () => phraseEdit(text, MODALITIES, random)],
    ['plan', () => swapped(text, [vocabulary.plans], random)],
    [
      'tier',
      () =>
        swapped(text, [vocabulary.tiers.filter((t) => /^\p{Lu}/u.test(t)), vocabulary.tiers.filter((t) => !/^\p{Lu}/u.test(t))], random),
    ],
    ['name', () => swapped(text, [vocabulary.names], random)],
  ]
  for (const [kind, make] of shuffled(makers, random)) {
    const edit = make()
    if (edit && edit.from !== edit.to) return { kind, ...edit }
  }
  return null
}

const WORDS: Record<string, number> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fourteen: 14,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
}
const WORD_OF = new Map(Object.entries(WORDS).map(([word, n]) => [n, word]))
const NUMBER = new RegExp(String.raw`(?<![\w.])[£€$]?\d[\d,]*(?:\.\d+)?(?=(?:[a-z]{0,2}\b|%))|\b(?:${Object.keys(WORDS).join('|')})\b`, 'g')
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const BOTH_WAYS = (pairs: [string, string][]): [string, string][] => [...pairs, ...pairs.map(([a, b]): [string, string] => [b, a])]
const UNITS = BOTH_WAYS([
  ['working days', 'days'],
  ['days', 'weeks'],
  ['hours', 'days'],
  ['minutes', 'hours'],
  ['weeks', 'months'],
  ['months', 'years'],
  ['a month', 'a year'],
  ['a day', 'a week'],
])
const NEGATIONS: [string, string][] = [
  ['can', 'cannot'],
  ['cannot', 'can'],
  ['do not', 'do'],
  ['does not', 'does'],
  ['is not', 'is'],
  ['are not', 'are'],
  ['will not', 'will'],
  ['is', 'is not'],
  ['are', 'are not'],
  ['will', 'will not'],
  ['has to', 'does not have to'],
  ['have to', 'do not have to'],
  ['must not', 'must'],
  ['free', 'charged for'],
  ['before', 'after'],
  ['after', 'before'],
  ['at least', 'at most'],
  ['up to', 'at least'],
  ['more than', 'less than'],
  ['included', 'not included'],
  ['over', 'under'],
  ['under', 'over'],
  ['the same day', 'the next day'],
]
const MODALITIES: [string, string][] = [
  ['must', 'may'],
  ['may', 'must'],
  ['can', 'must'],
  ['usually', 'always'],
  ['only', 'also'],
  ['should', 'must'],
  ['always', 'sometimes'],
  ['need to', 'may'],
  ['normally', 'always'],
  ['all', 'some'],
  ['every', 'most'],
  ['might', 'will'],
  ['could', 'will'],
  ['aim to', 'promise to'],
]

function numberEdit(text: string, random: Random): Omit<Edit, 'kind'> | null {
  // Not in a telephone number, such as "020 7946 0000" or "+44 20 7946".
  const found = [...text.matchAll(NUMBER)].filter((m) => !/(?:\+|\b0\d)[\d ]*$/.test(text.slice(0, m.index + m[0].length)))
  if (found.length === 0) return null
  const { 0: from, index: at } = choose(found, random)
  const to = WORDS[from] ? otherWord(WORDS[from], random) : otherFigure(from, text.slice(at + from.length), random)
  return { from, to, at }
}

function otherWord(n: number, random: Random): string {
  const near = [...WORD_OF.keys()].filter((other) => other !== n && (Math.abs(other - n) <= 6 || n > 15))
  return WORD_OF.get(choose(near, random)) ?? ''
}

function otherFigure(from: string, after: string, random: Random): string {
  const sign = /^[£€$]/.exec(from)?.[0] ?? ''
  const digits = from.replace(/[£€$,]/g, '')
  const n = Number(digits)
  const decimals = digits.split('.')[1]?.length ?? 0
  const hour = n <= 12 && /^(?:am|pm)/.test(after)
  const candidates = hour
    ? Array.from({ length: 12 }, (_, i) => i + 1)
    : decimals > 0 || n >= 100
      ? [n * 0.5, n * 0.8, n * 1.2, n * 1.5, n * 2]
      : [n * 2, n + 1, n + 2, n - 1, n - 2, n + 5, Math.floor(n / 2), n * 3]
  const written = candidates.map((v) => (decimals > 0 ? v.toFixed(decimals) : String(Math.round(v))))
  const value = choose(
    written.filter((w) => Number(w) > 0 && Number(w) !== n),
    random,
  )
  return sign + (from.includes(',') && value !== undefined ? Number(value).toLocaleString('en-GB') : value)
}

function unitEdit(text: string, random: Random): Omit<Edit, 'kind'> | null {
  const found = UNITS.filter(([from]) => whole(from).test(text))
  // "working days" rather than the "days" in it.
  const longest = Math.max(...found.map(([from]) => from.length))
  const fitting = found.filter(([from]) => from.length === longest)
  if (fitting.length === 0) return null
  const [from, to] = choose(fitting, random)
  return { from, to, at: text.search(whole(from)) }
}

function phraseEdit(text: string, phrases: [string, string][], random: Random): Omit<Edit, 'kind'> | null {
  const found = phrases.filter(
    ([from]) => whole(from).test(text) && !new RegExp(String.raw`\b${from} not\b|(?:\bnot|n['’]t) ${from}\b`).test(text),
  )
  if (found.length === 0) return null
  const [from, to] = choose(found, random)
  return { from, to, at: text.search(whole(from)) }
}

/** A word of a list for another one of the same list that the text does not have; the longest that it has. */
function swapped(text: string, lists: string[][], random: Random): Omit<Edit, 'kind'> | null {
  for (const list of lists) {
    const here = list.filter((word) => whole(word).test(text)).sort((a, b) => b.length - a.length)
    const others = list.filter((word) => !text.includes(word) && !here.some((h) => h.includes(word) || word.includes(h)))
    const [from] = here
    if (from !== undefined && others.length > 0) return { from, to: choose(others, random), at: text.search(whole(from)) }
  }
  return null
}

const whole = (words: string): RegExp =>
  new RegExp(String.raw`(?<![\p{L}\p{N}-])${words.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}(?![\p{L}\p{N}-])`, 'u')
