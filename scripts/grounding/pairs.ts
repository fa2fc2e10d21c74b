import type { Block } from '../../kb/types.ts'
import { randomOf } from '../random.ts'
import { apply, choose, editOf, type Edit, type Vocabulary } from './edits.ts'
import { capital, reworded, small, withoutCondition } from './reword.ts'

export const TRUE_KINDS = ['copied', 'reworded', 'merged', 'edited-alike'] as const
export const FALSE_KINDS = [
  'number',
  'unit',
  'date',
  'name',
  'plan',
  'tier',
  'negation',
  'modality',
  'neighbour-row',
  'condition',
  'removed',
  'neighbour-article',
] as const

export interface MadePair {
  id: string
  claim: string
  premise: string
  /** 1: the premise supports every part of the claim. */
  label: 0 | 1
  kind: (typeof TRUE_KINDS)[number] | (typeof FALSE_KINDS)[number]
  article: string
  /** The premise was changed like the claim, so that nothing in the claim alone tells true from false. Never put one into a knowledge base. */
  edited: boolean
}

/**
 * Claims about a knowledge base, true and subtly false, each against a window of its article: an edited claim also against a window with the
 * same edit, and the true one against that, so that a claim by itself tells nothing. The same blocks and seed give the same pairs.
 */
export function makePairs(blocks: Block[], tiers: string[], seed: number): MadePair[] {
  const random = randomOf(seed)
  const vocabulary = vocabularyOf(blocks, tiers)
  const articles = Map.groupBy(blocks, (b) => b.article)
  const pairs: MadePair[] = []
  for (const [article, mine] of articles) {
    const elsewhere = [...articles.keys()].filter((other) => other !== article)
    for (const [at, block] of mine.entries()) {
      if (!states(block)) continue
      const window = windowAround(mine, at, random)
      const other = elsewhere.length > 0 ? (articles.get(choose(elsewhere, random)) ?? []) : []
      const made = [
        ...changed(block, mine, window, vocabulary, random),
        ...dropped(block, window, random),
        ...taken(block, window, random),
        ...merged(window, random),
        ...foreign(block, other, random),
      ]
      for (const pair of made) pairs.push({ id: `${article}#${pairs.length}`, article, ...pair })
    }
  }
  return pairs
}

/** Introductions, questions and scraps state nothing. */
const states = ({ kind, text }: Block): boolean => kind === 'row' || (text.split(/\s+/).length >= 6 && !/[:?]$/.test(text))

type Pair = Omit<MadePair, 'id' | 'article'>
type Random = () => number

interface Window {
  blocks: Block[]
  /** Which of them the claim is made from. */
  at: number
}

/** Up to four blocks before it and three after. */
function windowAround(blocks: Block[], at: number, random: Random): Window {
  const from = Math.max(0, at - Math.floor(random() * 5))
  return { blocks: blocks.slice(from, at + 1 + Math.floor(random() * 4)), at: at - from }
}

const textOf = (blocks: { text: string }[]): string => blocks.map(({ text }) => text).join('\n')

/** A claim and its edited twin, each against the window as it stands and the window with the same edit. */
function changed(block: Block, article: Block[], window: Window, vocabulary: Vocabulary, random: Random): Pair[] {
  const change = block.kind === 'row' ? rowChange(block, article, vocabulary, random) : sentenceChange(block, vocabulary, random)
  if (!change) return []
  const { kind, claim, wrong, edited } = change
  const premise = textOf(window.blocks)
  // A neighbour may say what the edit says, and then it would be true.
  if (premise.includes(edited) || premise.includes(wrong)) return []
  const twin = textOf(window.blocks.with(window.at, { ...block, text: edited }))
  const told = random() < 0.75 ? reworded(claim, random) : claim
  const toldWrong = told === claim ? wrong : reworded(wrong, random)
  return [
    { claim: told, premise, label: 1, kind: told === claim ? 'copied' : 'reworded', edited: false },
    { claim: toldWrong, premise, label: 0, kind, edited: false },
    { claim: toldWrong, premise: twin, label: 1, kind: 'edited-alike', edited: true },
    { claim: told, premise: twin, label: 0, kind, edited: true },
  ]
}

interface Change {
  kind: MadePair['kind']
  claim: string
  wrong: string
  /** The block's text with the same change. */
  edited: string
}

function sentenceChange({ text }: Block, vocabulary: Vocabulary, random: Random): Change | null {
  const edit = editOf(text, vocabulary, random)
  return edit && { kind: edit.kind, claim: text, wrong: apply(text, edit), edited: apply(text, edit) }
}

