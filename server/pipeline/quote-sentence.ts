import { quantitiesOf, type Quantity } from '../../words/quantities.ts'
import { namedOne } from './named-one.ts'

/**
 * A sentence as it is quoted: where it gives one value each to several things or days and the question names one of them, the others
 * give way to "…": "£418 for an adult on Linden Care and £704 for an adult on Care Plus", asked about Care Plus, becomes
 * "… £704 for an adult on Care Plus". What holds on a condition ("£250 if it is older") always stays, and so does everything when the
 * question names none, or says no: which of them is meant is then not a matter of words.
 */
export function sentenceText(text: string, question: string): string {
  const days = openingHours(text, question)
  if (days !== null) return days
  if (/\b(?:not?|never|without|cannot)\b|n['’]t\b/i.test(question)) return text
  for (const parts of parallels(text)) {
    const chosen = namedOne(
      parts.map((p) => p.label),
      question,
      { alike: true },
    )
    if (chosen !== null) return cut(text, parts, [chosen])
  }
  return text
}

interface Part {
  start: number
  end: number
  label: string
}

const COMPARED = new Set<Quantity['kind']>(['money', 'percent', 'measure'])
const JOINED = /(?:,? (?:and|or)|,|;) (?:(?:every|for|of|at|about|up to) )?$/i
const EVERY = /\b(?:every|for|of|at|about|up to) $/i
const LABEL = /^ (?:for|on|in|with|to|at|towards|per) [^,;:.()]{2,60}$/i

/** Stretches of the shape "VALUE for this and VALUE for that", each with its parts in order. */
function parallels(text: string): Part[][] {
  const all = quantitiesOf(text).filter((q) => COMPARED.has(q.kind))
  const found: Part[][] = []
  let parts: Part[] = []
  all.forEach((value, i) => {
    const next = all[i + 1]
    const between = text.slice(value.end, next?.start ?? text.length)
    const joint = next && next.kind === value.kind && next.unit === value.unit ? JOINED.exec(between) : null
    const label = joint ? between.slice(0, joint.index) : (/^[^,;:.()]*/.exec(between)?.[0] ?? '')
    const fits = LABEL.test(label) || (parts.length === 0 && joint !== null && label === '')
    if (fits) parts.push({ start: value.start, end: value.end + label.length, label })
    if (!fits || !joint) {
      if (fits && parts.length > 1) found.push(withTheirEvery(text, parts))
      parts = []
    }
  })
  return found
}

/** "every 6 months, or every 12 months": each begins with its "every" if all have one. */
function withTheirEvery(text: string, parts: Part[]): Part[] {
  const before = parts.map((p) => EVERY.exec(text.slice(0, p.start))?.[0].length ?? 0)
  return before.every((length) => length > 0) ? parts.map((p, i) => ({ ...p, start: p.start - (before[i] ?? 0) })) : parts
}

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const DAY = String.raw`(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?`
const CLOCK = String.raw`(?:\d{1,2}(?:[.:]\d{2})? ?(?:[ap]m)?|noon|midnight)`
const HOURS = new RegExp(String.raw`\b(${DAY})(?: ?(?:to|-|–) ?(${DAY})| and (${DAY}))?:? (?:${CLOCK} ?(?:to|-|–) ?${CLOCK}|closed)`, 'gi')

/** "Monday to Friday 8am to 7pm and Saturday 9am to 2pm", asked about a Saturday; null when that isn't what it is. */
function openingHours(text: string, question: string): string | null {
  const asked = daysOf(question)
  const parts = Array.from(text.matchAll(HOURS), (m) => {
    const [first, last, other] = m.slice(1, 4).map((d) => (d ? WEEK.indexOf(d.slice(0, 3).toLowerCase()) : -1)) as [number, number, number]
    const days = last < 0 ? [first, other] : WEEK.map((_, i) => i).filter((i) => i >= first && i <= last)
    return { start: m.index, end: m.index + m[0].length, label: '', days }
  })
  const adjoin = parts.slice(1).every((p, i) => /^(?:,? and|,|;) $/.test(text.slice(parts[i]?.end, p.start)))
  const meant = parts.flatMap((p, i) => (p.days.some((d) => asked.has(d)) ? [i] : []))
  return parts.length > 1 && adjoin && meant.length > 0 ? cut(text, parts, meant) : null
}

function daysOf(question: string): Set<number> {
  const said = Array.from(question.matchAll(new RegExp(String.raw`\b${DAY}\b`, 'gi')), (m) => WEEK.indexOf(m[0].slice(0, 3).toLowerCase()))
  const weekend = /\bweekends?\b/i.test(question) ? [5, 6] : []
  return new Set([...said, ...weekend])
}

/** The text with only the chosen parts, each gap marked as one. */
function cut(text: string, parts: Part[], chosen: number[]): string {
  const [first, last] = [parts[0], parts.at(-1)]
  if (!first || !last) return text
  const kept = parts.map((p, i) =>
    chosen.includes(i) ? text.slice(p.start, parts[i + 1] && chosen.includes(i + 1) ? parts[i + 1]?.start : p.end) : '…',
  )
  const list = kept.reduce(
    (all, part) => (part === '…' && all.endsWith('…') ? all : all + (all === '' || /\s$/.test(all) ? '' : ' ') + part),
    '',
  )
  const rest = text.slice(last.end)
  return text.slice(0, first.start) + list + (list.endsWith('…') && rest === '.' ? '' : rest)
}
