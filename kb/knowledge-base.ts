import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Embedder } from '../models/types.ts'
import { catalogueOf, partsOf, rowsOf, type Catalogue, type Parts } from './catalogue.ts'
import { readDocuments } from './ingest.ts'
import { toRevision } from './revision.ts'
import { createSearch, type Search } from './search.ts'
import type { Block, Hit, IngestReport, KnowledgeBase, Revision, RevisionStore, SearchRequest } from './types.ts'
import { openVectorIndex, VectorIndexError, type VectorIndex, type VectorRow } from './vector-index.ts'
import { whileAlone } from './writer-lock.ts'

/** Texts that are embedded at a time: small enough that a customer's question gets in between. */
const BATCH = 32
/** Revisions whose blocks are kept in memory with their vectors. */
const CACHED_REVISIONS = 400

export interface Options {
  store: RevisionStore
  embedder: Embedder
  /** A folder of its own; may be removed at any time while nothing runs: it is built again. */
  dir: string
  log?: { info(data: object, message: string): void; warn(data: object, message: string): void }
}

export interface IngestOptions {
  actor: string
  /** What is in force and not among the documents read is retired. */
  retireMissing: boolean
  /** Nothing of it comes into force: all is kept as drafts. */
  asDrafts?: boolean
  /** For documents that don't say theirs. */
  tier?: string
  topic?: string
  onProgress?: (done: number, total: number, file: string) => void
}

export interface IngestingKnowledgeBase extends KnowledgeBase {
  ingest(paths: string[], options: IngestOptions): Promise<IngestReport>
  /** Nothing is answered from these articles any more; what customers were told stays in the record. */
  retire(articles: string[], actor: string): Promise<void>
  /** Puts the article's draft in force. False when its draft is another one by now, or gone. */
  publish(article: string, revision: string, actor: string): Promise<boolean>
  /** Takes in what somebody else has stored meanwhile, and mends the index. */
  refresh(): Promise<void>
  close(): Promise<void>
}

/** Opens the knowledge base over the revisions in force; builds what is missing from its index. */
export async function createKnowledgeBase(options: Options): Promise<IngestingKnowledgeBase> {
  const kb = new Knowledge(options, await openIndex(options))
  await kb.refresh()
  return kb
}

const folderOf = ({ dir }: Options): string => join(dir, 'vectors')

const openIndex = (options: Options): Promise<VectorIndex> =>
  openVectorIndex(folderOf(options), options.embedder.dimensions, options.embedder.identity.sha256)

interface Difference {
  missing: Parts[]
  remove: string[]
}

const isEmpty = ({ missing, remove }: Difference): boolean => missing.length === 0 && remove.length === 0

class Knowledge implements IngestingKnowledgeBase {
  private readonly options: Options
  private index: VectorIndex
  private catalogue: Catalogue = catalogueOf([], new Map())
  private finder: Search
  private stamp: string | undefined
  private readonly cache = new Map<string, Promise<{ block: Block; vector: Float32Array }[]>>()
  private writing: Promise<unknown> = Promise.resolve()

  constructor(options: Options, index: VectorIndex) {
    this.options = options
    this.index = index
    this.finder = createSearch([], index)
  }

  async search(request: SearchRequest): Promise<Hit[]> {
    if (this.options.store.stamp?.() !== this.stamp) await this.refresh()
    const [vector] = await this.options.embedder.embed([request.question])
    if (vector === undefined) throw new Error('The embedder gave no vector for the question.')
    try {
      return await this.finder.find(request, vector)
    } catch (error) {
      this.options.log?.warn({ err: error }, 'The search failed; the index is looked through and the search is tried once more.')
      await this.refresh()
      return this.finder.find(request, vector)
    }
  }

  revision(id: string): Revision | null {
    return this.catalogue.parts.get(id)?.revision ?? this.options.store.get(id)
  }

  inForce(article: string): Revision | null {
    return this.options.store.inForce().find((revision) => revision.article === article) ?? null
  }

  blocks(revision: string): Promise<{ block: Block; vector: Float32Array }[]> {
    const known = this.cache.get(revision)
    const found = known ?? this.loadBlocks(revision)
    this.cache.delete(revision)
    this.cache.set(revision, found)
    if (known === undefined) found.catch(() => this.cache.delete(revision))
    const oldest = this.cache.keys().next().value
    if (this.cache.size > CACHED_REVISIONS && oldest !== undefined) this.cache.delete(oldest)
    return found
  }

  idf(term: string): number {
    return this.catalogue.idf(term)
  }

  snapshot(): string {
    return this.catalogue.snapshot
  }

  ingest(paths: string[], options: IngestOptions): Promise<IngestReport> {
    return this.alone(async () => {
      const inForce = new Map(this.options.store.inForce().map((revision) => [revision.article, revision]))
      const drafts = new Map(this.options.store.drafts().map((revision) => [revision.article, revision]))
      const tierOf = (article: string): string | undefined => (this.options.store.newest(article) ?? drafts.get(article))?.tier
      const read = await readDocuments(paths, { ...options, tierOf })
      const report: IngestReport = { added: [], changed: [], drafted: [], retired: [], unchanged: [], failed: read.failed }
      const put: Revision[] = []
      const draft: Revision[] = []
      for (const document of read.documents) {
        const revision = toRevision(document)
        const { article, id } = revision
        const old = inForce.get(article)
        const asDraft = document.draft || (options.asDrafts ?? false)
        if (old?.id === id || (asDraft && drafts.get(article)?.id === id)) report.unchanged.push(article)
        else if (asDraft) {
          draft.push(revision)
          report.drafted.push(article)
        } else {
          put.push(revision)
          ;(old === undefined ? report.added : report.changed).push(article)
        }
      }
      if (options.retireMissing && read.complete) {
        const kept = new Set([...read.documents.map((document) => document.article), ...read.present])
        for (const article of inForce.keys()) if (!kept.has(article)) report.retired.push(article)
      }
      // Embedded before they are in force: when the embedder fails, nothing has changed.
      const ready = await this.embedAll(put.map(partsOf), options.onProgress)
      if (put.length + draft.length + report.retired.length > 0)
        this.options.store.apply({ put, draft, retire: report.retired }, options.actor)
      await this.load(ready)
      return report
    })
  }

