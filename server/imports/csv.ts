import { parse, type CsvError } from 'csv-parse/sync'
import type { Problem, Row, Sheet } from './sheet.ts'

/** Stands in no text: a file of one column has commas in its sentences and none between cells. */
const NOTHING = '\u0000'
const DELIMITERS = [',', ';', '\t', '|']

/** Comma, semicolon, tab or bar: whichever cuts the first line into most parts. The first line names the columns. */
export function readCsv(text: string): Sheet {
  const problems: Problem[] = []
  const records = parse(text, {
    bom: true,
    info: true,
    delimiter: delimiterOf(text),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error: CsvError | undefined) => void problems.push({ line: lineOf(error), why: whyOf(error) }),
  }) as unknown as { record: string[]; info: { lines: number } }[]
  const [head, ...rest] = records
  const columns = named(head?.record ?? [])
  const rows: Row[] = []
  let begins = (head?.info.lines ?? 0) + 1
  for (const { record, info } of rest) {
    if (record.length > columns.length) problems.push({ line: begins, why: tooWide(record.length, columns.length) })
    else rows.push({ line: begins, cells: Object.fromEntries(columns.map((column, i) => [column, record[i] ?? ''])) })
    begins = info.lines + 1
  }
  return { kind: 'csv', columns, rows, problems }
}

function delimiterOf(text: string): string {
  const first = text.slice(0, 10_000).split(/\r?\n/, 1)[0] ?? ''
  const parts = (delimiter: string): number => first.split(delimiter).length
  const [best = ','] = DELIMITERS.toSorted((a, b) => parts(b) - parts(a))
  return parts(best) > 1 ? best : NOTHING
}

/** Columns without a name, or with one that is there already, are numbered. */
function named(head: string[]): string[] {
  const seen = new Set<string>()
  return head.map((cell, i) => {
    const name = cell.trim()
    const free = name !== '' && !seen.has(name) ? name : `Column ${i + 1}`
    seen.add(free)
    return free
  })
}

const tooWide = (there: number, columns: number): string =>
  `There are ${there} cells for ${columns} columns: a cell with the delimiter in it must stand in quotation marks.`

const lineOf = (error: CsvError | undefined): number => (typeof error?.['lines'] === 'number' ? error['lines'] : 0)

const whyOf = (error: CsvError | undefined): string =>
  error?.code === 'CSV_QUOTE_NOT_CLOSED' ? 'A quotation mark is opened and never closed.' : 'This line is no proper CSV.'
