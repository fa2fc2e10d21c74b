/** Reads one file after another for its parent, which limits its time and memory. A file can only take this process down. */
import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { blocksOf } from './blocks.ts'
import { FormatError, type RawDocument } from './formats/format.ts'
import { formatFor } from './formats/index.ts'
import { unitsOf } from './structure.ts'
import type { ParseReply, ParsedFile } from './parse.ts'

process.on('message', (message: { file: string }) => {
  parse(message.file).then(
    (parsed) => reply({ parsed }),
    (error: unknown) => reply({ failure: asFailure(error) }),
  )
})

process.send?.({})

async function parse(file: string): Promise<ParsedFile> {
  const format = formatFor(extname(file).toLowerCase())
  if (format === undefined) throw new FormatError('unsupported', `Files of this kind can't be read.`)
  const { documents, failures = [] } = await format.read(readFileSync(file))
  if (documents.length === 0 && failures.length === 0) throw new FormatError('empty', 'There is no article in it.')
  const parsed: ParsedFile = { format: format.name, documents: [], failures }
  for (const document of documents) {
    const problem = refusal(document, format.name)
    if (problem === null) parsed.documents.push({ ...document, heading: headingOf(document.text) })
    else if (document.id === undefined) throw problem
    else parsed.failures.push({ where: document.id, kind: problem.kind, reason: problem.message })
  }
  return parsed
}

/** Tried here, where it may fail: what no later step can take apart isn't taken in. */
function refusal({ text }: RawDocument, format: string): FormatError | null {
  if (text.length > MAX_CHARACTERS) return new FormatError('too-large', 'It has more than two million letters. Split it into articles.')
  if (text.trim() === '') return new FormatError('empty', format === 'pdf' ? SCANNED : 'There is no text in it.')
  if (blocksOf({ id: '', article: '', title: '', text }).length === 0)
    return new FormatError('empty', 'There are only headings in it, no text below them.')
  return null
}

const MAX_CHARACTERS = 2_000_000
const SCANNED =
  'There is no text in it, only pictures perhaps. Run a text recognition over it first, or export it again from where it was written.'

const headingOf = (text: string): string | null =>
  unitsOf(text.slice(0, 20_000)).find((unit) => unit.headings.length > 0)?.headings[0] ?? null

function asFailure(error: unknown): NonNullable<ParseReply['failure']> {
  if (error instanceof FormatError) return { kind: error.kind, reason: error.message }
  const code = (error as NodeJS.ErrnoException).code
  if (typeof code === 'string' && /^E[A-Z]+$/.test(code))
    return { kind: 'unreadable', reason: `It can't be opened (${code}). Check that it exists and may be read.` }
  const said = (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 200) ?? ''
  return {
    kind: 'malformed',
    reason: `It is damaged: ${said.replace(/\.$/, '')}. Open it in the program it was written with and save it again.`,
  }
}

function reply(message: ParseReply): void {
  process.send?.(message)
}
