/**
 * The process in which the language model lives: a crash of the native code ends this process and nothing else. Node runs it as it is
 * (types are stripped), so only erasable TypeScript here.
 */
import { getLlama, type LlamaContextSequence, LlamaLogLevel, type LlamaModel, resolveChatWrapper, type Token } from 'node-llama-cpp'
import type { FromWorker, Job, ToWorker, WorkerSettings } from './language-model.messages.ts'
import type { AboutItself } from './model-process.ts'
import { pickSequence, reusable, slices, SLICE } from './prefix-cache.ts'
import { continuation, type Renderer, renderer } from './prompt-rendering.ts'
import type { Generation } from './types.ts'

interface Runtime {
  model: LlamaModel
  render: Renderer
  contextSize: number
  sequences: [Warm, ...Warm[]]
}

interface Warm {
  sequence: LlamaContextSequence
  tokens: Token[]
  usedAt: number
}

class Cancelled extends Error {}
class TooLong extends Error {
  readonly promptTokens: number
  constructor(promptTokens: number) {
    super()
    this.promptTokens = promptTokens
  }
}
class Refused extends Error {}

let runtime: Runtime | undefined
let cancelled = -1

// The house decides when this process ends: a Ctrl-C reaches it too, and must not cut off a turn that is being finished.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
process.on('message', (message: ToWorker) => void receive(message))

async function receive(message: ToWorker): Promise<void> {
  switch (message.kind) {
    case 'load':
      return load(message.settings)
    case 'cancel':
      cancelled = message.id
      return
    case 'generate':
    case 'choose':
      return work(message)
    default:
      message satisfies never
  }
}

async function load(settings: WorkerSettings): Promise<void> {
  try {
    const llama = await getLlama({
      gpu: false,
      build: 'never',
      skipDownload: true,
      maxThreads: settings.threads,
      logLevel: LlamaLogLevel.error,
      logger: (_level, text) => process.stderr.write(`${text}\n`),
    })
    const model = await llama.loadModel({ modelPath: settings.file, gpuLayers: 0, useMmap: false })
    const contextSize = Math.min(settings.contextSize, model.trainContextSize)
    const context = await model.createContext({ contextSize, sequences: settings.sequences, threads: settings.threads })
    const warm = (): Warm => ({ sequence: context.getSequence(), tokens: [], usedAt: 0 })
    const sequences: Runtime['sequences'] = [warm(), ...Array.from({ length: settings.sequences - 1 }, warm)]
    runtime = { model, render: renderer(model, resolveChatWrapper), contextSize, sequences }
    send({ kind: 'ready' })
  } catch (error) {
    send({ kind: 'unable', message: error instanceof Error ? error.message : String(error) })
  }
}

async function work(job: Job): Promise<void> {
  if (!runtime) throw new Error('A request came before the weights were loaded.')
  try {
    send(job.kind === 'generate' ? await generate(runtime, job) : await choose(runtime, job))
  } catch (error) {
    const { id } = job
    if (error instanceof Cancelled) send({ kind: 'cancelled', id })
    else if (error instanceof Refused) send({ kind: 'refused', id, message: error.message })
    else if (error instanceof TooLong)
      send({ kind: 'too-long', id, promptTokens: error.promptTokens, maxTokens: room(job), contextSize: runtime.contextSize })
    else throw error // the state of the native code is unknown: end, and be started again
  }
}

async function generate(run: Runtime, job: Extract<Job, { kind: 'generate' }>): Promise<FromWorker> {
  const watched = (job.watch ?? []).map((word) => firstToken(run.model, word))
  const read = await readPrompt(run, job)
  const { sequence } = read
  const began = performance.now()
  const text = continuation(run.model)
  const result: Generation = {
    text: '',
    tokens: [],
    first: {},
    stopped: 'length',
    promptTokens: read.promptTokens,
    cachedTokens: read.cachedTokens,
    timings: { queued: 0, prefill: read.ms, decode: 0 },
  }
  let step = await next(sequence, read.last, watched, job.seed)
  for (const [i, word] of (job.watch ?? []).entries()) result.first[word] = Math.exp(step.logprobs[i] ?? -Infinity)
  for (;;) {
    if (run.model.isEogToken(step.token) || run.render.stops.has(step.token)) {
      result.stopped = 'end'
      break
    }
    const token = { text: text.add(step.token), logprob: step.logprob }
    result.tokens.push(token)
    send({ kind: 'token', id: job.id, token })
    if (result.tokens.length >= job.maxTokens) break
    checkCancelled(job)
    step = await next(sequence, step.token, [], job.seed)
  }
  const rest = text.rest()
  const last = result.tokens.at(-1)
  if (last) last.text += rest
  result.text = result.tokens.map((token) => token.text).join('')
  result.timings.decode = performance.now() - began
  return { kind: 'generated', id: job.id, result }
}

