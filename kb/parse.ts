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
  let child: ChildProcess | null = null
  return {
    parse(file) {
      const running = (child ??= start())
      return new Promise((resolve) => {
        const finish = (reply: ParseReply, dead: boolean) => {
          clearTimeout(timer)
          running.off('message', answered).off('exit', died).off('error', died)
          if (dead) {
            running.kill('SIGKILL')
            if (child === running) child = null
          }
          resolve(reply)
        }
        const answered = (reply: unknown) => finish(reply as ParseReply, false)
        const died = () => finish({ failure: { kind: 'too-large', reason: TOO_LARGE } }, true)
        const timer = setTimeout(() => finish({ failure: { kind: 'timeout', reason: TOO_LONG } }, true), timeoutMs)
        running.once('message', answered).once('exit', died).once('error', died)
        running.send({ file })
      })
    },
    close() {
      child?.kill('SIGKILL')
      child = null
    },
  }
}

const TOO_LARGE = `Reading it took more than ${MEMORY_MIB} MiB of memory. Split it, or take out what is not text.`
const TOO_LONG = `Reading it took more than ${TIMEOUT_MS / 1000} s. Split it, or save it in another format.`

/** May read files and nothing else: no writing, no programs. Its environment is empty. */
function start(): ChildProcess {
  return fork(fileURLToPath(new URL('parse-child.ts', import.meta.url)), {
    execArgv: [`--max-old-space-size=${MEMORY_MIB}`, '--permission', '--allow-fs-read=*', '--disable-warning=ExperimentalWarning'],
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
}
