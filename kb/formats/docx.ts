import mammoth from 'mammoth'
import { FormatError, type Format } from './format.ts'
import { htmlToMarkdown } from './html.ts'

/** What a document may unpack to; more is no text that a person wrote. */
const MAX_UNPACKED = 200 * 1024 * 1024

export const docx: Format = {
  name: 'docx',
  extensions: ['.docx'],
  async read(bytes) {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    refuseOther(buffer)
    const noImages = mammoth.images.imgElement(async () => ({ src: '' }))
    try {
      const { value } = await mammoth.convertToHtml({ buffer }, { convertImage: noImages, ignoreEmptyParagraphs: true })
      return { documents: [{ text: htmlToMarkdown(value), meta: {} }] }
    } catch (error) {
      throw explained(error)
    }
  },
}

/** The library's own words, where they don't say what is wrong. */
function explained(error: unknown): unknown {
  const said = error instanceof Error ? error.message : ''
  if (/encrypted zip/i.test(said)) return new FormatError('encrypted', PROTECTED)
  if (/main document part|body element/i.test(said)) return new FormatError('malformed', NO_DOCUMENT)
  return error
}

const PROTECTED = 'It is protected by a password. Save a copy without one and take that in.'
const NO_DOCUMENT = 'There is no Word document in it, whatever its name says. Open it in an editor and save it as .docx.'

function refuseOther(buffer: Buffer): void {
  if (buffer.subarray(0, 8).equals(OLE)) {
    if (buffer.includes(Buffer.from('EncryptedPackage', 'utf16le'))) {
      throw new FormatError('encrypted', PROTECTED)
    }
    throw new FormatError('unsupported', 'It is a document of an old Office version. Open it and save it as .docx.')
  }
  if (!buffer.subarray(0, 2).equals(Buffer.from('PK')))
    throw new FormatError('malformed', 'It is no DOCX document, whatever its name says. Open it in an editor and save it as .docx again.')
  if (unpackedSize(buffer) > MAX_UNPACKED)
    throw new FormatError('too-large', 'It unpacks to more than 200 MB. Remove what is not text, or split it.')
}

const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])

/** Sum of the sizes that the archive's directory declares (PKWARE APPNOTE 4.3.12). */
function unpackedSize(buffer: Buffer): number {
  let total = 0
  for (let at = buffer.indexOf(ENTRY); at !== -1 && at + 28 <= buffer.length; at = buffer.indexOf(ENTRY, at + 4))
    total += buffer.readUInt32LE(at + 24)
  return total
}

const ENTRY = Buffer.from([0x50, 0x4b, 0x01, 0x02])
