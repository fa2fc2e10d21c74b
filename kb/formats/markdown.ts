import { parse } from 'yaml'
import { decode } from './decode.ts'
import { FormatError, type Format } from './format.ts'

export const markdown: Format = {
  name: 'markdown',
  extensions: ['.md', '.markdown'],
  read: (bytes) => ({ documents: [frontMatter(decode(bytes))] }),
}

const FRONT = /^---[ \t]*\n(?:([\s\S]*?)\n)?---[ \t]*(?:\n|$)/

/** Splits off what stands between two `---` lines at the very beginning; the rest is kept as it is. */
export function frontMatter(source: string): { text: string; meta: Record<string, unknown> } {
  const found = FRONT.exec(source)
  if (found === null) {
    // Read as text, a tier that limits who may see it would be lost without a word.
    if (/^---[ \t]*\n[ \t]*[a-z]\w*:/i.test(source))
      throw new FormatError('bad-metadata', 'Its front matter has no closing line of three dashes.')
    return { text: source, meta: {} }
  }
  // A line that is no setting: two thematic breaks, not front matter.
  if (!/^[ \t]*(?:["']?[\w-]+["']?[ \t]*:|#|\{|$)/.test(found[1] ?? '')) return { text: source, meta: {} }
  return { text: source.slice(found[0].length), meta: parsed(found[1] ?? '') }
}

function parsed(yaml: string): Record<string, unknown> {
  let meta: unknown
  try {
    meta = parse(yaml)
  } catch (error) {
    throw new FormatError('bad-metadata', `Its front matter is no valid YAML: ${firstLine(error)}`)
  }
  if (meta === null) return {}
  if (typeof meta !== 'object' || Array.isArray(meta))
    throw new FormatError('bad-metadata', 'Its front matter has to be lines like `title: …`.')
  return meta as Record<string, unknown>
}

const firstLine = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
