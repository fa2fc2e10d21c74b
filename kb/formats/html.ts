import type { Element, ElementContent, Root, RootContent } from 'hast'
import { toString } from 'hast-util-to-string'
import rehypeParse from 'rehype-parse'
import rehypeRemark from 'rehype-remark'
import remarkGfm from 'remark-gfm'
import remarkStringify from 'remark-stringify'
import { unified } from 'unified'
import { decode } from './decode.ts'
import type { Format } from './format.ts'

export const html: Format = {
  name: 'html',
  extensions: ['.html', '.htm', '.xhtml'],
  read(bytes) {
    const source = decode(bytes, declaredEncoding(bytes))
    return { documents: [{ text: htmlToMarkdown(source), meta: metaOf(source) }] }
  },
}

/** The readable part of a page as Markdown: navigation, forms and what is hidden from readers is left out. */
export function htmlToMarkdown(source: string): string {
  return String(
    unified()
      .use(rehypeParse)
      .use(() => (tree: Root) => readable(tree))
      .use(rehypeRemark)
      .use(remarkGfm)
      .use(remarkStringify, { bullet: '-', rule: '-' })
      .processSync(source),
  ).trim()
}

const UNREAD = new Set([
  'nav',
  'footer',
  'aside',
  'form',
  'button',
  'select',
  'noscript',
  'template',
  'iframe',
  'svg',
  'img',
  'script',
  'style',
  'dialog',
])

function readable(tree: Root): Root {
  prune(tree)
  nameColumns(tree)
  const main = find(tree, 'main')
  return main === null ? tree : { type: 'root', children: main.children }
}

function prune(parent: { children: (RootContent | ElementContent)[] }): void {
  parent.children = parent.children.filter(
    (node) => node.type !== 'comment' && !(node.type === 'element' && (UNREAD.has(node.tagName) || hidden(node))),
  )
  for (const child of parent.children) if (child.type === 'element') prune(child)
}

/** A table without header cells whose first row reads like one gets them: its rows are quoted with their columns' names. */
function nameColumns(parent: Root | Element): void {
  for (const child of parent.children) {
    if (child.type !== 'element') continue
    if (child.tagName !== 'table') {
      nameColumns(child)
      continue
    }
    const [first, ...others] = allOf(child, 'tr')
    if (first !== undefined && allOf(child, 'th').length === 0 && isHeader(cellsOf(first), others.map(cellsOf))) {
      for (const cell of allOf(first, 'td')) cell.tagName = 'th'
    }
  }
}

/** Short names without figures above columns of which one holds figures alone. A wrong guess would turn a row into names, so it is a strict one. */
function isHeader(names: string[], rows: string[][]): boolean {
  if (rows.length === 0 || names.some((name) => name === '' || /\d/.test(name) || name.split(/\s+/).length > 8)) return false
  return names.some((_, column) => rows.every((row) => /\d|^(?:free|none|nothing|no charge|-|–)?$/i.test(row[column] ?? '')))
}

const cellsOf = (row: Element): string[] => allOf(row, 'td').map((cell) => toString(cell).trim())

const allOf = (node: Element, tagName: string): Element[] =>
  node.children.flatMap((child) => (child.type !== 'element' ? [] : child.tagName === tagName ? [child] : allOf(child, tagName)))

/** Nobody reads it on the page, so no customer shall get it for an answer. */
function hidden({ properties }: Element): boolean {
  if (properties['hidden'] !== undefined && properties['hidden'] !== null && properties['hidden'] !== false) return true
  const style = properties['style']
  return properties['ariaHidden'] === 'true' || /display\s*:\s*none|visibility\s*:\s*hidden/i.test(typeof style === 'string' ? style : '')
}

function find(node: Root | Element, tagName: string): Element | null {
  for (const child of node.children) {
    if (child.type !== 'element') continue
    if (child.tagName === tagName) return child
    const inner = find(child, tagName)
    if (inner !== null) return inner
  }
  return null
}

function metaOf(source: string): Record<string, unknown> {
  const head = find(unified().use(rehypeParse).parse(source), 'head')
  const meta: Record<string, unknown> = {}
  const walk = (node: Element): void => {
    for (const child of node.children) {
      if (child.type !== 'element') continue
      const { name, content } = child.properties
      if (child.tagName === 'meta' && ['topic', 'owner', 'review', 'tier'].includes(String(name))) meta[String(name)] = content
      const [text] = child.children
      if (child.tagName === 'title' && text?.type === 'text') meta['title'] = text.value.trim()
    }
  }
  if (head !== null) walk(head)
  return meta
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  return /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(Buffer.from(bytes.subarray(0, 2_048)).toString('latin1'))?.[1]
}
