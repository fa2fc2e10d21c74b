export interface Cell {
  head: string
  cell: string
}

/**
 * The cells of a quoted table row with their heads. A row reads `Head: cell; Head: cell`, and its quote is the row in the document
 * (`| cell | cell |`). Both are needed, since heads and cells may hold colons and semicolons of their own. A column that the quotation
 * leaves out is passed over, and a cell may be shown in part ("… Sunday 10am to 4pm"). Null if it is not a row.
 */
export function rowOf(text: string, quote: string): Cell[] | null {
  const cells = cellsOf(quote)
  if (!cells) return null
  const found: Cell[] = []
  let rest = text.trim()
  for (const cell of cells) {
    const at = placeOf(rest, cell) ?? placeInPart(rest, cell)
    if (!at) continue
    found.push({ head: rest.slice(0, at.start).replace(/:\s*$/, '').trim(), cell: rest.slice(at.start, at.end) })
    rest = rest.slice(at.end).replace(/^\s*;\s*/, '')
  }
  return found.length > 0 && /^[.\s]*$/.test(rest) ? found : null
}

interface Place {
  start: number
  end: number
}

/** Where a cell stands that ends before `; ` or at the end: after `: `, or at the start when the column has no head. */
function placeOf(text: string, cell: string): Place | null {
  if (text.startsWith(`${cell};`) || text === cell) return { start: 0, end: cell.length }
  const within = text.indexOf(`: ${cell};`)
  const start = within >= 0 ? within + 2 : text.replace(/\.$/, '').endsWith(`: ${cell}`) ? text.lastIndexOf(cell) : -1
  return start < 0 ? null : { start, end: start + cell.length }
}

/** The same for a cell of which some words gave way to "…". */
function placeInPart(text: string, cell: string): Place | null {
  for (const { index } of text.matchAll(/: |^/g)) {
    const start = text.startsWith(': ', index) ? index + 2 : index
    for (const end of [...Array.from(text.matchAll(/; /g), (m) => m.index), text.length]) {
      const part = text.slice(start, end)
      if (end > start && part.includes('…') && inOrder(part.split('…'), cell)) return { start, end }
    }
  }
  return null
}

function inOrder(stretches: string[], cell: string): boolean {
  let at = 0
  return stretches
    .map((stretch) => stretch.trim())
    .every((stretch) => {
      const found = cell.indexOf(stretch, at)
      at = found + stretch.length
      return found >= 0
    })
}

function cellsOf(quote: string): string[] | null {
  const line = quote.trim()
  if (!line.startsWith('|') || line.includes('\n')) return null
  return line
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => plain(cell.trim()))
    .filter((cell) => cell !== '')
}

/** Markdown marks gone, as in a block's own words. */
function plain(cell: string): string {
  return cell
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|__|[*_`~])(?=\S)(.*?\S)\1/g, '$2')
    .replace(/\\([|*_`~\\])/g, '$1')
}
