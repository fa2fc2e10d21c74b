/** The child process of a model: starts it, starts it again when it dies or hangs, passes messages. */
import { type ChildProcess, fork } from 'node:child_process'
import { ModelUnavailableError } from './errors.ts'
import type { ModelState } from './types.ts'

/** Deaths without an answer in between, before requests are turned away. */
const DEATHS = 4
const LONGEST_PAUSE_MS = 30_000
const STDERR_KEPT = 2_000
/**
 * A process that says nothing for so long about the request that it works on is taken to hang. It speaks after each token and each slice of a
 * prompt: about a second apart, and half a minute where the cores are fought over.
 */
const SILENCE_MS = 90_000
/** Weights of many gigabytes on a slow disk are read within this. */
const LOAD_MS = 10 * 60_000

/** Messages of the process about itself; all others are its owner's. */
export type AboutItself = { kind: 'ready' } | { kind: 'unable'; message: string }

export interface ModelProcessOptions<In> {
  /** The program, which Node runs as it is. */
  program: URL
  /** Sent first; the answer is `ready` or `unable`. */
  load: In
  /** As in "NAME can not be run". */
  name: string
  /** Pause before the first restart, in ms; doubles with each that fails. */
  firstPauseMs?: number | undefined
  silenceMs?: number | undefined
  loadMs?: number | undefined
}

export interface ModelProcessEvents<Out> {
  onMessage: (message: Out) => void
  onReady: () => void
  onDeath: (detail: string) => void
  /** It would not start again: whoever waits is told. Attempts go on. */
  onFailed: (detail: string) => void
}

export class ModelProcess<In extends object, Out extends { kind: string }> {
  state: ModelState = 'starting'
  restarts = 0
  lastError: string | null = null
  readonly #options: ModelProcessOptions<In>
  readonly #events: ModelProcessEvents<Out>
  #child: ChildProcess | null = null
  #timer: NodeJS.Timeout | undefined
  #silence: NodeJS.Timeout | undefined
  #awaited = false
  #deathsInARow = 0
  /** Why this process is being ended by us. */
  #ended: string | null = null
  #closed = false

  constructor(options: ModelProcessOptions<In>, events: ModelProcessEvents<Out>) {
    this.#options = options
    this.#events = events
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
      `${this.#options.name} can not be run: ${problem}. The file may be damaged, or of a kind that the runtime does not know.`,
    )
  }

  /** Sends work. From now until `answered` each message is a sign of life, and a process that gives none is ended. */
  ask(message: In): void {
    this.#awaited = true
    this.#listen(this.#options.silenceMs ?? SILENCE_MS)
    this.send(message)
  }

  /** The work in flight has its reply, so the process is a sound one. */
  answered(): void {
    this.#awaited = false
    this.#deathsInARow = 0
    clearTimeout(this.#silence)
  }

  send(message: In): void {
    this.#child?.send(message, () => {}) // where it has just died, its exit is what counts
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    clearTimeout(this.#silence)
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
    const { program, load, loadMs = LOAD_MS } = this.#options
    const child = fork(program, [], {
      execArgv: [],
      env: workerEnv(),
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'advanced',
    })
    this.#child = child
    this.#ended = null
    let stderr = ''
    let ready = false
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-STDERR_KEPT)))
    child.on('message', (message: Out | AboutItself) => {
      if (isUnable(message)) this.#end(message.message)
      else if (message.kind === 'ready') {
        ready = true
        clearTimeout(this.#silence)
        this.state = 'ready'
        resolve(null)
        this.#events.onReady()
      } else {
        if (this.#awaited) this.#silence?.refresh()
        this.#events.onMessage(message as Out)
      }
    })
    child.on('error', (error) => (this.#ended ??= error.message))
    child.on('close', (code, signal) => {
      clearTimeout(this.#silence)
      this.#awaited = false
      if (this.#closed) return resolve('closed')
      this.lastError = this.#ended ?? describeExit(code, signal, stderr)
      resolve(ready ? null : this.lastError)
      if (ready || this.restarts > 0) this.#died(this.lastError)
    })
    this.#listen(loadMs)
    child.send(load)
    return promise
  }

  #listen(ms: number): void {
    clearTimeout(this.#silence)
    this.#silence = setTimeout(() => this.#end(`it gave no sign of life for ${Math.round(ms / 1000)} s and was ended`), ms)
  }

  #end(why: string): void {
    this.#ended ??= why
    this.#child?.kill('SIGKILL')
  }

  #died(detail: string): void {
    this.#deathsInARow++
    this.state = this.#deathsInARow >= DEATHS ? 'failed' : 'restarting'
    this.#events.onDeath(detail)
    if (this.state === 'failed') this.#events.onFailed(detail)
    const pause = Math.min((this.#options.firstPauseMs ?? 250) * 2 ** (this.#deathsInARow - 1), LONGEST_PAUSE_MS)
    this.#timer = setTimeout(() => {
      this.restarts++
      void this.#launch()
    }, pause)
  }
}

const isUnable = (message: { kind: string }): message is Extract<AboutItself, { kind: 'unable' }> => message.kind === 'unable'

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
