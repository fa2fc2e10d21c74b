import { termsOf } from '../../words/terms.ts'
import type { Block } from '../../kb/types.ts'

/**
 * A table row in words: its label and, where the question names one column by all its words, only that column; else the whole row.
 * "Classic Plus" wins over "Classic" when the question says both words.
 */
export function rowText(block: Block, question: string): string {
  const { header, cells } = block
  if (!header || !cells || cells.length < 3) return block.text
  const asked = new Set(termsOf(question))
  const named = header.map((h, i) => {
    const terms = termsOf(h)
    return { i, words: i > 0 && terms.length > 0 && terms.every((t) => asked.has(t)) ? terms.length : 0 }
  })
  const most = Math.max(...named.map((n) => n.words))
  const best = named.filter((n) => n.words === most)
  if (most === 0 || best.length !== 1) return block.text
  const column = best[0]?.i ?? 0
  return [0, column].map((i) => (header[i] ? `${header[i]}: ${cells[i]}` : cells[i])).join('; ')
}
