/** What a revision's Markdown is made of, for blocks: prose, list items and table rows, each under its headings, with offsets. */
import type { BlockContent, DefinitionContent, Heading, List, ListItem, Root, RootContent, Table, TableCell } from 'mdast'
import { sentencesOf } from '../words/sentences.ts'
import { join, plainOf, rawPlain, type Plain } from './inline.ts'
import { parseMarkdown } from './markdown.ts'
import type { Span } from './types.ts'

export type Unit = {
  headings: string[]
  /** The paragraph, list or table. */
  around: Span
  /** The sentence that stands before the list or table. */
  leadIn: Span | null
} & (
  | { kind: 'prose'; plain: Plain }
  | { kind: 'item'; plain: Plain; span: Span }
  | { kind: 'row'; span: Span; header: string[] | null; cells: string[] }
)

/** Longer items are taken apart into their sentences and inner items. */
const LONG_ITEM_WORDS = 80
/** A "heading" longer than this is a paragraph that happens to look like one. */
const LONG_HEADING = 140

export function unitsOf(text: string): Unit[] {
  const root: Root = parseMarkdown(text)
  const walker = new Walker(text, root)
  walker.walk(root.children, null)
  return walker.units
}

class Walker {
  readonly units: Unit[] = []
  private readonly path: { depth: number; text: string }[] = []
  private readonly source: string
  private readonly referred: Set<string>

  constructor(source: string, root: Root) {
    this.source = source
    this.referred = referredBy(root)
  }

  /** `inside`: the list that these stand in, if any, and its lead-in. */
  walk(nodes: (RootContent | BlockContent | DefinitionContent)[], inside: { around: Span; leadIn: Span | null } | null): void {
    let before: Span | null = null
    for (const node of nodes) {
      const around = inside?.around ?? spanOf(node)
      let said: Span | null = null
      switch (node.type) {
        case 'heading':
          // In a list it heads nothing but its own item, and what follows the list is not below it.
          if (inside !== null) said = this.prose(plainOf(this.source, node.children), around, inside)
          else if (!this.heading(node)) said = this.prose(plainOf(this.source, node.children), spanOf(node), null)
          break
        case 'paragraph':
          said = this.prose(plainOf(this.source, node.children), around, inside)
          break
        case 'list':
          this.list(node, inside?.around ?? spanOf(node), before ?? inside?.leadIn ?? null)
          break
        case 'table':
          this.table(node, before)
          break
        case 'blockquote':
        case 'footnoteDefinition':
          this.walk(node.children, inside)
          break
        case 'code':
        case 'html':
          this.prose(rawPlain(this.source, ...this.inner(node)), around, inside)
          break
        case 'definition':
          if (!this.referred.has(node.identifier)) this.prose(rawPlain(this.source, around.start, around.end), around, inside)
          break
        default:
          break
      }
      before = said
    }
  }

  private heading(node: Heading): boolean {
    const text = plainOf(this.source, node.children).text.trim()
    // Several lines above a row of dashes are a paragraph and a line drawn below it.
    const lines = (node.position?.end.line ?? 0) - (node.position?.start.line ?? 0)
    if (text.length > LONG_HEADING || lines > 1) return false
    while ((this.path.at(-1)?.depth ?? 0) >= node.depth) this.path.pop()
    if (text !== '') this.path.push({ depth: node.depth, text })
    return true
  }

  /** Returns its last sentence. */
  private prose(plain: Plain, around: Span, inside: { leadIn: Span | null } | null): Span | null {
    const last = sentencesOf(plain.text).at(-1)
    if (last === undefined) return null
    const common = { headings: this.headings(), around, leadIn: inside?.leadIn ?? null }
    if (inside === null) this.units.push({ kind: 'prose', plain, ...common })
    else
      for (const s of sentencesOf(plain.text))
        this.units.push({ kind: 'item', plain: cut(plain, s), span: sourceSpan(plain, s), ...common })
    return sourceSpan(plain, last)
  }

