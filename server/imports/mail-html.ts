import type { ElementContent, RootContent } from 'hast'
import rehypeParse from 'rehype-parse'
import { unified } from 'unified'

/** The words of an HTML mail a line a paragraph, without what is quoted in it and without a marked signature. */
export function textOfHtml(html: string): string {
  const { children } = unified().use(rehypeParse).parse(html)
  return children
    .map(wordsIn)
    .join('')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

const LEFT_OUT = new Set(['head', 'style', 'script', 'blockquote', 'title'])
const OWN_LINE = new Set(['p', 'div', 'li', 'tr', 'ul', 'ol', 'table', 'h1', 'h2', 'h3', 'h4', 'hr'])

function wordsIn(node: RootContent | ElementContent): string {
  if (node.type === 'text') return node.value.replace(/\s+/g, ' ')
  if (node.type !== 'element' || LEFT_OUT.has(node.tagName) || isSignature(node.properties['className'])) return ''
  if (node.tagName === 'br') return '\n'
  const inner = node.children.map(wordsIn).join('')
  if (node.tagName === 'p') return `\n${inner}\n\n`
  return OWN_LINE.has(node.tagName) ? `\n${inner}\n` : inner
}

const isSignature = (classes: unknown): boolean => Array.isArray(classes) && classes.some((c) => /signature|gmail_quote/i.test(String(c)))
