import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** All lines of a file, before any work is done. Errors name the line. */
export function readJsonLines<T>(path: string, schema: z.ZodType<T>): T[] {
  return textOf(path)
    .split('\n')
    .flatMap((line, index) => {
      if (line.trim() === '') return []
      try {
        return [schema.parse(JSON.parse(line))]
      } catch (error) {
        throw new Error(`${path}, line ${index + 1}: ${error instanceof z.ZodError ? words(error) : 'not JSON'}`, { cause: error })
      }
    })
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    throw new Error(`${path} can't be read: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

const words = ({ issues }: z.ZodError): string =>
  issues.map(({ path, message }) => `${path.join('.') || 'the line'}: ${message}`).join('; ')
