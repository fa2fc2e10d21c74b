/**
 * What every command does first: the packages of the lockfile, and a Node that runs them. Plain JavaScript without imports of
 * packages, so that a fresh clone starts on Node 20.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const NEEDED_MAJOR = 24
const MODULES = join(ROOT, 'node_modules')
const LOCKFILE = join(ROOT, 'package-lock.json')
/** npm writes it last, so an installation that broke off is never taken for a whole one. */
const INSTALLED = join(MODULES, '.package-lock.json')
/** Digest of the lockfile that was installed: a checkout may touch the file without changing it. */
const STAMP = join(MODULES, '.vouch-installed')

/** A problem that the person at the keyboard can solve; shown without a stack. */
export class SetupError extends Error {}

/** Installs when `node_modules` is missing or older than the lockfile. Quick and offline otherwise. */
export function ensureInstalled() {
  if (isInstalled()) return
  console.error('Installing packages (once, some 1.5 GB on disk) …')
  rmSync(STAMP, { force: true })
  // Nothing here needs an install script: what is compiled comes ready-made in a package, and scripts would fetch from elsewhere.
  const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, npm_config_onnxruntime_node_install: 'skip', npm_config_update_notifier: 'false' },
    shell: process.platform === 'win32',
  })
  if (npm.error) throw new SetupError(`npm could not be started (${npm.error.message}). Install Node.js with npm, then try again.`)
  if (npm.status !== 0)
    throw new SetupError(
      `npm ci failed (exit code ${npm.status ?? npm.signal}). Its reason stands above; mostly the package registry cannot be reached ` +
        '(see `npm config get registry` and your proxy settings) or the disk is full. The same command can simply be run again.',
    )
  writeFileSync(STAMP, lockfileDigest())
}

function isInstalled() {
  if (!existsSync(INSTALLED)) return false
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lockfileDigest()) return true
  return statSync(INSTALLED).mtimeMs >= statSync(LOCKFILE).mtimeMs - 5_000
}

function lockfileDigest() {
  return createHash('sha256').update(readFileSync(LOCKFILE)).update(`${process.platform} ${process.arch}`).digest('hex')
}

/** The path of a Node that is new enough: the one that runs this, or the one among the packages. */
export function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) return process.execPath
  const packaged = join(MODULES, `node-${process.platform}-${process.arch}`, 'bin', 'node')
  if (existsSync(packaged)) return packaged
  throw new SetupError(
    `Vouch runs on Node ${NEEDED_MAJOR}; this is ${process.versions.node}, and there is no packaged one for ${process.platform}-${process.arch}. ` +
      `Install Node ${NEEDED_MAJOR} or newer, then try again.`,
  )
}

/** The environment for what we start: the right Node comes first, and no installer noise. */
export function childEnv() {
  const bins = [dirname(findNode()), join(MODULES, '.bin')]
  return { ...process.env, PATH: [...bins, process.env.PATH ?? ''].join(process.platform === 'win32' ? ';' : ':') }
}

/**
 * Runs a TypeScript file and resolves with its exit code. A Ctrl-C in a terminal reaches the whole group by itself; any other
 * way of asking us to stop is passed on.
 * @param {string} file relative to the root of the project
 * @param {string[]} args
 */
export function runTypeScript(file, args) {
  const tsx = pathToFileURL(join(MODULES, 'tsx', 'dist', 'loader.mjs')).href
  const settings = join(ROOT, '.env')
  return runNode([...(existsSync(settings) ? [`--env-file=${settings}`] : []), '--import', tsx, join(ROOT, file), ...args])
}

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [more]
 */
export function runNode(args, more = {}) {
  const child = spawn(findNode(), args, { stdio: 'inherit', cwd: ROOT, env: { ...childEnv(), ...more } })
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
  const pass = (/** @type {NodeJS.Signals} */ signal) => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
  }
  for (const signal of signals) process.on(signal, pass)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      for (const name of signals) process.off(name, pass)
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1))
    })
  })
}

/**
 * Runs a command's body, shows what a person can solve in one line, and leaves with the exit code.
 * @param {() => Promise<number>} body
 */
export async function command(body) {
  try {
    process.exit(await body())
  } catch (error) {
    console.error(error instanceof SetupError ? error.message : error)
    process.exit(1)
  }
}
