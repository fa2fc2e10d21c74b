import { isStopWord, wordsOf } from './terms.ts'

export interface Vocabulary {
  /** Words of the firm's own texts, in small letters, with how often each stands there. */
  own: Map<string, number>
  /** Is it a word of the language at all? */
  isWord: (word: string) => boolean
}

/** Shorter words are too often a name, a code or another word. */
const SHORTEST = 5
/** From this length on two slips may be in a word. */
const TWO_SLIPS_FROM = 9
/** In a shorter word one letter changed for another makes another word more often than a slip. */
const CHANGED_FROM = 7

/**
 * Slips of the pen put right: a word that is none, and that a letter added, left out, changed or swapped (Damerau 1964) turns into one of the
 * firm's own. Everything else stays: names, codes, and words that the firm never uses.
 */
export function spelled(text: string, vocabulary: Vocabulary): string {
  let right = ''
  let last = 0
  for (const { start, end, raw } of wordsOf(text)) {
    const better = mayBeSlip(text, start, raw, vocabulary) ? nearest(raw, vocabulary.own) : null
    if (better === null) continue
    right += text.slice(last, start) + (/^\p{Lu}/u.test(text.slice(start, end)) ? better.replace(/^./, (c) => c.toUpperCase()) : better)
    last = end
  }
  return right + text.slice(last)
}

/** Counts the words of texts. */
export function countWords(texts: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) for (const { raw } of wordsOf(text)) counts.set(raw, (counts.get(raw) ?? 0) + 1)
  return counts
}

/** A capital within a sentence begins a name. */
function mayBeSlip(text: string, start: number, raw: string, { own, isWord }: Vocabulary): boolean {
  const name = start > 0 && /^\p{Lu}/u.test(text.slice(start)) && !/[.!?:]\s*$/.test(text.slice(0, start))
  const known = (word: string): boolean => isStopWord(word) || own.has(word) || isWord(word)
  return raw.length >= SHORTEST && /^[a-z]+$/.test(raw) && !name && !basesOf(raw).some(known)
}

/** The word, and what it may be made from: "chargers" from "charge", "fitter" from "fit", "unblock" from "block". */
function basesOf(word: string): string[] {
  const bare = word.replace(/^(?:un|re)(?=\p{L}{4})/u, '')
  const cut = bare.replace(/(?:e?s|e?d|e?rs?|ing)$/, '')
  return [word, bare, word.replace(/s$/, ''), cut, `${cut}e`, cut.replace(/(.)\1$/, '$1')].filter((base) => base.length >= 3)
}

const isSwap = (a: string, b: string): boolean => [...a].toSorted().join('') === [...b].toSorted().join('')

/** The word with the fewest slips, of those the most frequent; the first letter is seldom the wrong one. */
function nearest(raw: string, own: Map<string, number>): string | null {
  const most = raw.length >= TWO_SLIPS_FROM ? 2 : 1
  let best: { word: string; slips: number; count: number } | null = null
  for (const [word, count] of own) {
    if (word[0] !== raw[0] || word.length < SHORTEST || Math.abs(word.length - raw.length) > most || !/^[a-z]+$/.test(word)) continue
    const slips = distance(raw, word)
    if (slips > most || (raw.length < CHANGED_FROM && word.length === raw.length && !isSwap(raw, word))) continue
    if (!best || slips < best.slips || (slips === best.slips && count > best.count)) best = { word, slips, count }
  }
  return best?.word ?? null
}

/** Letters added, left out, changed, or swapped with their neighbour. */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = at(rows, i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(rows, i - 2, j - 2) + 1 : Infinity
      row.push(Math.min(change, swapped, at(rows, i - 1, j) + 1, (row[j - 1] ?? 0) + 1))
    }
    rows.push(row)
  }
  return at(rows, a.length, b.length)
}

const at = (rows: number[][], i: number, j: number): number => rows[i]?.[j] ?? Infinity
