import type { Block } from '../../kb/types.ts'
import { termsOf } from '../../words/terms.ts'
import { namedOne } from './named-one.ts'

/**
 * A table row in words: its label and, where the question names one column, only that column; else the whole row. "Premier"
 * names "Premier, interest for 30 days". A row that is itself about a
 * product ("Fixed 12 Plus: price, gas, exit fee") is quoted whole: its columns are what may be asked of it, and often two of them are.
 */
export function rowText(block: Block, question: string): string {
  const { header, cells } = block
  if (!header || !cells || cells.length < 3 || isName(cells[0] ?? '')) return block.text
  const columns = header.slice(1)
  const [first = [], ...others] = columns.map((column) => termsOf(column))
  const column = namedOne(columns, question, { alike: first.some((t) => others.every((other) => other.includes(t))) })
  if (column === null) return block.text
  return [0, column + 1].map((i) => (header[i] ? `${header[i]}: ${cells[i]}` : cells[i])).join('; ')
}

/** "Halden Green Fixed", not "Balance transfer fee". */
const isName = (label: string): boolean => /\s\p{Lu}\p{Ll}/u.test(label)
