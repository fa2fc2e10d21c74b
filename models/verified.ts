/** Is a file what the manifest says? Hashing a gigabyte takes seconds, so the result is noted beside the files and holds until one changes. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface Expected {
  /** Below MODELS_DIR. */
  path: string
  bytes: number
  sha256: string
}

type Notes = Record<string, { bytes: number; mtimeMs: number; sha256: string }>

/** `fresh`: hash it whatever was noted. */
export async function verifyFile(modelsDir: string, expected: Expected, fresh = false): Promise<'whole' | 'missing' | 'damaged'> {
  const found = await stat(join(modelsDir, expected.path)).catch(() => null)
  if (!found) return 'missing'
  if (found.size !== expected.bytes) return 'damaged'
  const noted = (await readNotes(modelsDir))[expected.path]
  const same = noted?.bytes === found.size && noted.mtimeMs === found.mtimeMs && noted.sha256 === expected.sha256
  if (same && !fresh) return 'whole'
  if ((await sha256(join(modelsDir, expected.path))) !== expected.sha256) return 'damaged'
  await writeNotes(modelsDir, { [expected.path]: { bytes: found.size, mtimeMs: found.mtimeMs, sha256: expected.sha256 } })
  return 'whole'
}

/** SHA-256 of a file, hex. */
export async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

const notesFile = (modelsDir: string): string => join(modelsDir, 'verified.json')

/** Notes that can't be read are as good as none. */
async function readNotes(modelsDir: string): Promise<Notes> {
  try {
    return JSON.parse(await readFile(notesFile(modelsDir), 'utf8')) as Notes
  } catch {
    return {}
  }
}

/** A folder that can't be written to (an image with the weights inside) is only hashed each time. */
async function writeNotes(modelsDir: string, more: Notes): Promise<void> {
  const file = notesFile(modelsDir)
  const mine = `${file}.${process.pid}`
  try {
    await writeFile(mine, `${JSON.stringify({ ...(await readNotes(modelsDir)), ...more }, null, 2)}\n`)
    await rename(mine, file)
  } catch (error) {
    if (!['EROFS', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}
