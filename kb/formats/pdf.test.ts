import { expect, test } from 'vitest'
import { pdf } from './pdf.ts'

test('lines that stand close together are a paragraph, bigger short ones a heading, bullets a list', async () => {
  const page = [
    [20, 740, 'Fees'],
    [11, 700, 'A transfer abroad costs six pounds if you or-'],
    [11, 686, 'der it in the app.'],
    [11, 650, 'In a branch it costs more.'],
    [11, 620, '\\225 euros'],
    [11, 606, '\\225 dollars'],
  ] as const
  const { documents } = await pdf.read(document(page.map(([size, y, text]) => `BT /F1 ${size} Tf 72 ${y} Td (${text}) Tj ET`).join('\n')))
  expect(documents[0]?.text).toBe(
    '## Fees\n\nA transfer abroad costs six pounds if you order it in the app.\n\nIn a branch it costs more.\n\n- euros\n- dollars',
  )
})

test('what is no PDF says so', async () => {
  await expect(pdf.read(Buffer.from('Hello'))).rejects.toThrow('It is no PDF')
})

/** One page, without a cross-reference table: readers find the objects by themselves. */
function document(content: string): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ]
  const body = objects.map((object, i) => `${i + 1} 0 obj\n${object}\nendobj\n`).join('')
  return Buffer.from(`%PDF-1.4\n${body}trailer\n<< /Root 1 0 R /Size 6 >>\n%%EOF\n`, 'latin1')
}
