import chardet from 'chardet'
import iconv from 'iconv-lite'
import { FormatError } from './format.ts'

/** Text of unknown encoding: a byte order mark, else UTF-8 if it is valid, else what its letters look like. Lines end with LF. */
export function decode(bytes: Uint8Array, declared?: string): string {
  const text = decoded(bytes, declared).replaceAll('\r\n', '\n').replaceAll('\r', '\n')
  refuseBinary(text)
  return text
}

function decoded(bytes: Uint8Array, declared: string | undefined): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const marked = BYTE_ORDER_MARKS.find(([mark]) => buffer.subarray(0, mark.length).equals(Buffer.from(mark)))
  if (marked !== undefined) return iconv.decode(buffer, marked[1])
  const wide = wideEncoding(buffer)
  if (wide !== null) return iconv.decode(buffer, wide)
  try {
    if (!buffer.includes(0x1b)) return new TextDecoder('utf-8', { fatal: true }).decode(buffer)
  } catch {
    // Not UTF-8.
  }
  if (declared !== undefined && canDecode(declared)) return iconv.decode(buffer, declared)
  const guess = guessed(buffer.subarray(0, 200_000))
  if (canDecode(guess)) return iconv.decode(buffer, guess)
  try {
    return new TextDecoder(guess).decode(buffer)
  } catch {
    throw new FormatError('unsupported', `Its text seems to be in the encoding ${guess}, which can't be read. Save it as UTF-8.`)
  }
}

const canDecode = (encoding: string): boolean => iconv.encodingExists(encoding)

function guessed(sample: Buffer): string {
  const guess: string = chardet.detect(sample) ?? 'windows-1252'
  // With few letters beyond ASCII the guess is a coin toss, and a pound sign must not become a Polish letter.
  if (guess !== 'ISO-8859-1' && !isEnglish(sample)) return guess
  // The letters are the same; which one it is shows in the places of the euro sign and the curly quotation marks.
  if (sample.some((byte) => byte >= 0x80 && byte < 0xa0)) return 'windows-1252'
  return sample.includes(0xa4) ? 'iso-8859-15' : 'ISO-8859-1'
}

/** At least one word of thirty is one of the commonest. */
function isEnglish(sample: Buffer): boolean {
  const text = sample.toString('latin1')
  const common = text.match(/\b(?:the|and|you|your|for|with|is|are|of)\b/g)?.length ?? 0
  return common > 0 && common * 30 >= (text.match(/\S+/g)?.length ?? 0)
}

const BYTE_ORDER_MARKS: [number[], string][] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe, 0, 0], 'utf-32le'],
  [[0, 0, 0xfe, 0xff], 'utf-32be'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
]

/** UTF-16 or UTF-32 without a mark: every second byte, or three of four, is often zero. */
function wideEncoding(buffer: Buffer): string | null {
  const sample = buffer.subarray(0, 4_096)
  if (sample.length < 8 || sample.length % 2 === 1) return null
  const zeros = [0, 0, 0, 0]
  for (const [i, byte] of sample.entries()) if (byte === 0) zeros[i % 4] = (zeros[i % 4] ?? 0) + 1
  const share = zeros.map((n) => n / (sample.length / 4))
  const [a = 0, b = 0, c = 0, d = 0] = share
  if (a === 1 && b > 0.9 && d < 0.1) return 'utf-32be'
  if (d === 1 && c > 0.9 && a < 0.1) return 'utf-32le'
  if (b > 0.3 && d > 0.3 && a < 0.02 && c < 0.02) return 'utf-16le'
  if (a > 0.3 && c > 0.3 && b < 0.02 && d < 0.02) return 'utf-16be'
  return null
}

/** Text has hardly any control characters and no undecodable letters. */
function refuseBinary(text: string): void {
  // oxlint-disable-next-line no-control-regex -- these are what it looks for
  const strange = text.slice(0, 100_000).match(/[\u0000-\u0008\u000E-\u001A\u001C-\u001F\uFFFD]/g)?.length ?? 0
  if (strange > 2 && strange > Math.min(text.length, 100_000) / 200) {
    throw new FormatError('unsupported', 'It is not text, whatever its name says. Save it as Markdown, HTML, plain text, PDF or DOCX.')
  }
}
