import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ModelDiedError, ModelUnavailableError } from './errors.ts'
import { serveModel, type LocalLanguageModel } from './language-model.ts'
import type { GenerateRequest } from './types.ts'

/** A process that does what the question says, and notes each of its lives in `lives`. */
const PROGRAM = `
import { appendFileSync, readFileSync } from 'node:fs'
const lives = process.argv[1].replace(/program.mjs$/, 'lives')
appendFileSync(lives, 'x')
const life = readFileSync(lives, 'utf8').length
const send = (message) => process.send(message)
const result = (text) => ({ text, tokens: [], first: {}, stopped: 'end', promptTokens: 1, cachedTokens: 0, timings: { queued: 0, prefill: 0, decode: 0 } })
process.on('disconnect', () => process.exit())
process.on('message', ({ kind, id, prompt }) => {
  if (kind === 'load') return send({ kind: 'ready' })
  if (kind === 'cancel') return
  const { question } = prompt
  const answer = () => send({ kind: 'generated', id, result: result(question + ' in life ' + life) })
  if (question === 'hangs always' || (question === 'hangs once' && life === 1)) return
  if (question === 'works') return answer()
  if (question === 'hangs once') return answer()
  let slices = 0
  const timer = setInterval(() => {
    send({ kind: 'reading', id })
    if (++slices === 30) (clearInterval(timer), answer())
  }, 100)
})
`
const identity = { id: 'fake', sha256: '', runtime: 'none' }

let dir: string
let model: LocalLanguageModel | undefined
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'vouch-process-'))
})
afterEach(async () => {
  await model?.close()
  rmSync(dir, { recursive: true })
})

async function start(program = PROGRAM, silenceMs = 2_000): Promise<LocalLanguageModel> {
  const file = join(dir, 'program.mjs')
  writeFileSync(file, program)
  model = await serveModel({ file: 'weights', identity }, { threads: 1, queue: 4, restartPauseMs: 10, silenceMs }, pathToFileURL(file))
  return model
}
const ask = (question: string): GenerateRequest => ({
  prompt: { system: '', context: '', question },
  maxTokens: 4,
  seed: 1,
  lane: 'customer',
})
const lives = () => readFileSync(join(dir, 'lives'), 'utf8').length

test('a process that hangs is ended and started again, and the request in flight is answered by the next', async () => {
  const one = await start()
  const behind = one.generate(ask('works'))
  expect((await one.generate(ask('hangs once'))).text).toBe('hangs once in life 2')
  expect((await behind).text).toBe('works in life 1')
  expect(one.status()).toMatchObject({ state: 'ready', restarts: 1, lastError: expect.stringContaining('no sign of life for 2 s') })
})

test('a request on which it hangs twice has failed, says why, and the next is served', async () => {
  const one = await start()
  const doomed = one.generate(ask('hangs always'))
  const behind = one.generate(ask('works'))
  await expect(doomed).rejects.toThrow(ModelDiedError)
  await expect(doomed).rejects.toThrow(/no sign of life/)
  expect((await behind).text).toBe('works in life 3')
  expect(one.status()).toMatchObject({ state: 'ready', restarts: 2 })
})

test('one that is slow but goes on is left in peace', async () => {
  const one = await start()
  expect((await one.generate(ask('takes its time'))).text).toBe('takes its time in life 1')
  expect(one.status().restarts).toBe(0)
})

test('a request that was given up, and hangs, does not stop the next', async () => {
  const one = await start()
  const controller = new AbortController()
  const hung = one.generate({ ...ask('hangs always'), signal: controller.signal })
  controller.abort()
  await expect(hung).rejects.toThrow('Cancelled')
  expect((await one.generate(ask('works'))).text).toBe('works in life 2')
})

test('what cannot be loaded says why', async () => {
  const unable = `process.on('message', () => process.send({ kind: 'unable', message: 'no such architecture' }))`
  await expect(start(unable)).rejects.toThrow(ModelUnavailableError)
  await expect(start(unable)).rejects.toThrow(/weights can not be run: no such architecture/)
})

test('one that dies again and again turns requests away until it lives again', async () => {
  const one = await start(PROGRAM.replace("if (kind === 'load')", "if (life > 1 && life < 6) process.exit(3)\n  if (kind === 'load')"))
  const lost = one.generate(ask('hangs always'))
  process.kill(model!.pid!, 'SIGKILL')
  await expect(lost).rejects.toThrow(ModelDiedError)
  expect(one.status().state).toBe('failed')
  await expect(one.generate(ask('works'))).rejects.toThrow(/exit code 3/)
  await expect.poll(() => one.status().state, { timeout: 20_000 }).toBe('ready')
  expect(lives()).toBe(6)
  expect((await one.generate(ask('works'))).text).toBe('works in life 6')
})