  private list(list: List, around: Span, leadIn: Span | null): void {
    // "1998. A great year." is a sentence, not a list that begins with its 1998th item.
    const numbered = list.ordered === true && (list.start ?? 1) > 99
    for (const item of list.children) {
      const plain = this.itemPlain(item)
      if (plain === null || plain.text.trim().split(/\s+/).length > LONG_ITEM_WORDS) {
        this.walk(item.children, { around, leadIn })
        continue
      }
      if (plain.text.trim() === '') continue
      if (numbered) {
        const { start, end } = spanOf(item)
        this.units.push({ kind: 'prose', plain: rawPlain(this.source, start, end), headings: this.headings(), around, leadIn: null })
        continue
      }
      const span = sourceSpan(plain, trimmed(plain.text))
      this.units.push({ kind: 'item', plain, span, headings: this.headings(), around, leadIn })
    }
  }

  /** The words of an item with all that is nested in it; null if there is more in it than text and lists. */
  private itemPlain(item: ListItem): Plain | null {
    const parts: Plain[] = []
    for (const child of item.children) {
      if (child.type === 'paragraph') parts.push(plainOf(this.source, child.children))
      else if (child.type === 'list') {
        const inner = child.children.map((nested) => this.itemPlain(nested))
        for (const plain of inner) {
          if (plain === null) return null
          parts.push(plain)
        }
      } else return null
    }
    return join(parts, '; ')
  }

  private table(table: Table, leadIn: Span | null): void {
    const [first, ...rows] = table.children
    if (first === undefined) return
    const cellsOf = (cells: TableCell[]) => cells.map((cell) => plainOf(this.source, cell.children).text.trim())
    const header = cellsOf(first.children)
    const common = { kind: 'row' as const, headings: this.headings(), around: spanOf(table), leadIn }
    if (rows.length === 0) this.units.push({ ...common, span: spanOf(first), header: null, cells: header })
    for (const row of rows) {
      const cells = cellsOf(row.children)
      if (cells.some((cell) => cell !== '')) this.units.push({ ...common, span: spanOf(row), header, cells })
    }
  }

  /** Between the fences of a code block. What follows the opening fence is a language only where a fence closes it again. */
  private inner(node: { type: string; position?: Root['position'] }): [number, number] {
    const { start, end } = spanOf(node)
    if (node.type !== 'code') return [start, end]
    const raw = this.source.slice(start, end)
    const close = /\n[ \t>]*(?:`{3,}|~{3,})[ \t]*$/.exec(raw)?.[0].length ?? 0
    const open = (close > 0 ? /^(?:`{3,}|~{3,})[ \t]*[\w+#-]*[ \t]*(?=\n)/ : /^(?:`{3,}|~{3,})/).exec(raw)?.[0].length ?? 0
    return [start + open, Math.max(start + open, end - close)]
  }

  private headings(): string[] {
    return this.path.map((heading) => heading.text)
  }
}

export function spanOf(node: { position?: Root['position'] }): Span {
  const start = node.position?.start.offset ?? 0
  return { start, end: node.position?.end.offset ?? start }
}

/** A stretch of reading text as a stretch of the source. */
export function sourceSpan(plain: Plain, { start, end }: Span): Span {
  const from = plain.starts[start] ?? 0
  return { start: from, end: Math.max(from, plain.ends[end - 1] ?? from) }
}

function cut(plain: Plain, { start, end }: Span): Plain {
  return { text: plain.text.slice(start, end), starts: plain.starts.slice(start, end), ends: plain.ends.slice(start, end) }
}

function trimmed(text: string): Span {
  const start = text.length - text.trimStart().length
  return { start, end: Math.max(start, text.trimEnd().length) }
}

function referredBy(node: { type: string; identifier?: string; children?: unknown[] }, into = new Set<string>()): Set<string> {
  if ((node.type === 'linkReference' || node.type === 'imageReference') && node.identifier !== undefined) into.add(node.identifier)
  for (const child of node.children ?? []) referredBy(child as Parameters<typeof referredBy>[0], into)
  return into
}

export const sameSpan = (a: Span | null | undefined, b: Span | null | undefined): boolean =>
  Boolean(a && b) && a?.start === b?.start && a?.end === b?.end
