import { sentencesOf } from './sentences.ts'
import { isStopWord, wordsOf } from './terms.ts'

const MOST_WORDS = 110
/** What a unit's neighbour lends it of its own rank: what explains a sentence mostly stands beside it. */
const NEIGHBOUR = 0.25

/**
 * A premise as the entailment model reads it: its sentences, list items and table rows as plain text, those most like the claim, in their
 * order, at most 110 words. Ranked by the claim's rare words (and pairs of words) in a unit, and a little by its neighbours.
 * The model was trained on premises that the same rule made.
 */
export function condensed(claim: string, premise: string): string {
  const units = unitsOf(premise).map((text) => ({ text, terms: contentOf(text), words: text.split(/\s+/).length }))
  if (units.length <= 1 || units.reduce((sum, u) => sum + u.words, 0) <= MOST_WORDS) return units.map((u) => u.text).join(' ')
  const own = ownRanks(contentOf(claim), units)
  const ranked = own
    .map((rank, i) => ({ i, rank: rank + NEIGHBOUR * Math.max(own[i - 1] ?? 0, own[i + 1] ?? 0) }))
    .sort((a, b) => b.rank - a.rank)
  const kept = new Set<number>()
  let words = 0
  for (const { i } of ranked) {
    const more = units[i]?.words ?? 0
    if (kept.size > 0 && words + more > MOST_WORDS) continue
    kept.add(i)
    words += more
  }
  return units
    .filter((_, i) => kept.has(i))
    .map((u) => u.text)
    .join(' ')
}

/** Sentences, list items and table rows (`Header: cell; Header: cell`) of a text, without the marks of Markdown; each once. */
export function unitsOf(premise: string): string[] {
  const lines = premise.split('\n').map((line) => line.trim())
  const units: string[] = []
  let header: string[] | null = null
  for (const [at, line] of lines.entries()) {
    if (line === '') continue
    if (line.startsWith('|')) {
      if (RULE.test(line)) continue
      const cells = cellsOf(line)
      if (RULE.test(lines[at + 1] ?? '')) header = cells
      else units.push(rowOf(cells, header))
      continue
    }
    header = null
    if (ITEM.test(line)) units.push(plain(line.replace(ITEM, '')))
    else {
      const text = line.replace(/^#+\s*/, '')
      units.push(...sentencesOf(text).map((s) => plain(text.slice(s.start, s.end))))
    }
  }
  return [...new Set(units)].filter((unit) => unit !== '')
}

const RULE = /^\|?[\s|:-]*-[\s|:-]*$/
const ITEM = /^(?:[-*+]|\d+[.)])\s+/

const cellsOf = (line: string): string[] =>
  line
    .replace(/^\|/, '')
    .replace(/\|$/, '')
    .split('|')
    .map((cell) => plain(cell))

const rowOf = (cells: string[], header: string[] | null): string =>
  cells.map((cell, i) => (header?.length === cells.length && header[i] ? `${header[i]}: ${cell}` : cell)).join('; ')

/** Without links, emphasis and code marks. */
function plain(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|__|`/g, '')
    .replace(/(?<![\p{L}\p{N}_])[*_](\S[^*_]*)[*_](?![\p{L}\p{N}_])/gu, '$1')
    .replace(/\s+/g, ' ')
    .trim()
}

/** In order, with repeats. */
const contentOf = (text: string): string[] =>
  wordsOf(text)
    .filter((w) => !isStopWord(w.raw))
    .map((w) => w.term)

/** Rare words of the claim in each unit (BM25's idf over the units), less for a long unit, and half a point for each shared pair of words. */
function ownRanks(claim: string[], units: { terms: string[]; words: number }[]): number[] {
  const sets = units.map((u) => new Set(u.terms))
  const asked = [...new Set(claim)].map((term) => {
    const n = sets.filter((s) => s.has(term)).length
    return { term, idf: Math.log(1 + (units.length - n + 0.5) / (n + 0.5)) }
  })
  const pairs = new Set(pairsOf(claim))
  return units.map(({ terms, words }, i) => {
    const rare = asked.reduce((sum, { term, idf }) => sum + (sets[i]?.has(term) ? idf : 0), 0)
    return rare / (1 + 0.02 * words) + 0.5 * [...new Set(pairsOf(terms))].filter((pair) => pairs.has(pair)).length
  })
}

const pairsOf = (terms: string[]): string[] => terms.slice(1).map((term, i) => `${terms[i]} ${term}`)
