/** Where a model's files lie, and the register of those that the operator added. */
import { readFileSync } from 'node:fs'
import { readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ModelUnavailableError } from './errors.ts'
import { EMBEDDER, MANIFEST } from './manifest.ts'
import type { ModelIdentity } from './types.ts'
import { sha256 } from './verified.ts'

/** A model that the operator brought: a GGUF file in MODELS_DIR. */
export interface AddedModel {
  id: string
  file: string
  sha256: string
  bytes: number
}

/** What Vouch runs. Errors: ModelUnavailableError when it is not known, or its file is missing or of another size. */
export async function locateLanguageModel(modelsDir: string, id: string): Promise<{ file: string; identity: ModelIdentity }> {
  const known = MANIFEST.find((model) => model.id === id)?.files[0]
  const added = (await readAdded(modelsDir)).find((model) => model.id === id)
  const wanted = known ? { file: known.path, bytes: known.bytes, sha256: known.sha256 } : added
  if (!wanted?.file.endsWith('.gguf')) {
    const names = MANIFEST.filter((model) => model.purpose === 'answers').map((model) => model.id)
    throw new ModelUnavailableError(
      `There is no answering model called "${id}". Known are ${names.join(', ')}; your own comes in by: npm run models -- add FILE`,
    )
  }
  const file = join(modelsDir, wanted.file)
  await requireFile(file, wanted.bytes, id)
  return { file, identity: { id, sha256: wanted.sha256, runtime: RUNTIME.llama } }
}

export async function locateEncoder(modelsDir: string, id: string): Promise<{ identity: ModelIdentity }> {
  const model = MANIFEST.find((candidate) => candidate.id === id)
  const weights = model?.files[0]
  if (!model || !weights) throw new ModelUnavailableError(`There is no encoder called "${id}".`)
  for (const file of model.files) await requireFile(join(modelsDir, file.path), file.bytes, id)
  return { identity: { id, sha256: weights.sha256, runtime: RUNTIME.onnx } }
}

/** A model of our own: its weights lie in the repository, its tokenizer is the embedder's. `null`: there are no weights. */
export async function locateCrossEncoder(
  modelsDir: string,
  { id, folder }: { id: string; folder: string },
): Promise<{ weights: string; tokenizer: string; identity: ModelIdentity } | null> {
  const weights = join(folder, 'model_quantized.onnx')
  if (!(await stat(weights).catch(() => null))) return null
  const shared = MANIFEST.find((model) => model.id === EMBEDDER)?.files ?? []
  for (const file of shared) if (/tokenizer/.test(file.path)) await requireFile(join(modelsDir, file.path), file.bytes, EMBEDDER)
  return { weights, tokenizer: join(modelsDir, EMBEDDER), identity: { id, sha256: await sha256(weights), runtime: RUNTIME.ours } }
}

async function requireFile(file: string, bytes: number, id: string): Promise<void> {
  const found = await stat(file).catch(() => null)
  if (!found) throw new ModelUnavailableError(`${file} is missing. Fetch it with: npm run models -- get ${id}`)
  if (found.size !== bytes)
    throw new ModelUnavailableError(`${file} has ${found.size} bytes instead of ${bytes}. Fetch it again with: npm run models -- get ${id}`)
}

export async function readAdded(modelsDir: string): Promise<AddedModel[]> {
  const file = join(modelsDir, 'added.json')
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '[]'
    throw error
  })
  try {
    const list: unknown = JSON.parse(text)
    if (Array.isArray(list) && list.every(isAdded)) return list
  } catch {
    // said below
  }
  throw new ModelUnavailableError(`${file} is damaged. Remove it and add your models again with: npm run models -- add FILE`)
}

const isAdded = (entry: unknown): entry is AddedModel => {
  const { id, file, sha256, bytes } = (entry ?? {}) as Record<string, unknown>
  return typeof id === 'string' && typeof file === 'string' && typeof sha256 === 'string' && typeof bytes === 'number'
}

/** Adds a model to the register (in place of one of the same id), or removes it. */
export async function writeAdded(modelsDir: string, model: AddedModel, change: 'add' | 'remove' = 'add'): Promise<void> {
  const others = (await readAdded(modelsDir)).filter((other) => other.id !== model.id)
  const file = join(modelsDir, 'added.json')
  await writeFile(`${file}.new`, `${JSON.stringify(change === 'add' ? [...others, model] : others, null, 2)}\n`)
  await rename(`${file}.new`, file)
}

/** Name and version of what runs the models, for the record. */
const RUNTIME = {
  get llama() {
    return `node-llama-cpp ${versionOf('node-llama-cpp')}`
  },
  get onnx() {
    return `onnxruntime-node ${versionOf('onnxruntime-node')}, transformers ${versionOf('@huggingface/transformers')}`
  },
  get ours() {
    return `onnxruntime-node ${versionOf('onnxruntime-node')}, tokenizers ${versionOf('@huggingface/tokenizers')}`
  },
}

function versionOf(name: string): string {
  const file = new URL(`../node_modules/${name}/package.json`, import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
