import { stemmer } from 'stemmer'

/** Words that say how something is asked, not what about. */
const STOP = new Set(
  `a about am an and any are as at be been being but by can could did do does doing for from get got had has have having he her here him his how i if in into is it its
  just like may me might more most much my need no not now of off on one or our out over own please shall she should so some than that the their them then there these
  they this those to too until up us very want was we were what when where which while who whom why will with would you your yours hi hello thanks`.split(
    /\s+/,
  ),
)

const WORD = /[\p{L}\p{M}]+(?:['’][\p{L}]+)*|[£$€]?\d+(?:[.,:]\d+)*%?/gu

export interface Word {
  start: number
  end: number
  /** Lower case, as written. */
  raw: string
  /** Stem (Porter 1980), or the number as written without its thousands separators. */
  term: string
}

/** All words and numbers of a text with their places. */
export function wordsOf(text: string): Word[] {
  return Array.from(text.matchAll(WORD), (match) => {
    const raw = match[0].toLowerCase().replaceAll('’', "'")
    return { start: match.index, end: match.index + match[0].length, raw, term: termOf(raw) }
  })
}

/** Distinct stems that carry meaning, in order of appearance. */
export function termsOf(text: string): string[] {
  return [
    ...new Set(
      wordsOf(text)
        .filter((w) => !STOP.has(w.raw))
        .map((w) => w.term),
    ),
  ]
}

export const isStopWord = (raw: string): boolean => STOP.has(raw)

function termOf(raw: string): string {
  if (/\d/.test(raw)) return raw.replace(/[£$€%]/g, '').replace(/(?<=\d),(?=\d{3})/g, '')
  return stemmer(raw.replace(/'s$/, '').replaceAll("'", ''))
}
