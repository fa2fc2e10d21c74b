/** For tests: a process that works on a store until it is killed in the middle of it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Whole lines that came out of it before it was killed, `ms` after the first ones (`least`). Errors: when it ended by itself. */
export async function linesUntilKilled(
  program: URL,
  { dataDir, keysDir }: { dataDir: string; keysDir: string },
  ms: number,
  least = 1,
): Promise<string[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(program), dataDir, keysDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let lines = ['']
  let dying = false
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    lines = [...lines.slice(0, -1), ...`${lines.at(-1) ?? ''}${text}`.split('\n')]
    if (dying || lines.length <= least) return
    dying = true
    setTimeout(() => child.kill('SIGKILL'), ms)
  })
  const [, signal] = (await once(child, 'close')) as [number | null, string | null]
  if (signal !== 'SIGKILL') throw new Error(`It ended by itself (${signal ?? 'without a signal'}).`)
  return lines.slice(0, -1)
}
