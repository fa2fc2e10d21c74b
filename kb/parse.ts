import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { RawDocument } from './formats/format.ts'
import type { IngestFailure } from './types.ts'

const TIMEOUT_MS = 20_000
const MEMORY_MIB = 512
export const MAX_FILE_BYTES = 64 * 1024 * 1024

export interface ParsedFile {
  format: string
  documents: (RawDocument & { heading: string | null })[]
  failures: { where: string; kind: IngestFailure['kind']; reason: string }[]
}

/** What the child says of one file. */
export interface ParseReply {
  parsed?: ParsedFile
  failure?: { kind: IngestFailure['kind']; reason: string }
}

/** Reads files in a child process with bounded time and memory, one after another; a new child follows one that died. */
export interface Parser {
  /** Never throws: a file that can't be read is a failure. */
  parse(file: string): Promise<ParseReply>
  close(): void
}

export function createParser(timeoutMs = TIMEOUT_MS): Parser {
  let child: { process: ChildProcess; ready: Promise<unknown> } | null = null
  return {
    async parse(file) {
      const running = (child ??= start())
      // Loading the libraries doesn't count as reading the file.
      await running.ready
      const reply = await ask(running.process, file, timeoutMs)
      if (reply.failure?.kind === 'timeout' || running.process.exitCode !== null || running.process.signalCode !== null) {
        running.process.kill('SIGKILL')
        if (child === running) child = null
      }
      return reply
    },
    close() {
      child?.process.kill('SIGKILL')
      child = null
    },
  }
}

function ask(child: ChildProcess, file: string, timeoutMs: number): Promise<ParseReply> {
  return new Promise((resolve) => {
    const finish = (reply: ParseReply): void => {
      clearTimeout(timer)
      child.off('message', answered).off('exit', died).off('error', died)
      resolve(reply)
    }
    const answered = (reply: unknown): void => finish(reply as ParseReply)
    const died = (): void => finish({ failure: { kind: 'too-large', reason: TOO_LARGE } })
    const timer = setTimeout(() => finish({ failure: { kind: 'timeout', reason: tooLong(timeoutMs) } }), timeoutMs)
    child.once('message', answered).once('exit', died).once('error', died)
    child.send({ file })
  })
}

const TOO_LARGE = `Reading it took more than ${MEMORY_MIB} MiB of memory. Split it, or take out what is not text.`
const tooLong = (ms: number): string => `Reading it took more than ${ms / 1000} s. Split it, or save it in another format.`

/** May read files and nothing else: no writing, no programs. Its environment is empty. */
function start(): { process: ChildProcess; ready: Promise<unknown> } {
  const child = fork(fileURLToPath(new URL('parse-child.ts', import.meta.url)), {
    execArgv: [`--max-old-space-size=${MEMORY_MIB}`, '--permission', '--allow-fs-read=*', '--disable-warning=ExperimentalWarning'],
    env: {},
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-1_000)))
  const ready = new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`The process that reads documents can't be started (exit ${code}). ${said}`)))
  })
  return { process: child, ready }
}
