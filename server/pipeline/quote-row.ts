import { termsOf } from '../../words/terms.ts'
import type { Block } from '../../kb/types.ts'

/**
 * A table row in words: its label and, where the question names one column, only that column; else the whole row. A column is named
 * when the question says every word by which its header differs from the others', and at least one word of it: "Premier" names
 * "Premier, interest for 30 days". "Classic Plus" wins over "Classic" when the question says both words. A row that is itself about a
 * product ("Fixed 12 Plus: price, gas, exit fee") is quoted whole: its columns are what may be asked of it, and often two of them are.
 */
export function rowText(block: Block, question: string): string {
  const { header, cells } = block
  if (!header || !cells || cells.length < 3 || isName(cells[0] ?? '')) return block.text
  const column = named(header, new Set(termsOf(question)))
  if (column === null) return block.text
  return [0, column].map((i) => (header[i] ? `${header[i]}: ${cells[i]}` : cells[i])).join('; ')
}

function named(header: string[], asked: Set<string>): number | null {
  const terms = header.map((h) => termsOf(h))
  const shared = new Set(terms[1]?.filter((t) => terms.every((all, i) => i === 0 || all.includes(t))))
  const said = terms.map((all, i) => {
    const own = all.filter((t) => !shared.has(t))
    return i > 0 && own.every((t) => asked.has(t)) && all.some((t) => asked.has(t)) ? own.length + 1 : 0
  })
  const most = Math.max(...said)
  return most > 0 && said.indexOf(most) === said.lastIndexOf(most) ? said.indexOf(most) : null
}

/** "Halden Green Fixed", not "Balance transfer fee". */
const isName = (label: string): boolean => /\s\p{Lu}\p{Ll}/u.test(label)
