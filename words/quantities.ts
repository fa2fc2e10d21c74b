/** Figures in a text, in a form in which "five working days", "5 working days" and "5 business days" are the same. */
export type QuantityKind = 'money' | 'percent' | 'time' | 'date' | 'measure' | 'number' | 'code' | 'link'

export interface Quantity {
  kind: QuantityKind
  start: number
  end: number
  /** As written. */
  text: string
  /** Normal form of the value: `2500`, `11:00`, `3 may`. */
  value: string
  /** Normal form of the unit: `gbp`, `working day`, `minute`; '' without one. */
  unit: string
}

const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']
const ONES = SMALL.slice(1, 10).join('|')
const UNDER_100 = String.raw`(?:(?:${TENS.join('|')})(?:[- ](?:${ONES}))?|${SMALL.join('|')})`
const UNDER_1000 = String.raw`(?:(?:${UNDER_100}|an?) hundred(?:(?: and)? ${UNDER_100})?|${UNDER_100})`
/** "twenty-one", "fifteen hundred", "two thousand five hundred and ten". */
const NUMBER_WORD = new RegExp(String.raw`\b(?:(?:${UNDER_1000}|an?) thousand(?:,?(?: and)? ${UNDER_1000})?|${UNDER_1000})\b`, 'gi')
const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']
const MONTH = `(?:${MONTHS.map((m) => (m === 'may' ? 'may' : `${m.slice(0, 3)}(?:${m.slice(3)})?`)).join('|')}|sept)`
const CURRENCY: Record<string, string> = {
  '£': 'gbp',
  '€': 'eur',
  $: 'usd',
  gbp: 'gbp',
  eur: 'eur',
  usd: 'usd',
  pound: 'gbp',
  quid: 'gbp',
  euro: 'eur',
  dollar: 'usd',
  p: 'penny',
  pence: 'penny',
  penny: 'penny',
}
const NUMBER = String.raw`\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?`
const UNIT_WORD: Record<string, string> = {
  business: 'working',
  day: 'day',
  week: 'week',
  month: 'month',
  year: 'year',
  yr: 'year',
  hour: 'hour',
  hr: 'hour',
  minute: 'minute',
  min: 'minute',
  second: 'second',
  sec: 'second',
  mile: 'mile',
  kilometre: 'km',
  km: 'km',
  metre: 'm',
  kwh: 'kwh',
  kw: 'kw',
  litre: 'litre',
  degree: 'degree',
  mb: 'mb',
  gb: 'gb',
  fortnight: 'fortnight',
  digit: 'digit',
  time: 'time',
}

