import { getDocumentProxy } from 'unpdf'
import { FormatError, type Format } from './format.ts'

export const pdf: Format = {
  name: 'pdf',
  extensions: ['.pdf'],
  async read(bytes) {
    if (!Buffer.from(bytes.subarray(0, 1_024)).includes('%PDF')) {
      throw new FormatError('malformed', 'It is no PDF, whatever its name says. Export it again from where it was written.')
    }
    const document = await open(bytes)
    const lines: Line[] = []
    for (let page = 1; page <= document.numPages; page++) lines.push(...(await linesOf(document, page)), { text: '', size: 0, y: 0 })
    return { documents: [{ text: toMarkdown(lines), meta: {} }] }
  },
}

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>

interface Line {
  text: string
  /** Height of its letters, in points. */
  size: number
  /** Of its base line, from the bottom of the page. */
  y: number
}

async function open(bytes: Uint8Array): Promise<Pdf> {
  try {
    return await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 })
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException') {
      throw new FormatError('encrypted', 'It is protected by a password. Save a copy without one and take that in.')
    }
    throw error
  }
}

async function linesOf(document: Pdf, number: number): Promise<Line[]> {
  const page = await document.getPage(number)
  const { items } = await page.getTextContent()
  const lines: Line[] = []
  let line: Line | null = null
  for (const item of items) {
    if (!('str' in item)) continue
    const [, , , , , y = 0] = item.transform as number[]
    if (line !== null && item.str.trim() !== '' && Math.abs(line.y - y) > item.height / 2) line = null
    if (line === null) {
      line = { text: '', size: 0, y }
      lines.push(line)
    }
    line.text += item.str
    line.size = Math.max(line.size, item.height)
    if (item.hasEOL) line = null
  }
  page.cleanup()
  return lines.filter((found) => found.text.trim() !== '')
}

/** Lines that stand close together are a paragraph; short ones in bigger letters are headings. */
function toMarkdown(lines: Line[]): string {
  const sizes = lines.filter((line) => line.size > 0).map((line) => line.size)
  const body = sizes.toSorted((a, b) => a - b)[Math.floor(sizes.length / 2)] ?? 0
  const paragraphs: string[] = []
  let open: { text: string; last: Line } | null = null
  const close = () => {
    if (open !== null) paragraphs.push(open.last.size > body * 1.15 && open.text.length < 120 ? `## ${open.text}` : escaped(open.text))
    open = null
  }
  for (const line of lines) {
    const text = line.text.replace(/\s+/g, ' ').trim()
    if (text === '') {
      close()
      continue
    }
    const bullet = /^[•‣◦▪●○–]\s*/.exec(text)
    if (bullet !== null || (open !== null && apart(open.last, line))) close()
    const piece = bullet === null ? text : `- ${text.slice(bullet[0].length)}`
    open = open === null ? { text: piece, last: line } : { text: joined(open.text, piece), last: line }
  }
  close()
  return paragraphs.join('\n\n').replaceAll(/(\n\n- [^\n]*)\n(?=\n- )/g, '$1')
}

const apart = (above: Line, below: Line): boolean =>
  Math.abs(above.size - below.size) > 0.15 * Math.max(above.size, 1) ||
  above.y - below.y > 1.7 * Math.max(below.size, 1) ||
  below.y > above.y

/** A word that was cut at the end of a line is one word again. */
const joined = (above: string, below: string): string =>
  /[a-z]-$/.test(above) && /^[a-z]/.test(below) ? above.slice(0, -1) + below : `${above} ${below}`

/** A paragraph that happens to begin like a Markdown mark. */
const escaped = (text: string): string => text.replace(/^(#{1,6}\s|>|\+\s|[-=*_]{3,}|`{3}|~{3})/, '\\$1')
