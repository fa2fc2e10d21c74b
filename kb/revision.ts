import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { ParsedDocument, Revision } from './types.ts'

/** The immutable version that a document is: equal documents are the same revision. */
export function toRevision({ article, title, topic, owner, review, tier, text, format }: Omit<ParsedDocument, 'draft'>): Revision {
  const id = sha256(canonicalize({ article, title, topic, owner, review, tier, text }) ?? '')
  return { id, article, title, topic, owner, review, tier, text, format }
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