/** Patterns in the order in which they claim their stretch of text; what one has taken, the next can't. */
const PATTERNS: { kind: QuantityKind; pattern: RegExp; read: (m: RegExpMatchArray) => { value: string; unit: string } | null }[] = [
  {
    kind: 'link',
    pattern: /\b(?:https?:\/\/|www\.)[^\s<>()"']+[^\s<>()"'.,;:!?]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi,
    read: (m) => ({ value: m[0].toLowerCase(), unit: '' }),
  },
  {
    kind: 'date',
    pattern: new RegExp(
      String.raw`\b(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(${MONTH})\b(?:\s+(\d{4}))?|\b(${MONTH})\s+(\d{1,2})(?:st|nd|rd|th)?\b(?!\d)(?:,?\s+(\d{4}))?`,
      'gi',
    ),
    read: dayOf,
  },
  {
    kind: 'date',
    pattern: /\b(\d{4})-(\d{2})-(\d{2})\b/g,
    read: (m) => ({ value: `${Number(m[3])} ${MONTHS[Number(m[2]) - 1] ?? m[2]} ${m[1]}`, unit: '' }),
  },
  { kind: 'date', pattern: /\b\d{1,2}\/\d{1,2}\/\d{2,4}\b/g, read: (m) => ({ value: m[0], unit: '' }) },
  {
    kind: 'time',
    pattern: /\b(\d{1,2})(?:[.:](\d{2}))?\s?([ap])\.?m\b\.?|\b([01]?\d|2[0-3]):([0-5]\d)\b|\b(noon|midday|midnight)\b/gi,
    read: (m) => ({ value: clockOf(m), unit: '' }),
  },
  {
    kind: 'time',
    pattern:
      /\b(?:(half past|quarter past|quarter to) )?(\d{1,2})(?: ?o['’]?clock)?(?: (in the (?:morning|afternoon|evening)|at night))?\b/gi,
    read: spokenClockOf,
  },
  {
    kind: 'code',
    pattern: /\b(?:\d{2}-\d{2}-\d{2}|0\d{2,5}[ -]\d{3,4}(?:[ -]?\d{3,4})?|0\d{9,10}|[A-Z]{2,}-?\d{2,}[A-Z\d-]*|[A-Z]\d{3,}[A-Z\d]*)\b/g,
    read: (m) => ({ value: m[0].replace(/[ -]/g, '').toLowerCase(), unit: '' }),
  },
  // "£2.5%" or "£5.9p": a figure with two units says nothing, and nothing can state it.
  {
    kind: 'money',
    pattern: new RegExp(String.raw`[£€$]\s?(${NUMBER})\s?(?:%|per\s?cent\b|percent\b|p\b|pence\b)`, 'gi'),
    read: (m) => ({ value: plain(m[1] ?? ''), unit: 'garbled' }),
  },
  {
    kind: 'percent',
    pattern: new RegExp(String.raw`(${NUMBER})\s?(?:%|per\s?cent\b|percent\b)`, 'gi'),
    read: (m) => ({ value: plain(m[1] ?? ''), unit: '%' }),
  },
  {
    kind: 'money',
    pattern: new RegExp(String.raw`([£€$])\s?(${NUMBER})(?:\s?(million|billion|bn|k|m)\b)?`, 'gi'),
    read: (m) => ({ value: scaled(m[2] ?? '', m[3]), unit: CURRENCY[m[1] ?? ''] ?? '' }),
  },
  {
    kind: 'money',
    pattern: new RegExp(String.raw`(${NUMBER})\s?(GBP|EUR|USD|pounds?|quid|euros?|dollars?|pence|penny|p)\b`, 'gi'),
    read: (m) => ({ value: plain(m[1] ?? ''), unit: CURRENCY[singular((m[2] ?? '').toLowerCase())] ?? '' }),
  },
  {
    kind: 'measure',
    pattern: new RegExp(
      String.raw`(${NUMBER})(?:st|nd|rd|th)?[ -]?(?:(working|business|calendar|consecutive|full)[ -])?(${Object.keys(UNIT_WORD)
        .filter((u) => u !== 'business')
        .join('|')})(?:s|es)?\b`,
      'gi',
    ),
    read: (m) => ({
      value: plain(m[1] ?? ''),
      unit: `${/working|business/i.test(m[2] ?? '') ? 'working ' : ''}${UNIT_WORD[(m[3] ?? '').toLowerCase()] ?? ''}`,
    }),
  },
  {
    kind: 'number',
    pattern: new RegExp(String.raw`(?<![\w.,])(${NUMBER})(?:st|nd|rd|th)?(?![\w])`, 'g'),
    read: (m) => ({ value: plain(m[1] ?? ''), unit: '' }),
  },
]

/** All figures of a text, in order. Number words count as figures; "one" alone doesn't (it is mostly a pronoun). */
export function quantitiesOf(text: string): Quantity[] {
  const { digits, origin } = withDigits(text)
  const taken = new Uint8Array(digits.length)
  const found: Quantity[] = []
  for (const { kind, pattern, read } of PATTERNS) {
    for (const match of digits.matchAll(pattern)) {
      const [from, to] = [match.index, match.index + match[0].length]
      if (taken.subarray(from, to).some((t) => t === 1)) continue
      const form = read(match)
      if (!form) continue
      taken.fill(1, from, to)
      const [start, end] = [origin(from), origin(to)]
      found.push({ kind, start, end, text: text.slice(start, end).trim(), ...equivalent(form) })
    }
  }
  return found.sort((a, b) => a.start - b.start)
}

/** Does the text with these figures say this one? The unit must agree where both name one. */
export function isStatedBy(quantity: Quantity, stated: Quantity[]): boolean {
  return stated.some(
    (s) => s.value === quantity.value && (s.unit === quantity.unit || s.unit === '' || quantity.unit === '') && !clash(s, quantity),
  )
}

function clash(a: Quantity, b: Quantity): boolean {
  const exact = new Set<QuantityKind>(['date', 'time', 'percent', 'link'])
  return a.kind !== b.kind && (exact.has(a.kind) || exact.has(b.kind))
}

/** The text with number words as digits, and the way back from its offsets. */
function withDigits(text: string): { digits: string; origin: (at: number) => number } {
  const pieces: { at: number; shift: number }[] = [{ at: 0, shift: 0 }]
  let digits = ''
  let last = 0
  for (const match of text.matchAll(NUMBER_WORD)) {
    const words = match[0].toLowerCase()
    if (words === 'one') {
      if (
        !/^[- ](?:(?:working|business|calendar)[- ])?(?:day|week|month|year|hour|minute|pound|per\s?cent|mile)/i.test(
          text.slice(match.index + match[0].length),
        )
      )
        continue
    }
    const value = valueOf(words)
    digits += text.slice(last, match.index) + String(value)
    last = match.index + match[0].length
    pieces.push({ at: digits.length, shift: last - digits.length })
  }
  digits += text.slice(last)
  return { digits, origin: (at) => at + (pieces.findLast((p) => p.at <= at)?.shift ?? 0) }
}

/** What number words say: each is added, "hundred" and "thousand" multiply what stands before them. */
function valueOf(words: string): number {
  let total = 0
  let part = 0
  for (const word of words.split(/[-, ]+/)) {
    if (word === 'a' || word === 'an') part = 1
    else if (word === 'hundred') part *= 100
    else if (word === 'thousand') [total, part] = [part * 1000, 0]
    else if (word !== 'and') part += TENS.includes(word) ? (TENS.indexOf(word) + 2) * 10 : SMALL.indexOf(word)
  }
  return total + part
}

/** Units that convert without a doubt. */
function equivalent({ value, unit }: { value: string; unit: string }): { value: string; unit: string } {
  const n = Number(value)
  if (unit === 'fortnight') return { value: String(n * 14), unit: 'day' }
  if (unit === 'week') return { value: String(n * 7), unit: 'day' }
  if (unit === 'year') return { value: String(n * 12), unit: 'month' }
  if (unit === 'penny' && n >= 100) return { value: String(n / 100), unit: 'gbp' }
  return { value, unit }
}

const plain = (number: string): string => String(Number(number.replaceAll(',', '')))
const singular = (word: string): string => (word.length > 3 && word.endsWith('s') ? word.slice(0, -1) : word)
const monthOf = (word: string): string => MONTHS.find((m) => m.startsWith(word.toLowerCase().slice(0, 3))) ?? word

function scaled(number: string, scale: string | undefined): string {
  const factor: Record<string, number> = { k: 1e3, m: 1e6, million: 1e6, billion: 1e9, bn: 1e9 }
  return String(Number(number.replaceAll(',', '')) * (factor[scale?.toLowerCase() ?? ''] ?? 1))
}

function clockOf(m: RegExpMatchArray): string {
  if (m[6]) return m[6].toLowerCase() === 'midnight' ? '00:00' : '12:00'
  if (m[4]) return `${m[4].padStart(2, '0')}:${m[5]}`
  const hour = (Number(m[1]) % 12) + (m[3]?.toLowerCase() === 'p' ? 12 : 0)
  return `${String(hour).padStart(2, '0')}:${m[2] ?? '00'}`
}

/** Null for "sixty may join", which is no day of May. */
function dayOf(m: RegExpMatchArray): { value: string; unit: string } | null {
  const [day, month, year] = [Number(m[1] ?? m[5]), m[2] ?? m[4] ?? '', m[3] ?? m[6]]
  return day < 1 || day > 31 ? null : { value: `${day} ${monthOf(month)}${year ? ` ${year}` : ''}`, unit: '' }
}

/** "half past ten at night", "4 o'clock": with no part of the day, 7 to 11 are taken for the morning. Null for a bare number. */
function spokenClockOf(m: RegExpMatchArray): { value: string; unit: string } | null {
  const [all, before, figure, part] = m
  const past = before?.toLowerCase()
  const spoken = Number(figure)
  if ((!past && !part && !/clock/i.test(all)) || spoken < 1 || spoken > 12) return null
  const afternoon = part
    ? /afternoon|evening/i.test(part) || (/night/i.test(part) && spoken >= 6 && spoken < 12)
    : spoken < 7 || spoken === 12
  const hour = (spoken % 12) + (afternoon ? 12 : 0) - (past?.endsWith('to') ? 1 : 0)
  const minutes = past === undefined ? '00' : past.startsWith('half') ? '30' : past.endsWith('past') ? '15' : '45'
  return { value: `${String((hour + 24) % 24).padStart(2, '0')}:${minutes}`, unit: '' }
}
