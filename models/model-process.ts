/** The child process of the language model: starts it, starts it again when it dies, passes messages. */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ModelUnavailableError } from './errors.ts'
import type { FromWorker, ToWorker, WorkerSettings } from './language-model.messages.ts'
import type { ModelState } from './types.ts'

const WORKER = fileURLToPath(new URL('./language-model.worker.ts', import.meta.url))
/** Deaths without an answer in between, before requests are turned away. */
const DEATHS = 4
const LONGEST_PAUSE_MS = 30_000
const STDERR_KEPT = 2_000

export interface ModelProcessEvents {
  onMessage: (message: FromWorker) => void
  onReady: () => void
  onDeath: (detail: string) => void
  /** It would not start again: whoever waits is told. Attempts go on. */
  onFailed: (detail: string) => void
}

export class ModelProcess {
  state: ModelState = 'starting'
  restarts = 0
  lastError: string | null = null
  readonly #settings: WorkerSettings
  readonly #events: ModelProcessEvents
  readonly #firstPauseMs: number
  #child: ChildProcess | null = null
  #timer: NodeJS.Timeout | undefined
  #deathsInARow = 0
  #closed = false

  constructor(settings: WorkerSettings, events: ModelProcessEvents, firstPauseMs = 250) {
    this.#settings = settings
    this.#events = events
    this.#firstPauseMs = firstPauseMs
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** Resolves when the weights are loaded. Only this first start may fail for good: ModelUnavailableError. */
  async start(): Promise<void> {
    const problem = await this.#launch()
    if (problem === null) return
    await this.close()
    throw new ModelUnavailableError(
      `${this.#settings.file} can not be run: ${problem}. The file may be damaged, or of a kind that the runtime does not know.`,
    )
  }

  send(message: ToWorker): void {
    this.#child?.send(message, () => {}) // where it has just died, its exit is what counts
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    await new Promise((resolve) => {
      child.once('exit', resolve)
      child.kill('SIGKILL') // it holds nothing that could be lost
    })
  }

  /** null when it became ready, otherwise why it did not. */
  #launch(): Promise<string | null> {
    const { promise, resolve } = Promise.withResolvers<string | null>()
    const child = fork(WORKER, [], { execArgv: [], env: workerEnv(), stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    this.#child = child
    let stderr = ''
    let ready = false
    let unable: string | null = null
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-STDERR_KEPT)))
    child.on('message', (message: FromWorker) => {
      if (message.kind === 'unable') {
        unable = message.message
        child.kill('SIGKILL')
      } else if (message.kind === 'ready') {
        ready = true
        this.state = 'ready'
        resolve(null)
        this.#events.onReady()
      } else {
        if (message.kind !== 'token') this.#deathsInARow = 0
        this.#events.onMessage(message)
      }
    })
    child.on('error', (error) => (unable ??= error.message))
    child.on('close', (code, signal) => {
      if (this.#closed) return resolve('closed')
      this.lastError = unable ?? describeExit(code, signal, stderr)
      resolve(ready ? null : this.lastError)
      if (ready || this.restarts > 0) this.#died(this.lastError)
    })
    child.send({ kind: 'load', settings: this.#settings } satisfies ToWorker)
    return promise
  }

  #died(detail: string): void {
    this.#deathsInARow++
    this.state = this.#deathsInARow >= DEATHS ? 'failed' : 'restarting'
    this.#events.onDeath(detail)
    if (this.state === 'failed') this.#events.onFailed(detail)
    const pause = Math.min(this.#firstPauseMs * 2 ** (this.#deathsInARow - 1), LONGEST_PAUSE_MS)
    this.#timer = setTimeout(() => {
      this.restarts++
      void this.#launch()
    }, pause)
  }
}

/** Only what the process needs: no setting, key or password of the house. One thread: llama.cpp brings its own. */
function workerEnv(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'SystemRoot'].filter((name) => process.env[name] !== undefined)
  return { ...Object.fromEntries(kept.map((name) => [name, process.env[name]])), UV_THREADPOOL_SIZE: '1' }
}

function describeExit(code: number | null, signal: string | null, stderr: string): string {
  if (signal === 'SIGILL') return 'this processor lacks an instruction that the model runtime needs (SIGILL)'
  const last = stderr.trim().split('\n').slice(-3).join(' | ')
  return `${signal ?? `exit code ${code}`}${last ? `: ${last}` : ''}`
}
