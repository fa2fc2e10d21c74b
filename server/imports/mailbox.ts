import { setImmediate as othersFirst } from 'node:timers/promises'
import PostalMime, { type Address, type Email } from 'postal-mime'
import { textOfHtml } from './mail-html.ts'
import { ownWords } from './mail-text.ts'
import type { Problem, Row, Sheet } from './sheet.ts'

/** Characters: more than that is decoration. */
const MOST_HTML = 200_000

/** Messages that are read in one go: some milliseconds. */
const TOGETHER = 20

const COLUMNS = ['text', 'subject', 'subject and text']

/** An mbox file (RFC 4155), or a single message as it is saved with the ending .eml. What a machine sent is left out. */
export async function readMailbox(bytes: Buffer): Promise<Sheet> {
  const rows: Row[] = []
  const problems: Problem[] = []
  let read = 0
  for (const { line, message } of messagesIn(bytes)) {
    if (++read % TOGETHER === 0) await othersFirst()
    try {
      const mail = await PostalMime.parse(message, { maxNestingDepth: 20, maxRfc822NestingDepth: 0, attachmentEncoding: 'arraybuffer' })
      const why = noQuestion(mail)
      if (why) problems.push({ line, why })
      else rows.push(rowOf(mail, line))
    } catch {
      problems.push({ line, why: 'This message cannot be read.' })
    }
  }
  return { kind: 'mailbox', columns: COLUMNS, rows, problems }
}

/** A line that begins with "From " after an empty one begins a message; such lines within one are written as ">From ". */
function* messagesIn(bytes: Buffer): Generator<{ line: number; message: Buffer }> {
  // As Latin-1 each byte is one character, whatever the messages are encoded in.
  const lines = bytes.toString('latin1').split('\n')
  if (!isFrom(lines[0] ?? '')) return yield { line: 1, message: bytes }
  let from = 0
  for (let i = 1; i <= lines.length; i++) {
    const ends = i === lines.length || (isFrom(lines[i] ?? '') && (lines[i - 1] ?? '').trim() === '')
    if (!ends) continue
    const message = lines.slice(from + 1, i).map((line) => line.replace(/^>(>*From )/, '$1'))
    yield { line: from + 1, message: Buffer.from(message.join('\n'), 'latin1') }
    from = i
  }
}

const isFrom = (line: string): boolean => line.startsWith('From ')

function noQuestion(mail: Email): string | null {
  const header = (name: string): string =>
    mail.headers
      .find((h) => h.key === name)
      ?.value.trim()
      .toLowerCase() ?? ''
  const automatic = header('auto-submitted')
  if (automatic !== '' && automatic !== 'no') return 'Sent by a machine, not by a person.'
  if (header('list-id') !== '' || /^(?:bulk|list|junk)$/.test(header('precedence'))) return 'Sent to a mailing list.'
  if (!mail.from && mail.headers.length < 2) return 'There is no message here: it has no sender.'
  return null
}

function rowOf(mail: Email, line: number): Row {
  const subject = (mail.subject ?? '').replace(/^(?:(?:re|fwd?|aw|wg)\s*:\s*)+/i, '').trim()
  const text = ownWords(mail.text ?? textOfHtml((mail.html ?? '').slice(0, MOST_HTML)))
  const cells = { text: text || subject, subject, 'subject and text': [subject, text].filter((part) => part !== '').join('\n') }
  const thread = mail.references?.trim().split(/\s+/)[0] ?? mail.inReplyTo ?? mail.messageId
  const from = addresses(mail.from ? [mail.from] : [])[0]
  return {
    line,
    cells,
    to: addresses([...(mail.to ?? []), ...(mail.cc ?? [])]),
    ...(thread ? { thread: thread.trim() } : {}),
    ...(from ? { from } : {}),
  }
}

const addresses = (list: Address[]): string[] => list.flatMap((a) => a.group ?? [a]).map((a) => a.address.toLowerCase())
