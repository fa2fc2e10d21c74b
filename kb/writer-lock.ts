import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const PATIENCE_MS = 120_000

/** Runs `work` while no other process on this machine holds the same lock file. A lock whose process is gone is taken over. */
export async function whileAlone<T>(file: string, work: () => Promise<T>, patienceMs = PATIENCE_MS): Promise<T> {
  mkdirSync(dirname(file), { recursive: true })
  const deadline = Date.now() + patienceMs
  while (!taken(file)) {
    if (Date.now() > deadline) throw new Error(`Another process writes the search index (see ${file}). Wait until it is done, or end it.`)
    await sleep(100)
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

function taken(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    if (!isHeld(file)) rmSync(file, { force: true })
    return false
  }
}

/** Begun and never finished: whoever made the file died before it wrote its number. */
const UNFINISHED_MS = 5_000

/**
 * Our own number in the file is that of an earlier process: in a container every start has the same one, and within a process writes
 * wait for each other.
 */
function isHeld(file: string): boolean {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    if (pid === 0) return Date.now() - statSync(file).mtimeMs < UNFINISHED_MS
    if (pid === process.pid) return false
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
