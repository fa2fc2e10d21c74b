/** `npm run models -- list | get | add FILE | verify`: the weights that Vouch runs on. */
import { constants } from 'node:fs'
import { copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { Command } from 'commander'
import { ModelDiedError, ModelUnavailableError } from '../models/errors.ts'
import { type AddedModel, readAdded, writeAdded } from '../models/locate.ts'
import { EMBEDDER, MANIFEST } from '../models/manifest.ts'
import { selfTest } from '../models/self-test.ts'
import { sha256, verifyFile } from '../models/verified.ts'
import { type Config, ConfigError, readConfig } from '../server/config.ts'
import { getModels, GetModelsError } from './get-models.ts'

/** Something that the person at the keyboard can put right. */
class UsageError extends Error {}

const MIB = 1024 * 1024
const say = (line: string): void => void process.stderr.write(`${line}\n`)

const program = new Command('npm run models --').description('The weights that Vouch runs on, in MODELS_DIR.').showHelpAfterError()
program.command('list').description('what there is, what for, and whether it is here').action(list)
program
  .command('get')
  .argument('[ids...]', 'ids from the list; without any: what is needed to answer (ANSWER_MODEL and the embedder)')
  .description('fetches what is missing, and checks every byte')
  .action(get)
program
  .command('add')
  .argument('<file>', 'a GGUF file')
  .option('--id <id>', 'what to call it (default: its name without .gguf)')
  .description('takes in a model of your own: copies it into MODELS_DIR, tries it, and pins its SHA-256')
  .action(add)
program
  .command('verify')
  .argument('[ids...]', 'ids from the list; without any: all that are here')
  .option('--no-run', 'only compare SHA-256, do not try the answering model')
  .description('hashes the files again, and tries the answering model')
  .action(verify)

// Leaving this way, and not by the signal, ends what is downloading too.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130))

try {
  await program.parseAsync()
} catch (error) {
  const known = [UsageError, GetModelsError, ConfigError, ModelUnavailableError, ModelDiedError].some((kind) => error instanceof kind)
  const { code, message, stack } = error as NodeJS.ErrnoException
  const noFolder = code === 'ENOTDIR' || code === 'EEXIST'
  say(known ? message : noFolder ? `MODELS_DIR should be a folder, and is not (${message}).` : (stack ?? String(error)))
  process.exitCode = 1
}

async function list(): Promise<void> {
  const { MODELS_DIR, ANSWER_MODEL } = readConfig()
  for (const model of MANIFEST) {
    const here = (await Promise.all(model.files.map((file) => isHere(MODELS_DIR, file)))).every(Boolean)
    const bytes = model.files.reduce((sum, file) => sum + file.bytes, 0)
    row(here, model.id, bytes, model.licence, model.id === ANSWER_MODEL ? `${model.about} · in use` : model.about)
  }
  for (const model of await readAdded(MODELS_DIR))
    row(
      await isHere(MODELS_DIR, { ...model, path: model.file }),
      model.id,
      model.bytes,
      'your own',
      model.id === ANSWER_MODEL ? 'in use' : `use it with ANSWER_MODEL=${model.id}`,
    )
}

/** By its size alone: what `get` fetched was hashed then, and `verify` hashes again. */
async function isHere(modelsDir: string, { path, bytes }: { path: string; bytes: number }): Promise<boolean> {
  const found = await stat(join(modelsDir, path)).catch(() => null)
  return found?.size === bytes
}

function row(here: boolean, id: string, bytes: number, licence: string, about: string): void {
  console.log(
    `${here ? 'here   ' : 'missing'}  ${id.padEnd(36)} ${String(Math.ceil(bytes / MIB)).padStart(6)} MiB  ${licence.padEnd(10)}  ${about}`,
  )
}

async function get(ids: string[]): Promise<void> {
  const config = readConfig()
  const isAdded = (await readAdded(config.MODELS_DIR)).some((model) => model.id === config.ANSWER_MODEL)
  const needed = ids.length > 0 ? ids : [EMBEDDER, ...(isAdded ? [] : [config.ANSWER_MODEL])]
  const fetched = await getModels({ modelsDir: config.MODELS_DIR, folder: config.MODELS_SOURCE, ids: needed, say })
  if (fetched.includes(config.ANSWER_MODEL)) await tryModel(config, config.ANSWER_MODEL)
  else if (ids.length > 0 && fetched.length === 0) say('Everything is here already.')
}

async function add(file: string, { id = basename(file).replace(/\.gguf$/i, '') }: { id?: string }): Promise<void> {
  const config = readConfig()
  const source = resolve(file)
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(id))
    throw new UsageError(`"${id}" is no good id: letters, digits, dots and dashes, please.`)
  if (MANIFEST.some((model) => model.id === id)) throw new UsageError(`"${id}" is the name of a known model; choose another with --id.`)
  await requireGguf(source)
  const target = join(config.MODELS_DIR, `${id}.gguf`)
  const digest = await sha256(source)
  const taken = (await readAdded(config.MODELS_DIR)).find((other) => other.id === id)
  if (taken && taken.sha256 !== digest) throw new UsageError(`"${id}" is another file already; choose another name with --id.`)
  if (source !== target) {
    say(`Copying ${source} …`)
    await mkdir(config.MODELS_DIR, { recursive: true })
    await copyFile(source, `${target}.part`, constants.COPYFILE_FICLONE)
    await rename(`${target}.part`, target)
  }
  const model: AddedModel = { id, file: `${id}.gguf`, sha256: digest, bytes: (await stat(target)).size }
  await writeAdded(config.MODELS_DIR, model)
  try {
    await tryModel(config, id)
  } catch (error) {
    await writeAdded(config.MODELS_DIR, model, 'remove')
    if (source !== target) await rm(target, { force: true })
    throw error
  }
  say(`${id} is in (SHA-256 ${digest}). Use it with ANSWER_MODEL=${id}`)
}

