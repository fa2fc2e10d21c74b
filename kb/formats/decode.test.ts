import { existsSync, readdirSync, readFileSync } from 'node:fs'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { decode } from './decode.ts'

const bytes = (text: string, encoding: string): Uint8Array => iconv.encode(text, encoding)

describe('text of unknown encoding', () => {
  test.each(['utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'])('%s with a byte order mark', (encoding) => {
    expect(decode(bytes('\uFEFFOverdrafts cost £12 – or €14.', encoding))).toBe('Overdrafts cost £12 – or €14.')
  })

  test('letters as they are written in western Europe', () => {
    const text = 'The café’s charge is £12; “à la carte” costs more. Größe, naïve, señor, ça va, déjà vu.'
    expect(decode(bytes(text, 'windows-1252'))).toBe(text)
    const euro = 'Die Gebühr beträgt 12 € für Überweisungen nach Österreich, größere Beträge nach Rücksprache.'
    expect(decode(bytes(euro, 'iso-8859-15'))).toBe(euro)
  })

  test('ends its lines with LF', () => expect(decode(Buffer.from('one\r\ntwo\rthree\n'))).toBe('one\ntwo\nthree\n'))

  test('what is no text is refused', () => {
    const picture = Uint8Array.from({ length: 4_000 }, (_, i) => (i * 37) % 256)
    expect(() => decode(picture)).toThrow('It is not text')
  })
})

const BED = new URL('../../../shared/data/malformed/encodings-uchardet/', import.meta.url)

/** Encodings that the detector doesn't know or takes for a near relative: what comes out has wrong letters. */
const NOT_TOLD_APART = new Set(
  'el__windows-1253 et__iso-8859-13 et__iso-8859-15 hr__iso-8859-13 hr__iso-8859-16 hr__mac-centraleurope lt__iso-8859-13 lv__iso-8859-4 mt__iso-8859-3 pl__iso-8859-16 ro__ibm852 sk__mac-centraleurope tr__iso-8859-3'.split(
    ' ',
  ),
)

test.skipIf(!existsSync(BED))('the collection of encodings is read as it was written', () => {
  const wrong = readdirSync(BED)
    .filter((name) => name.includes('__'))
    .filter((name) => {
      const encoding = name
        .replace(/^.*__/, '')
        .replace('.txt', '')
        .replace('utf-16.', 'utf-16')
        .replace('utf-32.', 'utf-32')
        .replace('ibm852', 'cp852')
        .replace('mac-centraleurope', 'maccenteuro')
      const raw = readFileSync(new URL(name, BED))
      if (!iconv.encodingExists(encoding)) return false
      try {
        return decode(raw) !== iconv.decode(raw, encoding).replaceAll('\r\n', '\n').replaceAll('\r', '\n')
      } catch {
        return true
      }
    })
  expect(wrong.map((name) => name.replace(/\.\w+$/, '')).filter((name) => !NOT_TOLD_APART.has(name))).toEqual([])
})
