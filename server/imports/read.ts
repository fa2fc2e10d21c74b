/** Past questions as firms have them: a table, lines of JSON, or a mailbox. */
import { decode } from '../../kb/formats/decode.ts'
import { invalid } from '../errors.ts'
import { readCsv } from './csv.ts'
import { readJsonl } from './jsonl.ts'
import { readMailbox } from './mailbox.ts'
import type { Sheet } from './sheet.ts'

/** Endings that are taken, for the page to say. */
export const ENDINGS = ['.csv', '.tsv', '.jsonl', '.ndjson', '.mbox', '.eml']
export const MAX_MIB = 50
/** A table is read in one go, while everybody else waits: a second or so at this size. */
const MAX_TABLE_MIB = 20
const MAX_ROWS = 50_000

/** Errors: invalid() in words for the one who chose the file. */
export async function readPastQuestions(file: { name: string; bytes: Buffer }): Promise<Sheet> {
  if (file.bytes.length === 0) throw invalid(`${file.name} is empty.`)
  const sheet = await parse(file)
  if (sheet.rows.length > MAX_ROWS)
    throw invalid(
      `${file.name} has ${sheet.rows.length.toLocaleString('en-GB')} rows, and ${MAX_ROWS.toLocaleString('en-GB')} can be read at once. Export a shorter time.`,
    )
  if (sheet.rows.length === 0) {
    const first = sheet.problems[0]
    throw invalid(`No question was found in ${file.name}.${first ? ` Line ${first.line}: ${first.why}` : ' It has a head and no rows.'}`)
  }
  return sheet
}

async function parse({ name, bytes }: { name: string; bytes: Buffer }): Promise<Sheet> {
  const ending = /\.[^.]*$/.exec(name.toLowerCase())?.[0] ?? ''
  switch (ending) {
    case '.csv':
    case '.tsv':
      return readCsv(text(name, bytes))
    case '.jsonl':
    case '.ndjson':
      return readJsonl(text(name, bytes))
    case '.mbox':
    case '.eml':
      return readMailbox(bytes)
    default:
      throw invalid(`${name} is of a kind that cannot be read here. These can: ${ENDINGS.join(' ')}`)
  }
}

function text(name: string, bytes: Buffer): string {
  if (bytes.length > MAX_TABLE_MIB * 1024 * 1024)
    throw invalid(`${name} is larger than ${MAX_TABLE_MIB} MB, which is the most for a table. Export a shorter time, or fewer columns.`)
  try {
    return decode(bytes)
  } catch {
    throw invalid(`${name} is not text, whatever its name says. Save it again as CSV or JSON lines, in UTF-8.`)
  }
}
