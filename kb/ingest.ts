import { globSync, statSync } from 'node:fs'
import { basename, extname, join, relative, resolve, sep } from 'node:path'
import { formatFor } from './formats/index.ts'
import { isTier, metaOf, readSideTable, SIDE_TABLES } from './meta.ts'
import { createParser, MAX_FILE_BYTES, type ParsedFile } from './parse.ts'
import type { IngestFailure, ParsedDocument } from './types.ts'

export interface ReadOptions {
  tier?: string
  /** Tier of an article that is known already: a new version that doesn't say its own must not open it to others. */
  tierOf?: (article: string) => string | undefined
  topic?: string
  onProgress?: (done: number, total: number, file: string) => void
}

export interface DocumentsRead {
  documents: ParsedDocument[]
  failed: IngestFailure[]
  /** Articles whose file is there but could not be read: they are not missing. */
  present: string[]
  /** False when it can't be said which articles are missing. */
  complete: boolean
}

/** Reads files and folders into documents. A file that can't be read doesn't stop the others. */
export async function readDocuments(paths: string[], options: ReadOptions): Promise<DocumentsRead> {
  if (options.tier !== undefined && !isTier(options.tier)) throw new Error(`Not a tier: ${options.tier}`)
  const { files, failed } = plan(paths)
  const read: DocumentsRead = { documents: [], failed, present: [], complete: failed.length === 0 }
  const seen = new Map<string, string>()
  const parser = createParser()
  try {
    for (const [i, planned] of files.entries()) {
      options.onProgress?.(i, files.length, planned.file)
      const { parsed, failure } = refused(planned.file) ?? (await parser.parse(planned.file))
      if (failure !== undefined) {
        read.failed.push({ file: planned.file, ...failure })
        read.present.push(planned.article)
        // Nobody knows which articles were in it.
        if (extname(planned.file).startsWith('.jsonl') || extname(planned.file) === '.ndjson') read.complete = false
      }
      if (parsed !== undefined) takeIn(read, seen, planned, parsed, options)
    }
    options.onProgress?.(files.length, files.length, '')
  } finally {
    parser.close()
  }
  if (read.documents.length === 0) read.complete = false
  return read
}

interface Planned {
  file: string
  /** Path in the folder without the extension. */
  article: string
  beside: Map<string, Record<string, unknown>>
}

function plan(paths: string[]): { files: Planned[]; failed: IngestFailure[] } {
  const files: Planned[] = []
  const failed: IngestFailure[] = []
  for (const path of paths.map((given) => resolve(given))) {
    const found = statSync(path, { throwIfNoEntry: false })
    if (found === undefined) failed.push({ file: path, kind: 'unreadable', reason: 'There is no such file or folder.' })
    else if (found.isDirectory()) {
      const table = readSideTable(path)
      failed.push(...table.failed)
      for (const file of globSync('**/*', { cwd: path, withFileTypes: true, exclude: (entry) => entry.name.startsWith('.') })) {
        if (!file.isFile() || SIDE_TABLES.includes(file.name) || ASIDE.has(extname(file.name).toLowerCase())) continue
        const full = join(file.parentPath, file.name)
        files.push({ file: full, article: articleOf(relative(path, full)), beside: table.rows })
      }
    } else files.push({ file: path, article: articleOf(basename(path)), beside: new Map() })
  }
  files.sort((a, b) => (a.file < b.file ? -1 : 1))
  return { files, failed }
}

/** Pictures and the like lie beside articles; they are no articles. */
const ASIDE = new Set(['.png', '.jpg', '.jpeg', '.gif', '.webp', '.svg', '.ico', '.css', '.js', '.mp4', '.woff', '.woff2'])

const articleOf = (path: string): string =>
  path
    .slice(0, path.length - extname(path).length)
    .split(sep)
    .join('/')

/** Of a file that is not even worth opening. */
function refused(file: string): { failure: Pick<IngestFailure, 'kind' | 'reason'>; parsed?: undefined } | null {
  const extension = extname(file).toLowerCase()
  if (formatFor(extension) === undefined) {
    const what = extension === '' ? 'Files without an extension' : `${extension} files`
    return { failure: { kind: 'unsupported', reason: `${what} can't be read. Save it as Markdown, HTML, plain text, PDF or DOCX.` } }
  }
  const bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (bytes <= MAX_FILE_BYTES) return null
  const reason = `It has ${Math.round(bytes / 1024 / 1024)} MiB; ${MAX_FILE_BYTES / 1024 / 1024} is the most. Split it.`
  return { failure: { kind: 'too-large', reason } }
}

function takeIn(read: DocumentsRead, seen: Map<string, string>, planned: Planned, parsed: ParsedFile, options: ReadOptions): void {
  for (const { where, ...failure } of parsed.failures) {
    read.failed.push({ file: `${planned.file}, ${where}`, ...failure })
    read.complete = false
  }
  for (const document of parsed.documents) {
    const article = document.id ?? planned.article
    const file = document.id === undefined ? planned.file : `${planned.file}, ${document.id}`
    const before = seen.get(article)
    if (before !== undefined) {
      read.failed.push({
        file,
        kind: 'duplicate-id',
        reason: `The article "${article}" was already read from ${before}. Rename one of them.`,
      })
      continue
    }
    seen.set(article, file)
    const title = document.heading ?? document.id ?? titleFrom(article)
    const meta = metaOf(document.meta, planned.beside.get(article) ?? {}, {
      title,
      tier: options.tier ?? options.tierOf?.(article) ?? 'all',
      topic: options.topic ?? null,
    })
    if ('problem' in meta) {
      read.failed.push({ file, kind: 'bad-metadata', reason: meta.problem })
      read.present.push(article)
    } else read.documents.push({ article, ...meta, text: document.text, format: parsed.format })
  }
}

function titleFrom(article: string): string {
  const name = basename(article).replace(/[-_]+/g, ' ').trim()
  return name.charAt(0).toUpperCase() + name.slice(1)
}
