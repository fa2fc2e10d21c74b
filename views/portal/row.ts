/**
 * The cells of a quoted table row with their heads. A row reads `Head: cell; Head: cell`, and its quote is the row in the document
 * (`| cell | cell |`). Both are needed, since heads and cells may hold colons and semicolons of their own. Null if it is not a row.
 */
export function rowOf(text: string, quote: string): { head: string; cell: string }[] | null {
  const cells = cellsOf(quote)
  if (!cells) return null
  const found: { head: string; cell: string }[] = []
  let rest = text.trim()
  for (const [i, cell] of cells.entries()) {
    const last = i === cells.length - 1
    const at = last ? rest.lastIndexOf(cell) : endOfCell(rest, cell)
    if (at < 0) return null
    found.push({ head: rest.slice(0, at).replace(/:\s*$/, '').trim(), cell })
    rest = rest.slice(at + cell.length).replace(/^\s*;\s*/, '')
  }
  return found.length > 0 && /^[.\s]*$/.test(rest) ? found : null
}

/** Where the cell begins that ends before `; `: after `: `, or at the start when the column has no head. */
function endOfCell(text: string, cell: string): number {
  if (text.startsWith(`${cell};`)) return 0
  const at = text.indexOf(`: ${cell};`)
  return at < 0 ? -1 : at + 2
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
