import { blocksOf } from '../../kb/blocks.ts'
import { readDocuments } from '../../kb/ingest.ts'
import { toRevision } from '../../kb/revision.ts'
import type { Block } from '../../kb/types.ts'

/** The blocks of a folder or file of articles, in the order of their ids. Errors: none of it could be read. */
export async function blocksIn(path: string): Promise<{ blocks: Block[]; tiers: string[]; articles: number }> {
  const { documents, failed } = await readDocuments([path], {})
  for (const failure of failed) console.error(`left out: ${failure.file}: ${failure.reason}`)
  if (documents.length === 0) throw new Error(`No article could be read from ${path}.`)
  const revisions = documents.map((document) => toRevision(document)).sort((a, b) => (a.article < b.article ? -1 : 1))
  return {
    blocks: revisions.flatMap((revision) => blocksOf(revision)),
    tiers: [...new Set(revisions.map((r) => r.tier))].sort(),
    articles: revisions.length,
  }
}
