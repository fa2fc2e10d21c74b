import { z } from 'zod'
import { decode } from './decode.ts'
import type { Contents, Format } from './format.ts'

const row = z.looseObject({ id: z.union([z.string().min(1).max(500), z.number()]).transform(String), text: z.string() })

/** One article a line: `{id, title?, text}`, and the same meta as front matter. The text is taken as it is. */
export const jsonl: Format = {
  name: 'jsonl',
  extensions: ['.jsonl', '.ndjson'],
  read(bytes) {
    const contents: Required<Contents> = { documents: [], failures: [] }
    for (const [i, line] of decode(bytes).split('\n').entries()) {
      if (line.trim() === '') continue
      const fail = (reason: string) => contents.failures.push({ where: `line ${i + 1}`, kind: 'malformed', reason })
      try {
        const parsed = row.safeParse(JSON.parse(line))
        if (!parsed.success) {
          fail('It has to be an object with an "id" and a "text".')
          continue
        }
        const { id, text, ...meta } = parsed.data
        contents.documents.push({ id, text: text.replaceAll('\r\n', '\n'), meta })
      } catch {
        fail('It is no valid JSON.')
      }
    }
    return contents
  },
}
