import { termsOf } from '../words/terms.ts'
import { blocksOf, blockVectorText } from './blocks.ts'
import { idfOf } from './bm25.ts'
import { passageIndexText, passagesOf } from './chunk.ts'
import { sha256 } from './revision.ts'
import type { Block, Passage, Revision } from './types.ts'
import type { VectorRow } from './vector-index.ts'

/** A revision taken apart, and the texts whose vectors stand for its parts. */
export interface Parts {
  revision: Revision
  blocks: Block[]
  passages: Passage[]
  /** Of the passages first, then of the blocks. */
  texts: string[]
  /** SHA-256 of everything that its rows in the index depend on. */
  stamp: string
}

/** All that is in force, taken apart: what can be known without vectors. */
export interface Catalogue {
  parts: Map<string, Parts>
  /** With the text that each is searched by. */
  passages: { passage: Passage; text: string }[]
  snapshot: string
  idf(term: string): number
}

export function partsOf(revision: Revision): Parts {
  const blocks = blocksOf(revision)
  const passages = passagesOf(revision, blocks)
  const texts = [
    ...passages.map((passage) => passageIndexText(passage, blocks)),
    ...blocks.map((block) => blockVectorText(block, revision.text)),
  ]
  const stamp = sha256(JSON.stringify([revision.tier, passages.map((passage) => passage.id), texts]))
  return { revision, blocks, passages, texts, stamp }
}

/** `known` spares taking revisions apart again. */
export function catalogueOf(revisions: Revision[], known: Map<string, Parts>): Catalogue {
  const parts = new Map(revisions.map((revision) => [revision.id, known.get(revision.id) ?? partsOf(revision)]))
  const counts = new Map<string, number>()
  let blocks = 0
  for (const part of parts.values()) {
    for (const block of part.blocks) {
      blocks += 1
      for (const term of termsOf(block.text)) counts.set(term, (counts.get(term) ?? 0) + 1)
    }
  }
  return {
    parts,
    passages: [...parts.values()].flatMap(({ passages, texts }) =>
      passages.map((passage, i) => ({ passage, text: texts[i] ?? passage.text })),
    ),
    snapshot: sha256([...parts.keys()].toSorted().join('\n')),
    idf: (term) => idfOf(blocks, counts.get(term) ?? 0),
  }
}

/** The rows of a revision; `vectors` in the order of `parts.texts`. */
export function rowsOf({ revision, blocks, passages, stamp }: Parts, vectors: Float32Array[]): VectorRow[] {
  const common = { revision: revision.id, tier: revision.tier, stamp }
  const vector = (at: number): Float32Array => {
    const found = vectors[at]
    if (found === undefined) throw new Error(`The embedder gave ${vectors.length} vectors, too few for revision ${revision.id}.`)
    return found
  }
  return [
    ...passages.map((passage, i) => ({ ...common, kind: 'passage' as const, passage: passage.id, ordinal: i, vector: vector(i) })),
    ...blocks.map((block, i) => ({
      ...common,
      kind: 'block' as const,
      passage: passages.find((p) => p.start <= block.start && block.end <= p.end)?.id ?? passages[0]?.id ?? '',
      ordinal: i,
      vector: vector(passages.length + i),
    })),
  ]
}
