/** A whole house in a temporary folder, with the sample bank's articles and a long history, for the benches. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import type { LanguageModel } from '../../models/types.ts'
import { readConfig } from '../../server/config.ts'
import { createContext, type Context } from '../../server/context.ts'
import { hashPassword } from '../../server/people/passwords.ts'
import { openStore } from '../../server/store/open.ts'
import { ROLES } from '../../server/types.ts'
import type { ScopeRules } from '../../server/scope-types.ts'
import { randomOf } from '../random.ts'
import { makeHistory } from './history.ts'

const COLLEAGUE = 'second'
export const STAFF = { name: 'bench', password: 'bench-bench-bench' }

export interface House {
  context: Context
  /** Message ids of the planted answers, by their text. */
  planted: Map<string, string[]>
  close(): Promise<void>
}

const FOLDER = join(import.meta.dirname, '..', '..', 'kb', 'sample')
export const SAMPLE = { documents: join(FOLDER, 'documents'), scope: join(FOLDER, 'scope.json') }

export const sampleQuestions = (): string[] =>
  readFileSync(join(FOLDER, 'questions.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { question: string }).question)

const DAYS = 90 * 86_400_000

export interface HouseOptions {
  turns: number
  seed: number
  planted?: { text: string; times: number }[]
  /** Kept there, and taken from there the next time; else in a temporary folder. */
  folder?: string
}

/** Makes it, and opens it as a firm would find it in the morning. */
export async function houseWithHistory({ folder: kept, ...options }: HouseOptions, say: (line: string) => void): Promise<House> {
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'vouch-bench-'))
  const remove = (): void => {
    if (!kept) rmSync(folder, { recursive: true, force: true })
  }
  const config = { ...readConfig(), DATA_DIR: join(folder, 'data'), KEYS_DIR: join(folder, 'keys'), LOG_LEVEL: 'error' as const }
  const note = join(folder, 'planted.json')
  try {
    if (!existsSync(note)) {
      mkdirSync(folder, { recursive: true })
      const planted = await fill(config, options, say)
      writeFileSync(note, JSON.stringify([...planted]))
    }
    const context = await createContext(config, { model: noModel })
    await colleague(context)
    return {
      context,
      planted: new Map(JSON.parse(readFileSync(note, 'utf8')) as [string, string[]][]),
      async close() {
        await context.close()
        remove()
      },
    }
  } catch (error) {
    remove()
    throw error
  }
}

async function fill(
  config: ReturnType<typeof readConfig>,
  { turns, seed, planted }: Omit<HouseOptions, 'folder'>,
  say: (line: string) => void,
): Promise<Map<string, string[]>> {
  const until = Date.now()
  let now = until - DAYS
  const clock = (): number => now
  const random = randomOf(seed)
  const newId = (prefix: string): string => `${prefix}_${randomBytes(10).toString('hex')}`
  // Nothing of it has to outlive a power cut: no waiting for the disk at each of some hundred thousand transactions.
  const store = openStore({
    dataDir: config.DATA_DIR,
    keysDir: config.KEYS_DIR,
    clock,
    newId,
    onConnect: (raw) => void raw.pragma('synchronous = OFF'),
  })
  const context = await createContext(config, { model: noModel, store, clock, newId })
  try {
    store.staff.create({ name: STAFF.name, passwordHash: await hashPassword(STAFF.password), roles: [...ROLES] }, 'system')
    store.scope.set(JSON.parse(readFileSync(SAMPLE.scope, 'utf8')) as ScopeRules, 'system')
    say('Taking in the sample bank’s articles …')
    await context.knowledge.ingest([SAMPLE.documents], { actor: 'system', retireMissing: false })
    const questions = sampleQuestions().slice(0, 60)
    say(`Answering ${questions.length} questions …`)
    return await makeHistory(context, {
      turns,
      questions,
      random,
      setClock: (at) => {
        now = at
      },
      from: until - DAYS,
      until,
      ...(planted ? { planted } : {}),
      onProgress: (done, of) => {
        if (done % 5000 === 0) say(`${done} of ${of} turns`)
      },
    })
  } finally {
    await context.close()
  }
}

/** Somebody who can approve what the first one proposes. */
async function colleague({ store }: Context): Promise<void> {
  if (store.staff.byName(COLLEAGUE)) return
  store.staff.create({ name: COLLEAGUE, passwordHash: await hashPassword(randomBytes(16).toString('hex')), roles: [...ROLES] }, 'system')
}

/** No page asks the answering model; a bench that did should fail. */
const refuse = (): Promise<never> => Promise.reject(new Error('The answering model is not part of this bench.'))
const noModel: LanguageModel = {
  identity: { id: 'none', sha256: '', runtime: 'none' },
  generate: refuse,
  choose: refuse,
  status: () => ({ state: 'ready', waiting: 0, restarts: 0, lastError: null }),
  close: () => Promise.resolve(),
}
