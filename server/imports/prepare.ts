import { maskPersonalData } from '../../words/personal-data.ts'
import { wordsOf } from '../../words/terms.ts'
import type { Problem, Row, Sheet } from './sheet.ts'

export interface Choice {
  /** Which column holds the question. */
  column: string
  /** Addresses, or what follows their @, of the firm's own people: what they wrote is no question. */
  own: string[]
}

export interface PastQuestion {
  line: number
  /** Personal data masked. */
  text: string
}

export interface Prepared {
  questions: PastQuestion[]
  /** What is left out, and why; by line. Together with the questions, all that was in the file. */
  left: Problem[]
  /** How many questions had some of it masked. */
  masked: number
}

/** As long as a customer may write. */
const LONGEST = 4000

/** The questions of a file: one a conversation, each once, without the data of persons. */
export function prepare(sheet: Sheet, choice: Choice): Prepared {
  const prepared: Prepared = { questions: [], left: [...sheet.problems], masked: 0 }
  const threads = new Map<string, number>()
  const same = new Map<string, number>()
  for (const row of sheet.rows) {
    const { text, kinds } = maskPersonalData(tidy(row.cells[choice.column] ?? ''))
    const why = reasonAgainst(row, text, choice, threads, same)
    if (why) {
      prepared.left.push({ line: row.line, why })
      continue
    }
    prepared.questions.push({ line: row.line, text })
    if (kinds.length > 0) prepared.masked++
  }
  prepared.left.sort((a, b) => a.line - b.line)
  return prepared
}

const tidy = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

/** Why this row is left out; null: it counts, and is remembered. */
function reasonAgainst(row: Row, text: string, { own }: Choice, threads: Map<string, number>, same: Map<string, number>): string | null {
  if (row.from && own.some((one) => isOf(row.from as string, one))) return 'Written by one of your own people.'
  if (text === '') return 'There is no question in it.'
  if (text.length > LONGEST)
    return `Longer than ${LONGEST.toLocaleString('en-GB')} characters, which is the most that a customer may write.`
  const before = row.thread === undefined ? undefined : threads.get(row.thread)
  if (before !== undefined) return `A further message of the conversation that begins in line ${before}; only the first of each counts.`
  const key = keyOf(text)
  if (key === '') return 'There is no word in it.'
  const twin = same.get(key)
  if (twin !== undefined) return `The same question as in line ${twin}.`
  if (row.thread !== undefined) threads.set(row.thread, row.line)
  same.set(key, row.line)
  return null
}

/** Equal for questions that differ in nothing but capitals, signs and endings. */
export const keyOf = (text: string): string =>
  wordsOf(text)
    .map((w) => w.term)
    .join(' ')

const isOf = (address: string, own: string): boolean => address === own || address.endsWith(`@${own}`) || address.endsWith(`.${own}`)

/** What the page proposes: the column that most looks like questions, and for a mailbox the address that most is sent to. */
export function proposed(sheet: Sheet): Choice {
  const sample = sheet.rows.slice(0, 200)
  const scored = sheet.columns.map((column, i) => ({ column, score: looksLikeQuestions(column, sample) - i / 1000 }))
  const best = scored.toSorted((a, b) => b.score - a.score)[0]
  return {
    column: best?.column ?? '',
    own: sheet.kind === 'mailbox' ? commonest(sheet.rows.flatMap((row) => (row.to ?? []).slice(0, 1))) : [],
  }
}

function looksLikeQuestions(column: string, rows: Row[]): number {
  const cells = rows.map((row) => row.cells[column] ?? '').filter((cell) => cell.trim() !== '')
  if (cells.length === 0) return -1
  const share = (fits: (cell: string) => boolean): number => cells.filter(fits).length / rows.length
  const name = /question|query|ask/i.test(column)
    ? 2
    : /^(?:text|message|body|content|description)$/i.test(column.split('.').at(-1) ?? '')
      ? 1
      : 0
  return name + share((cell) => cell.includes('?')) + share((cell) => cell.trim().split(/\s+/).length >= 4)
}

/** The domain of the address that stands there most often. */
function commonest(addresses: string[]): string[] {
  const counts = new Map<string, number>()
  for (const address of addresses) {
    const domain = address.split('@')[1]
    if (domain) counts.set(domain, (counts.get(domain) ?? 0) + 1)
  }
  const [best] = [...counts].toSorted((a, b) => b[1] - a[1])
  return best && best[1] * 2 > addresses.length ? [best[0]] : []
}