async function choose(run: Runtime, job: Extract<Job, { kind: 'choose' }>): Promise<FromWorker> {
  const options = job.options.map((option) => firstToken(run.model, option))
  if (options.length === 0 || new Set(options).size < options.length)
    throw new Refused(`The options must differ in their first token: ${job.options.join(' | ')}`)
  const read = await readPrompt(run, job)
  const began = performance.now()
  const { logprobs } = await next(read.sequence, read.last, options, 0)
  const timings = { queued: 0, prefill: read.ms, decode: performance.now() - began }
  return {
    kind: 'chosen',
    id: job.id,
    result: { logprobs, promptTokens: read.promptTokens, cachedTokens: read.cachedTokens, timings },
  }
}

/** Reads all but the last token of the prompt into the sequence that has most of it already. */
async function readPrompt(run: Runtime, job: Job) {
  const began = performance.now()
  const promptTokens = run.render.prompt(job.prompt)
  const last = promptTokens.at(-1)
  if (last === undefined) throw new Refused('The prompt is empty.')
  if (promptTokens.length + room(job) > run.contextSize) throw new TooLong(promptTokens.length)
  const warm = pickSequence(run.sequences, promptTokens)
  const { sequence } = warm
  let cachedTokens = reusable(warm.tokens, promptTokens)
  if (sequence.nextTokenIndex > cachedTokens)
    await sequence.eraseContextTokenRanges([{ start: cachedTokens, end: sequence.nextTokenIndex }])
  if (sequence.nextTokenIndex !== cachedTokens) {
    // Some architectures can't be cut back to any position.
    await sequence.clearHistory()
    cachedTokens = 0
  }
  warm.tokens = promptTokens.slice(0, cachedTokens)
  warm.usedAt = began
  for (const [from, to] of slices(cachedTokens, promptTokens.length)) {
    checkCancelled(job)
    await sequence.evaluateWithoutGeneratingNewTokens(promptTokens.slice(from, to))
    send({ kind: 'reading', id: job.id })
    if (to - from === SLICE) warm.tokens = promptTokens.slice(0, to)
  }
  checkCancelled(job)
  return { sequence, last, promptTokens: promptTokens.length, cachedTokens, ms: performance.now() - began }
}

/**
 * Evaluates one token, takes the likeliest next one, and gives its log-probability and that of the watched ones. Sampling is greedy, so
 * the whole vocabulary survives until here and the selected token has the largest logit: log p(t) = logit(t) - logit(selected) - ln Σ,
 * where Σ is the sum of exp(logit - largest). (Summed in 32 bits over the vocabulary: good to about 0.001.)
 */
async function next(sequence: LlamaContextSequence, token: Token, watched: Token[], seed: number) {
  const outputs = await sequence.controlledEvaluate([
    [
      token,
      {
        generateNext: {
          token: true,
          logits: { filter: { tokens: watched, includeSelected: true } },
          totalLogitWeight: true,
          options: { temperature: 0, seed },
        },
      },
    ],
  ])
  const { token: selected, logits, totalLogitWeight } = outputs[0]?.next ?? {}
  if (selected === undefined || selected === null || !logits || totalLogitWeight === undefined)
    throw new Error('The model gave no next token.')
  const logit = (t: Token): number => logits.get(t) ?? -Infinity
  const logprob = (t: Token): number => logit(t) - logit(selected) - Math.log(totalLogitWeight)
  return { token: selected, logprob: logprob(selected), logprobs: watched.map(logprob) }
}

function firstToken(model: LlamaModel, text: string): Token {
  const token = model.tokenize(text, false)[0]
  if (token === undefined) throw new Refused('An option or a watched word is empty.')
  return token
}

const room = (job: Job): number => (job.kind === 'generate' ? job.maxTokens : 1)

function checkCancelled(job: Job): void {
  if (cancelled === job.id) throw new Cancelled()
}

function send(message: FromWorker | AboutItself): void {
  process.send?.(message)
}