/** One cell of a row in a sentence; wrong is mostly the same column of a neighbouring row. */
function rowChange(row: Block, article: Block[], vocabulary: Vocabulary, random: Random): Change | null {
  const { header, cells } = row
  if (!header || !cells || header.length !== cells.length || cells.length < 2) return null
  const column = 1 + Math.floor(random() * (cells.length - 1))
  const [label, head, cell] = [cells[0] ?? '', header[column] ?? '', cells[column] ?? '']
  if (cell === '' || head === '' || label === '') return null
  const named = [...vocabulary.names, ...vocabulary.plans].some((name) => head.includes(name))
  const it = named ? head : small(head)
  const tell = choose(
    [
      (c: string) => `For ${label}, the ${it} is ${c}.`,
      (c: string) => `${head} for ${label}: ${c}.`,
      (c: string) => `${label}: ${it} ${c}.`,
    ],
    random,
  )
  const others = article.filter((b) => b.cells && b.header?.join() === header.join() && b.cells[column] && b.cells[column] !== cell)
  const neighbour = others.length > 0 && random() < 0.7 ? choose(others, random).cells?.[column] : undefined
  const edit: Edit | null = neighbour === undefined ? editOf(cell, vocabulary, random) : null
  const other = neighbour ?? (edit && apply(cell, edit))
  const [from, to] = [`${head}: ${cell}`, `${head}: ${other}`]
  if (!other || !row.text.includes(from)) return null
  return { kind: edit?.kind ?? 'neighbour-row', claim: tell(cell), wrong: tell(other), edited: row.text.replace(from, to) }
}

/** Without its condition a promise says more than the article, unless the article says it without one. */
function dropped(block: Block, window: Window, random: Random): Pair[] {
  const bare = withoutCondition(block.text)
  if (bare === null || random() >= 0.7) return []
  const twin = textOf(window.blocks.with(window.at, { ...block, text: bare }))
  const claim = random() < 0.5 ? reworded(bare, random) : bare
  return [
    { claim, premise: textOf(window.blocks), label: 0, kind: 'condition', edited: false },
    { claim, premise: twin, label: 1, kind: 'edited-alike', edited: true },
  ]
}

/** The sentence that supports it taken out. */
function taken(block: Block, { blocks, at }: Window, random: Random): Pair[] {
  if (block.kind === 'row' || blocks.length < 2 || random() >= 0.18) return []
  return [{ claim: reworded(block.text, random), premise: textOf(blocks.toSpliced(at, 1)), label: 0, kind: 'removed', edited: false }]
}

/** Two sentences as one, and with one of the two made wrong. */
function merged({ blocks, at }: Window, random: Random): Pair[] {
  const [first, second] = [blocks[at], blocks[at + 1]]
  if (first?.kind !== 'sentence' || second?.kind !== 'sentence' || random() >= 0.2) return []
  if (second.text.split(/\s+/).length > 22 || !first.text.endsWith('.')) return []
  const claim = `${reworded(first.text, random).slice(0, -1)}, and ${small(second.text)}`
  return [{ claim, premise: textOf(blocks), label: 1, kind: 'merged', edited: false }]
}

/** Against a window of another article. */
function foreign(block: Block, other: Block[], random: Random): Pair[] {
  if (block.kind === 'row' || other.length === 0 || random() >= 0.12) return []
  const from = Math.floor(random() * other.length)
  const premise = textOf(other.slice(from, from + 4))
  if (premise.includes(block.text)) return []
  return [{ claim: reworded(block.text, random), premise, label: 0, kind: 'neighbour-article', edited: false }]
}

/** Names that the articles repeat, those of them that tables tell apart (plans, products), and the tiers of customers. */
function vocabularyOf(blocks: Block[], tiers: string[]): Vocabulary {
  const seen = new Map<string, number>()
  for (const { text } of blocks)
    for (const [name] of text.matchAll(/(?<=[a-z,] )\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)*/gu)) seen.set(name, (seen.get(name) ?? 0) + 1)
  const inTables = new Set(blocks.flatMap((b) => [...(b.header ?? []), ...(b.cells ?? [])]))
  const repeated = [...seen].filter(([name, count]) => count > 1 && !CALENDAR.test(name)).map(([name]) => name)
  return {
    names: repeated.filter((name) => !inTables.has(name)),
    plans: repeated.filter((name) => inTables.has(name)),
    tiers: tiers.flatMap((tier) => (tier === 'all' ? [] : [tier, capital(tier)])),
  }
}

const CALENDAR =
  /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|^(?:January|February|March|April|May|June|July|August|September|October|November|December)/
