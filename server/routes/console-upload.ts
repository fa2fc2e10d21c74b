import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, extname, join } from 'node:path'
import multer, { MulterError } from 'multer'
import type { IngestFailure } from '../../kb/types.ts'
import { Console } from '../../views/console/frame.tsx'
import { UploadPage, UploadState, type UploadProps } from '../../views/console/upload.tsx'
import type { Context } from '../context.ts'
import { invalid, notFound, VouchError } from '../errors.ts'
import { openAbout } from './console-incident-parts.ts'
import { live } from './console-live.ts'
import { actorOf, frameOf, goOn, param, show, type StaffVisit } from './console-reply.ts'
import type { Route } from './route.ts'

export const EDITORS = ['editor', 'admin'] as const
export const ACCEPTED = ['.md', '.markdown', '.html', '.htm', '.txt', '.pdf', '.docx', '.csv', '.json']
export const MAX_MIB = 20
const MAX_FILES = 200

export const uploadRoutes: Route[] = [
  { method: 'post', path: '/console/knowledge/upload', access: EDITORS, handle: upload },
  { method: 'get', path: '/console/knowledge/uploads/:id', access: EDITORS, handle: one },
  { method: 'get', path: '/console/knowledge/uploads/:id/live', access: EDITORS, handle: oneLive },
]

/** Uploads since the start, the newest 50. What they changed stands in the log; this is only how they went. */
const kept = new WeakMap<Context, Map<string, UploadProps>>()

function uploadsOf(context: Context): Map<string, UploadProps> {
  const map = kept.get(context) ?? new Map<string, UploadProps>()
  kept.set(context, map)
  return map
}

/** Takes the files in, answers at once where to watch, and goes on by itself. */
async function upload(visit: StaffVisit): Promise<void> {
  const { req, res, context, who } = visit
  const dir = await mkdtemp(join(tmpdir(), 'vouch-upload-'))
  let files: string[]
  let asDrafts: boolean
  try {
    files = await receive(visit, dir)
    asDrafts = (req.body as { draft?: unknown } | undefined)?.draft === 'yes'
    if (files.length === 0) throw invalid('No file was chosen. Choose one or more and try again.')
  } catch (error) {
    await rm(dir, { recursive: true, force: true })
    throw readable(error)
  }
  const id = context.newId('upload')
  const uploads = uploadsOf(context)
  uploads.set(id, { id, files, progress: { done: 0, total: files.length, file: '' }, report: null, incidents: [], failure: null })
  const oldest = uploads.size > 50 ? uploads.keys().next().value : undefined
  if (oldest !== undefined) uploads.delete(oldest)
  void ingest(context, id, { dir, asDrafts, actor: actorOf(who) })
  goOn(res, `/console/knowledge/uploads/${id}`)
}

/** Writes the files under their own names, without the folders that a browser may name. */
async function receive({ req, res }: StaffVisit, dir: string): Promise<string[]> {
  const names: string[] = []
  const storage = multer.diskStorage({
    destination: dir,
    filename: (_req, file, done) => {
      const name = nameOf(file.originalname)
      if (names.includes(name)) return done(invalid(`Two files are called ${name}. Upload them one after the other.`), name)
      names.push(name)
      done(null, name)
    },
  })
  const parse = multer({ storage, limits: { fileSize: MAX_MIB * 1024 * 1024, files: MAX_FILES, fields: 4 } }).array('files')
  await new Promise<void>((resolve, reject) => parse(req, res, (error: unknown) => (error ? reject(error) : resolve())))
  return names
}

/** Browsers send names in UTF-8, which the parser reads as Latin-1. */
function nameOf(original: string): string {
  const decoded = Buffer.from(original, 'latin1').toString('utf8')
  const name = basename((decoded.includes('\uFFFD') ? original : decoded).replaceAll('\\', '/'))
    .replace(/[^\p{L}\p{N} ._()-]/gu, '_')
    .replace(/^\.+/, '')
  if (name === '' || !ACCEPTED.includes(extname(name).toLowerCase()))
    throw invalid(`${name || 'A file'} is of a kind that cannot be read here. These can: ${ACCEPTED.join(' ')}`)
  return name
}

function readable(error: unknown): unknown {
  if (!(error instanceof MulterError)) return error
  if (error.code === 'LIMIT_FILE_SIZE')
    return new VouchError(413, 'too-large', `A file is larger than ${MAX_MIB} MB. Nothing was taken in.`)
  if (error.code === 'LIMIT_FILE_COUNT') return invalid(`At most ${MAX_FILES} files at once. Use the command line for whole collections.`)
  return invalid('The upload could not be read. Please try again.')
}

async function ingest(
  context: Context,
  id: string,
  { dir, asDrafts, actor }: { dir: string; asDrafts: boolean; actor: string },
): Promise<void> {
  const update = (change: Partial<UploadProps>) => {
    const uploads = uploadsOf(context)
    const now = uploads.get(id)
    if (now) uploads.set(id, { ...now, ...change })
  }
  try {
    const report = await context.knowledge.ingest([dir], {
      actor,
      retireMissing: false,
      asDrafts,
      onProgress: (done, total, file) => update({ progress: { done, total, file: basename(file) } }),
    })
    update({ report: { ...report, failed: report.failed.map((f): IngestFailure => ({ ...f, file: basename(f.file) })) } })
  } catch (error) {
    context.log.error({ err: error }, 'upload failed')
    update({
      failure: error instanceof VouchError ? error.message : 'The files could not be taken in, for a reason on our side. It is in the log.',
    })
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

function one(visit: StaffVisit): void {
  const page = UploadPage(find(visit))
  show(visit.res, Console({ frame: frameOf(visit), place: 'knowledge', title: 'Upload', reloadS: 3, children: page }))
}

function oneLive(visit: StaffVisit): void {
  live(visit, { render: () => UploadState(find(visit)), when: () => false, everyMs: 400 })
}

function find({ req, context }: StaffVisit): UploadProps {
  const upload = uploadsOf(context).get(param(req, 'id'))
  if (!upload) throw notFound('upload')
  const { added = [], changed = [], drafted = [] } = upload.report ?? {}
  return { ...upload, incidents: openAbout(context, [...added, ...changed, ...drafted]) }
}
