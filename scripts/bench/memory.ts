/** What the processes of a run keep in memory. */
import { readdirSync, readFileSync } from 'node:fs'

export interface ProcessMemory {
  pid: number
  /** What it runs, in short. */
  name: string
  /** Bytes of it in memory (resident set). */
  rss: number
}

/** This process and all that it started, and what those started; this one alone where the system has no /proc. */
export function memoryOfAll(): ProcessMemory[] {
  const all = processes()
  if (all.length === 0) return [{ pid: process.pid, name: 'the house', rss: process.memoryUsage().rss }]
  const mine = new Set([process.pid])
  for (let before = 0; before !== mine.size;) {
    before = mine.size
    for (const { pid, parent } of all) if (mine.has(parent)) mine.add(pid)
  }
  return all.filter(({ pid }) => mine.has(pid)).map(({ pid, name, rss }) => ({ pid, name: pid === process.pid ? 'the house' : name, rss }))
}

function processes(): (ProcessMemory & { parent: number })[] {
  try {
    return readdirSync('/proc')
      .filter((entry) => /^\d+$/.test(entry))
      .flatMap((entry) => read(Number(entry)) ?? [])
  } catch {
    return []
  }
}

/** `null`: it has ended meanwhile. */
function read(pid: number): (ProcessMemory & { parent: number }) | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const number = (field: string): number => Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    const script = words.find((word) => /\.[cm]?[jt]s$/.test(word)) ?? words[0] ?? ''
    return { pid, parent: number('PPid'), name: script.split('/').at(-1) ?? '', rss: number('VmRSS') * 1024 }
  } catch {
    return null
  }
}
