import { decode } from './decode.ts'
import type { Format } from './format.ts'

export const text: Format = {
  name: 'text',
  extensions: ['.txt', '.text'],
  read: (bytes) => ({ documents: [{ text: decode(bytes), meta: {} }] }),
}
