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
const NUMBER_WORD = new RegExp(
  String.raw`\b(?:(${TENS.join('|')})(?:[- ](${SMALL.slice(1, 10).join('|')}))?|(${SMALL.join('|')})|(half))\b`,
  'gi',
)
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
    read: (m) => ({ value: `${Number(m[1] ?? m[5])} ${monthOf(m[2] ?? m[4] ?? '')}${m[3] || m[6] ? ` ${m[3] ?? m[6]}` : ''}`, unit: '' }),
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
    pattern: new RegExp(String.raw`(${NUMBER})\s?(GBP|EUR|USD|pounds?|euros?|dollars?|pence|penny|p)\b`, 'gi'),
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
    if (match[4] || match[3]?.toLowerCase() === 'one') {
      if (
        !/^[- ](?:(?:working|business|calendar)[- ])?(?:day|week|month|year|hour|minute|pound|per\s?cent|mile)/i.test(
          text.slice(match.index + match[0].length),
        )
      )
        continue
    }
    if (match[4]) continue
    const ten = match[1] ? (TENS.indexOf(match[1].toLowerCase()) + 2) * 10 : 0
    const value = ten + (match[2] ? SMALL.indexOf(match[2].toLowerCase()) : match[3] ? SMALL.indexOf(match[3].toLowerCase()) : 0)
    digits += text.slice(last, match.index) + String(value)
    last = match.index + match[0].length
    pieces.push({ at: digits.length, shift: last - digits.length })
  }
  digits += text.slice(last)
  return { digits, origin: (at) => at + (pieces.findLast((p) => p.at <= at)?.shift ?? 0) }
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
