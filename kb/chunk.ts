import { sameSpan } from './structure.ts'
import type { Block, Passage, Revision, Span } from './types.ts'

/** Tokens of a passage. */
const MIN = 60
const MAX = 180

/** About as many tokens as the embedder sees: 1.3 a word of English. An estimate is enough to cut passages by. */
export const tokensOf = (text: string): number => Math.ceil((text.match(/\S+/g)?.length ?? 0) * 1.3)

/**
 * The passages of a revision, from its blocks. A passage ends where a heading begins, else between two paragraphs, else between two
 * blocks; a list or table takes the sentence that introduces it along. Short sections stand together. A passage under 60 tokens
 * is left only where an article or what stands between two full ones is that short.
 */
export function passagesOf(revision: Revision, blocks: Block[]): Passage[] {
  const pieces = piecesOf(revision.text, blocks)
  const groups = grouped(pieces)
  mendShortTail(groups)
  return groups.map((group) => toPassage(revision, group))
}

/** What is embedded and searched for a passage of these blocks: its title and headings, and a header that stands in the passage before. */
export function passageIndexText(passage: Passage, blocks: Block[]): string {
  const headings = passage.headings.filter((heading) => heading !== passage.title)
  const first = blocks.find((block) => block.start >= passage.start && block.end <= passage.end)
  const header = first?.header && first.around.start < passage.start ? first.header.filter((cell) => cell !== '').join(' | ') : ''
  return [passage.title, ...headings, header, passage.text].filter((line) => line !== '').join('\n')
}

interface Piece extends Span {
  block: Block
  tokens: number
  /** Tokens of the whole paragraph, list or table that begins here; null inside of one. */
  opens: number | null
}

function piecesOf(text: string, blocks: Block[]): Piece[] {
  return blocks.map((block, i) => {
    const first = !sameSpan(blocks[i - 1]?.around, block.around)
    const last = !sameSpan(blocks[i + 1]?.around, block.around)
    // The first and last block of a table take its header and marks along.
    const start = first ? Math.min(block.around.start, block.start) : block.start
    const end = last ? Math.max(block.around.end, block.end) : block.end
    const opens = first ? tokensOf(text.slice(block.around.start, block.around.end)) : null
    return { block, start, end, tokens: tokensOf(text.slice(start, end)), opens }
  })
}

function grouped(pieces: Piece[]): Piece[][] {
  const groups: Piece[][] = []
  let group: Piece[] = []
  for (const piece of pieces) {
    if (endsBefore(group, piece)) {
      const lead = leadOf(group, piece)
      groups.push(group)
      group = lead
    }
    group.push(piece)
  }
  if (group.length > 0) groups.push(group)
  return groups
}

function endsBefore(group: Piece[], piece: Piece): boolean {
  const last = group.at(-1)
  if (last === undefined) return false
  const tokens = sum(group)
  if (tokens + piece.tokens > MAX) return true
  if (tokens < MIN) return false
  if (piece.block.headings.join('\n') !== last.block.headings.join('\n')) return true
  return piece.opens !== null && piece.opens <= MAX && tokens + piece.opens > MAX
}

/** Takes the introducing sentence off the group, when a list or table begins a new one. */
function leadOf(group: Piece[], piece: Piece): Piece[] {
  const last = group.at(-1)
  if (piece.opens === null || last === undefined || group.length < 2 || !sameSpan(piece.block.leadIn, last.block)) return []
  if (last.tokens + piece.tokens > MAX || sum(group) - last.tokens < MIN) return []
  group.pop()
  return [last]
}

/** A short last group joins the one before, or takes its last blocks over. */
function mendShortTail(groups: Piece[][]): void {
  const tail = groups.at(-1)
  const before = groups.at(-2)
  if (tail === undefined || before === undefined || sum(tail) >= MIN) return
  if (sum(before) + sum(tail) <= MAX) {
    before.push(...tail)
    groups.pop()
    return
  }
  while (sum(tail) < MIN) {
    const moved = before.at(-1)
    if (moved === undefined || sum(before) - moved.tokens < MIN || sum(tail) + moved.tokens > MAX) return
    before.pop()
    tail.unshift(moved)
  }
}

function toPassage(revision: Revision, group: Piece[]): Passage {
  const start = Math.min(...group.map((piece) => piece.start))
  const end = Math.max(...group.map((piece) => piece.end))
  return {
    id: `${revision.id}:${start}-${end}`,
    revision: revision.id,
    article: revision.article,
    title: revision.title,
    topic: revision.topic,
    tier: revision.tier,
    headings: commonHeadings(group),
    start,
    end,
    text: revision.text.slice(start, end),
  }
}

function commonHeadings(group: Piece[]): string[] {
  const [first, ...others] = group.map((piece) => piece.block.headings)
  const differs = (first ?? []).findIndex((heading, i) => others.some((other) => other[i] !== heading))
  return (first ?? []).slice(0, differs === -1 ? undefined : differs)
}

const sum = (group: Piece[]): number => group.reduce((tokens, piece) => tokens + piece.tokens, 0)
