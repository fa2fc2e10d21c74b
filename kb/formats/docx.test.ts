import { crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import { docx } from './docx.ts'

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const p = (text: string, style = ''): string =>
  `<w:p>${style && `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`
const row = (...cells: string[]): string => `<w:tr>${cells.map((cell) => `<w:tc>${p(cell)}</w:tc>`).join('')}</w:tr>`

test('headings, paragraphs and tables become Markdown', async () => {
  const { documents } = await docx.read(
    document(p('Fees', 'Heading1') + p('A transfer is free.') + `<w:tbl>${row('Where', 'Fee')}${row('Branch', '£12')}</w:tbl>`),
  )
  expect(documents[0]?.text).toBe('# Fees\n\nA transfer is free.\n\n| Where  | Fee |\n| ------ | --- |\n| Branch | £12 |')
})

test('what is no DOCX says so', async () => {
  await expect(docx.read(Buffer.from('Hello'))).rejects.toThrow('It is no DOCX document')
  await expect(docx.read(zip({ 'a.txt': 'hello' }))).rejects.toThrow('There is no Word document in it')
  await expect(docx.read(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]))).rejects.toThrow('old Office version')
})

test('an archive that unpacks to far too much is not unpacked', async () => {
  const bomb = document(p('small'))
  bomb.writeUInt32LE(300 * 1024 * 1024, bomb.lastIndexOf(Buffer.from('PK\u0001\u0002')) + 24)
  await expect(docx.read(bomb)).rejects.toThrow('more than 200 MB')
})

function document(body: string): Buffer {
  return zip({
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels':
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    'word/styles.xml': `<w:styles ${W}><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>`,
    'word/_rels/document.xml.rels':
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>',
    'word/document.xml': `<w:document ${W}><w:body>${body}</w:body></w:document>`,
  })
}

/** A ZIP archive of uncompressed files (PKWARE APPNOTE 6.3). */
function zip(files: Record<string, string>): Buffer {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  for (const [name, text] of Object.entries(files)) {
    const data = Buffer.from(text)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt32LE(crc32(data), 10)
    fields.writeUInt32LE(data.length, 14)
    fields.writeUInt32LE(data.length, 18)
    fields.writeUInt16LE(name.length, 22)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(at, 10)
    local.push(Buffer.from('PK\u0003\u0004'), fields, Buffer.from(name), data)
    central.push(Buffer.from('PK\u0001\u0002\u0014\u0000'), fields, place, Buffer.from(name))
    at += 30 + name.length + data.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(central.length / 4, 4)
  end.writeUInt16LE(central.length / 4, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...local, directory, Buffer.from('PK\u0005\u0006'), end])
}
