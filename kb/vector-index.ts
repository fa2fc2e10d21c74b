/** The only place that knows LanceDB: an index of unit vectors that can be thrown away and built again from the revisions. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect, Session, type Connection, type Table } from '@lancedb/lancedb'
import { Field, FixedSizeList, Float32, Schema, Utf8 } from 'apache-arrow'

export type VectorKind = 'passage' | 'block'

export interface VectorRow {
  kind: VectorKind
  /** Id of the passage; for a block, of the passage that it stands in. */
  passage: string
  /** Place of the block among the blocks of its revision, or of the passage among its passages. */
  ordinal: number
  revision: string
  tier: string
  /** Says what the vectors of this revision were made from: equal for all its rows. */
  stamp: string
  vector: Float32Array
}

export interface VectorIndex {
  /** Passages of the rows nearest to a vector, best first, among those of a tier. */
  nearest(kind: VectorKind, vector: Float32Array, tier: string, limit: number): Promise<string[]>
  /** Best cosine of the rows of each of these passages (rows of `all` tiers: the caller has filtered). */
  cosines(kind: VectorKind, vector: Float32Array, passages: string[]): Promise<Map<string, number>>
  /** Vectors of a revision's blocks, by ordinal. */
  blockVectors(revision: string): Promise<Map<number, Float32Array>>
  /** Sees what another process has written. */
  catchUp(): Promise<void>
  /** What is in it: stamp and number of rows of each revision. */
  contents(): Promise<Map<string, { stamp: string; rows: number }>>
  /** Takes rows of some revisions out and puts others in. Old versions are removed from the disk. */
  write(change: { remove: string[]; add: VectorRow[] }): Promise<void>
  close(): void
}

/** The index itself failed: what is on the disk can't be trusted, and is built again. */
export class VectorIndexError extends Error {
  override readonly name = 'VectorIndexError'
}

const TABLE = 'vectors'
const CACHE_BYTES = 256n * 1024n * 1024n
/** Of the table; raise it when the columns change. */
const FORMAT = 1

/** Opens the index, or begins an empty one where there is none, it can't be read, or it was made by another embedder. */
export async function openVectorIndex(dir: string, dimensions: number, embedder: string): Promise<VectorIndex> {
  const stamp = JSON.stringify({ format: FORMAT, dimensions, embedder })
  const table = (await reopen(dir, stamp)) ?? (await create(dir, stamp, dimensions))
  return new LanceIndex(table.connection, table.table)
}

interface Opened {
  connection: Connection
  table: Table
}

async function reopen(dir: string, stamp: string): Promise<Opened | null> {
  try {
    if (readFileSync(join(dir, 'stamp.json'), 'utf8') !== stamp) return null
    const connection = await connectTo(dir)
    const table = await connection.openTable(TABLE)
    await table.countRows()
    return { connection, table }
  } catch {
    return null
  }
}

async function create(dir: string, stamp: string, dimensions: number): Promise<Opened> {
  rmSync(dir, { recursive: true, force: true })
  mkdirSync(dir, { recursive: true })
  const text = (name: string) => new Field(name, new Utf8(), false)
  const vector = new Field('vector', new FixedSizeList(dimensions, new Field('item', new Float32(), true)), false)
  const columns = ['kind', 'passage', 'ordinal', 'revision', 'tier', 'stamp'].map(text)
  const connection = await connectTo(dir)
  const table = await connection.createEmptyTable(TABLE, new Schema([...columns, vector]))
  writeFileSync(join(dir, 'stamp.json'), stamp)
  return { connection, table }
}

// The default session would take up to 7 GB for its caches.
const connectTo = (dir: string): Promise<Connection> => connect(dir, {}, new Session(CACHE_BYTES, CACHE_BYTES / 4n))

class LanceIndex implements VectorIndex {
  private readonly connection: Connection
  private readonly table: Table

  constructor(connection: Connection, table: Table) {
    this.connection = connection
    this.table = table
  }