  retire(articles: string[], actor: string): Promise<void> {
    return this.alone(async () => {
      const inForce = new Set(this.options.store.inForce().map((revision) => revision.article))
      const retire = articles.filter((article) => inForce.has(article))
      if (retire.length > 0) this.options.store.apply({ put: [], retire }, actor)
      await this.load(new Map())
    })
  }

  publish(article: string, revision: string, actor: string): Promise<boolean> {
    return this.alone(async () => {
      const draft = this.options.store.drafts().find((one) => one.article === article)
      if (draft?.id !== revision) return false
      const ready = await this.embedAll([partsOf(draft)])
      this.options.store.apply({ put: [draft], retire: [] }, actor)
      await this.load(ready)
      return true
    })
  }

  refresh(): Promise<void> {
    return this.alone(() => this.load(new Map()))
  }

  async close(): Promise<void> {
    await this.writing.catch(() => {})
    this.index.close()
  }

  /** One writer at a time. */
  private alone<T>(work: () => Promise<T>): Promise<T> {
    const run = this.writing.catch(() => {}).then(work)
    this.writing = run
    return run
  }

  /** Brings index and catalogue in line with the revisions in force. `ready`: rows that are already made. */
  private async load(ready: Map<string, VectorRow[]>): Promise<void> {
    const stamp = this.options.store.stamp?.()
    const catalogue = catalogueOf(this.options.store.inForce(), this.catalogue.parts)
    try {
      await this.syncIndex(catalogue, ready)
    } catch (error) {
      if (!(error instanceof VectorIndexError)) throw error
      this.options.log?.warn({ err: error }, 'The search index is damaged and is built again from the revisions.')
      this.index.close()
      rmSync(folderOf(this.options), { recursive: true, force: true })
      this.index = await openIndex(this.options)
      await this.syncIndex(catalogue, ready)
    }
    this.catalogue = catalogue
    this.finder = createSearch(catalogue.passages, this.index)
    this.stamp = stamp
  }

  private async syncIndex(catalogue: Catalogue, ready: Map<string, VectorRow[]>): Promise<void> {
    await this.index.catchUp()
    if (isEmpty(await this.difference(catalogue))) return
    await whileAlone(`${folderOf(this.options)}.lock`, async () => {
      await this.index.catchUp()
      const { missing, remove } = await this.difference(catalogue)
      const made = await this.embedAll(missing.filter((parts) => !ready.has(parts.revision.id)))
      const add = missing.flatMap(({ revision: { id } }) => ready.get(id) ?? made.get(id) ?? [])
      await this.index.write({ remove, add })
      this.options.log?.info({ added: missing.length, removed: remove.length }, 'Search index updated.')
    })
  }

  /** Revisions that the index lacks or has other than they are, and what has to go from it. */
  private async difference({ parts }: Catalogue): Promise<Difference> {
    const contents = await this.index.contents()
    const whole = (part: Parts): boolean => {
      const found = contents.get(part.revision.id)
      return found?.stamp === part.stamp && found.rows === part.texts.length
    }
    const missing = [...parts.values()].filter((part) => !whole(part))
    const remove = [...contents.keys()].filter((id) => !parts.has(id) || missing.some(({ revision }) => revision.id === id))
    return { missing, remove }
  }

  private async embedAll(parts: Parts[], onProgress?: IngestOptions['onProgress']): Promise<Map<string, VectorRow[]>> {
    const rows = new Map<string, VectorRow[]>()
    for (const [i, part] of parts.entries()) {
      onProgress?.(i, parts.length, part.revision.article)
      const vectors: Float32Array[] = []
      for (let at = 0; at < part.texts.length; at += BATCH)
        vectors.push(...(await this.options.embedder.embed(part.texts.slice(at, at + BATCH))))
      rows.set(part.revision.id, rowsOf(part, vectors))
    }
    return rows
  }

  private async loadBlocks(id: string): Promise<{ block: Block; vector: Float32Array }[]> {
    const known = this.catalogue.parts.get(id)
    const revision = known?.revision ?? this.options.store.get(id)
    if (revision === null) return []
    const { blocks, passages, texts } = known ?? partsOf(revision)
    const stored = known === undefined ? new Map<number, Float32Array>() : await this.index.blockVectors(id)
    const vectors =
      stored.size === blocks.length ? stored : new Map((await this.options.embedder.embed(texts.slice(passages.length))).entries())
    return blocks.map((block, i) => {
      const vector = vectors.get(i)
      if (vector === undefined) throw new Error(`There is no vector for block ${i} of revision ${id}.`)
      return { block, vector }
    })
  }
}
