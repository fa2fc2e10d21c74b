import { z } from 'zod'

/** The five kinds of mistake. */
export const MISTAKE = z.enum(['factual', 'misread', 'tone', 'outdated', 'out of scope'])

/** `12-48` as a stretch of the answer's text; anything else: all of it. */
export function spanOf(marked: string): { start: number; end: number } | null {
  const [, start, end] = /^(\d{1,6})-(\d{1,6})$/.exec(marked) ?? []
  return start !== undefined && end !== undefined ? { start: Number(start), end: Number(end) } : null
}