  async nearest(kind: VectorKind, vector: Float32Array, tier: string, limit: number): Promise<string[]> {
    const where = `kind = '${kind}' AND tier IN ('all', ${quoted(TIER, [tier])})`
    const rows = await this.search(vector, where, limit)
    return [...new Set(rows.map((row) => row.passage))]
  }

  async cosines(kind: VectorKind, vector: Float32Array, passages: string[]): Promise<Map<string, number>> {
    const best = new Map<string, number>()
    if (passages.length === 0) return best
    const where = `kind = '${kind}' AND passage IN (${quoted(PASSAGE, passages)})`
    const rows = await this.search(vector, where, await this.table.countRows(where))
    for (const row of rows) {
      const cosine = 1 - row.distance
      if (cosine > (best.get(row.passage) ?? -Infinity)) best.set(row.passage, cosine)
    }
    return best
  }

  async blockVectors(revision: string): Promise<Map<number, Float32Array>> {
    const where = `kind = 'block' AND revision IN (${quoted(REVISION, [revision])})`
    const rows = (await this.table.query().where(where).select(['ordinal', 'vector']).toArray()) as {
      ordinal: string
      vector: Iterable<number>
    }[]
    return new Map(rows.map((row) => [Number(row.ordinal), Float32Array.from(row.vector)]))
  }

  catchUp(): Promise<void> {
    return orIndexError(() => this.table.checkoutLatest())
  }

  contents(): Promise<Map<string, { stamp: string; rows: number }>> {
    return orIndexError(() => this.readContents())
  }

  write(change: { remove: string[]; add: VectorRow[] }): Promise<void> {
    return orIndexError(() => this.change(change))
  }

  close(): void {
    this.table.close()
    this.connection.close()
  }

  private async readContents(): Promise<Map<string, { stamp: string; rows: number }>> {
    const found = new Map<string, { stamp: string; rows: number }>()
    for await (const batch of this.table.query().select(['revision', 'stamp'])) {
      for (let i = 0; i < batch.numRows; i++) {
        const { revision, stamp } = batch.get(i) as unknown as { revision: string; stamp: string }
        const known = found.get(revision)
        if (known === undefined) found.set(revision, { stamp, rows: 1 })
        else {
          known.rows += 1
          if (known.stamp !== stamp) known.stamp = 'mixed'
        }
      }
    }
    return found
  }

  private async change({ remove, add }: { remove: string[]; add: VectorRow[] }): Promise<void> {
    if (remove.length === 0 && add.length === 0) return
    for (let at = 0; at < remove.length; at += 500) await this.table.delete(`revision IN (${quoted(REVISION, remove.slice(at, at + 500))})`)
    for (let at = 0; at < add.length; at += 5_000) await this.table.add(add.slice(at, at + 5_000).map(toRecord))
    // One process writes, so nothing that is unfinished can be somebody else's.
    await this.table.optimize({ cleanupOlderThan: new Date(), deleteUnverified: true })
  }

  private async search(vector: Float32Array, where: string, limit: number): Promise<{ passage: string; distance: number }[]> {
    if (limit === 0) return []
    const query = this.table.vectorSearch(vector).distanceType('cosine').where(where).select(['passage', '_distance']).limit(limit)
    const rows = (await query.toArray()) as { passage: string; _distance: number }[]
    // oxlint-disable-next-line no-underscore-dangle -- the column is LanceDB's
    return rows.map((row) => ({ passage: row.passage, distance: row._distance }))
  }
}

async function orIndexError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new VectorIndexError(`The search index failed: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

const toRecord = (row: VectorRow): Record<string, unknown> => ({ ...row, ordinal: String(row.ordinal), vector: Array.from(row.vector) })

const REVISION = /^[0-9a-f]{64}$/
const PASSAGE = /^[0-9a-f]{64}:\d+-\d+$/
const TIER = /^[a-z0-9][a-z0-9_-]{0,39}$/

/** `where` is raw SQL: nothing gets into it that isn't one of our own ids. */
function quoted(pattern: RegExp, values: string[]): string {
  for (const value of values) if (!pattern.test(value)) throw new Error(`Not an id of the index: ${JSON.stringify(value.slice(0, 100))}`)
  return values.map((value) => `'${value}'`).join(', ')
}
