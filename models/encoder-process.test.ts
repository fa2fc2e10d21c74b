import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startEncoderProcess, type EncoderProcess } from './encoder-process.ts'
import type { EncoderSettings } from './encoder.messages.ts'
import { CancelledError } from './errors.ts'

/** A process whose encoders do what the item says; each of its lives leaves a mark in `lives`. */
const PROGRAM = `
import { appendFileSync, readFileSync } from 'node:fs'
const lives = process.argv[1].replace(/program.mjs$/, 'lives')
appendFileSync(lives, 'x')
const life = readFileSync(lives, 'utf8').length
const loaded = new Map()
process.on('disconnect', () => process.exit())
process.on('message', ({ kind, encoder, settings, item }) => {
  if (kind === 'start') return process.send({ kind: 'ready' })
  if (kind === 'unload') return process.send({ kind: 'unloaded' })
  if (kind === 'load') {
    if (settings.id === 'broken') return process.send({ kind: 'not-loaded', encoder, message: 'no weights' })
    loaded.set(encoder, settings.id)
    return process.send({ kind: 'loaded', encoder })
  }
  if (item === 'hangs always' || (item === 'hangs once' && life === 1)) return
  if (item === 'crashes once' && life === 1) process.exit(9)
  process.send({ kind: 'done', result: loaded.get(encoder) + ' in life ' + life })
})
`
const settings = (id: string): EncoderSettings => ({ kind: 'embedder', modelsDir: '', id, threads: 1, maxTokens: 1 })

let dir: string
let encoders: EncoderProcess
let first: number
const deaths: string[] = []
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'vouch-encoders-'))
  const file = join(dir, 'program.mjs')
  writeFileSync(file, PROGRAM)
  encoders = startEncoderProcess({ program: pathToFileURL(file), firstPauseMs: 10, silenceMs: 2_000 })
  deaths.length = 0
  encoders.onDeath((detail) => deaths.push(detail))
  first = await encoders.load(settings('first'))
})
afterEach(async () => {
  await encoders.unload(first)
  rmSync(dir, { recursive: true })
})

const compute = (item: string, encoder = first): Promise<unknown> =>
  new Promise((done, failed) => encoders.compute({ encoder, items: [{ item, done, failed }] }))

test.each([
  ['hangs once', 'no sign of life for 2 s'],
  ['crashes once', 'exit code 9'],
])('what it computed when it %s is computed by the next process, which has the same encoders', async (item, why) => {
  const second = await encoders.load(settings('second'))
  const behind = compute('works', second)
  expect(await compute(item)).toBe('first in life 2')
  expect(await behind).toBe('second in life 1')
  expect(await compute('works', second)).toBe('second in life 2')
  expect(deaths).toEqual([expect.stringContaining(why)])
  await encoders.unload(second)
})

test('what it hangs on twice has failed, says why, and the next is computed', async () => {
  const doomed = expect(compute('hangs always')).rejects.toThrow(/no sign of life/)
  const behind = compute('works')
  await doomed
  expect(await behind).toMatch(/^first in life/)
  expect(await compute('works')).toBe('first in life 3')
})

test('one that cannot be loaded says why and leaves the others alone', async () => {
  await expect(encoders.load(settings('broken'))).rejects.toThrow('no weights')
  expect(await compute('works')).toBe('first in life 1')
})

test('what waits for an encoder that is given up is cancelled', async () => {
  const hung = expect(compute('hangs always')).rejects.toThrow(CancelledError)
  await encoders.unload(first)
  await hung
})