async function requireGguf(file: string): Promise<void> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file} cannot be read (${error.code}).`)
  })
  const { buffer } = await handle.read({ buffer: Buffer.alloc(4), position: 0 })
  await handle.close()
  if (buffer.toString('latin1') !== 'GGUF') throw new UsageError(`${file} is not a GGUF file.`)
}

async function verify(ids: string[], { run }: { run: boolean }): Promise<void> {
  const config = readConfig()
  const own = (await readAdded(config.MODELS_DIR)).map((model) => ({ id: model.id, files: [{ ...model, path: model.file }] }))
  const all = [...MANIFEST, ...own]
  for (const id of ids) if (!all.some((model) => model.id === id)) throw new UsageError(`There is no model called "${id}".`)
  let damaged = 0
  for (const model of all.filter(({ id }) => ids.length === 0 || ids.includes(id))) {
    for (const file of model.files) {
      const state = await verifyFile(config.MODELS_DIR, file, true)
      if (state === 'missing' && ids.length === 0) continue
      if (state !== 'whole') damaged++
      console.log(`${state.padEnd(8)} ${file.path}`)
    }
  }
  if (damaged > 0) throw new UsageError(`${damaged} file(s) are not what they should be. Fetch them again with: npm run models -- get`)
  if (run && (ids.length === 0 || ids.includes(config.ANSWER_MODEL))) await tryModel(config, config.ANSWER_MODEL)
}

async function tryModel(config: Config, id: string): Promise<void> {
  say(`Trying ${id} on this machine …`)
  const result = await selfTest({ modelsDir: config.MODELS_DIR, id, threads: config.MODEL_THREADS })
  const speed = `reads ${Math.round(result.promptTokensPerSecond)} and writes ${Math.round(result.replyTokensPerSecond)} tokens a second`
  say(`It works: loaded in ${(result.load / 1000).toFixed(1)} s, ${speed} with ${config.MODEL_THREADS} thread(s).`)
}
