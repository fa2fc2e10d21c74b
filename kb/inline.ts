import type { PhrasingContent } from 'mdast'

const REFERENCE = /^&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]*);/i

/** What is no such tag (`<name>` in a form letter) stays as text. */
const TAG =
  /<!--[\s\S]*?-->|<\/?(?:a|abbr|article|aside|b|blockquote|body|br|button|caption|center|cite|code|col|colgroup|dd|details|div|dl|dt|em|figcaption|figure|font|footer|form|h[1-6]|head|header|hr|html|i|img|input|ins|kbd|label|li|link|main|mark|meta|nav|ol|p|pre|q|s|script|section|small|span|strike|strong|style|sub|summary|sup|table|tbody|td|tfoot|th|thead|title|tr|u|ul|var)\b[^<>]*>/gi
const KNOWN_TAG = new RegExp(`^(?:${TAG.source})$`, 'i')

/** Reading text of Markdown, and for each of its UTF-16 code units the stretch of the source that it came from. */
export interface Plain {
  text: string
  starts: number[]
  ends: number[]
}

/** Marks are gone, a soft line break is a space, a hard one a newline. Marks around a word belong to its first and last letter. */
export function plainOf(source: string, nodes: PhrasingContent[]): Plain {
  const plain: Plain = { text: '', starts: [], ends: [] }
  for (const node of nodes) append(plain, source, node)
  return plain
}

/** A stretch of the source as it stands, with known HTML tags taken out; its lines stay apart. */
export function rawPlain(source: string, start: number, end: number): Plain {
  const plain: Plain = { text: '', starts: [], ends: [] }
  const lines = (to: number, at: number) => {
    for (const [i, line] of source.slice(at, to).split('\n').entries()) {
      if (i > 0) add(plain, '\n', at - 1, at)
      put(plain, line, at, source)
      at += line.length + 1
    }
  }
  let at = start
  for (const tag of source.slice(start, end).matchAll(TAG)) {
    lines(start + tag.index, at)
    at = start + tag.index + tag[0].length
    add(plain, ' ', at, at)
  }
  lines(end, at)
  return plain
}

/** Several stretches as one, `between` two of them. */
export function join(parts: Plain[], between: string): Plain {
  const plain: Plain = { text: '', starts: [], ends: [] }
  for (const part of parts) {
    if (part.text.trim() === '') continue
    const last = plain.ends.at(-1)
    if (last !== undefined) for (const unit of /[.:;,!?]\s*$/.test(plain.text) ? ' ' : between) add(plain, unit, last, last)
    plain.text += part.text
    for (const [i, start] of part.starts.entries()) {
      plain.starts.push(start)
      plain.ends.push(part.ends[i] ?? start)
    }
  }
  return plain
}

function append(plain: Plain, source: string, node: PhrasingContent): void {
  const start = node.position?.start.offset ?? 0
  const end = node.position?.end.offset ?? start
  const from = plain.text.length
  switch (node.type) {
    case 'text':
      put(plain, node.value, start, source.slice(0, end))
      return
    case 'break':
      add(plain, '\n', start, end)
      return
    case 'html':
      if (KNOWN_TAG.test(node.value)) {
        if (/^<br/i.test(node.value)) add(plain, ' ', start, end)
      } else put(plain, node.value, start, source.slice(0, end))
      return
    case 'inlineCode':
      put(plain, node.value, source.indexOf(node.value.charAt(0), start), source.slice(0, end))
      break
    case 'image':
    case 'imageReference':
      for (const unit of node.alt ?? '') add(plain, unit, start, end)
      return
    case 'footnoteReference':
      return
    default:
      // "4*5*6" is a sum: marks inside a word were hardly meant as emphasis.
      if (
        (node.type === 'emphasis' || node.type === 'strong' || node.type === 'delete') &&
        (/[\p{L}\p{N}]/u.test(source.charAt(start - 1)) || /[\p{L}\p{N}]/u.test(source.charAt(end)))
      ) {
        put(plain, source.slice(start, end), start, source.slice(0, end))
        return
      }
      for (const child of node.children) append(plain, source, child)
  }
  if (plain.text.length === from) return
  plain.starts[from] = start
  plain.ends[plain.text.length - 1] = end
}

/** Lays `value` along the source from `at`: escapes, references, indentation and quote marks of the source have no letter of their own. */
function put(plain: Plain, value: string, at: number, source: string): void {
  for (let i = 0; i < value.length; i++) {
    const letter = value.charAt(i)
    const reference = source.charAt(at) === '&' ? REFERENCE.exec(source.slice(at, at + 40))?.[0] : undefined
    if (reference !== undefined && !value.startsWith(reference, i)) {
      add(plain, letter, at, at + reference.length)
      const pair = /[\uD800-\uDBFF]/.test(letter)
      if (pair) add(plain, value.charAt(++i), at, at + reference.length)
      at += reference.length
      continue
    }
    const found = source.indexOf(letter, at)
    const start = found === -1 ? at : found
    at = found === -1 ? at : found + 1
    add(plain, letter === '\n' ? ' ' : letter, start, at)
  }
}

function add(plain: Plain, unit: string, start: number, end: number): void {
  plain.text += unit
  for (let i = 0; i < unit.length; i++) {
    plain.starts.push(start)
    plain.ends.push(end)
  }
}
