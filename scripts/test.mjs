/**
 * `npm test`: installs, gets what the tests need, runs them all. The last line says `N passed, N failed` (and `N skipped`).
 * With arguments, they go to vitest: `npm test -- kb`.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBrowser } from './setup-browser.mjs'
import { childEnv, command, ensureInstalled, findNode, ROOT, runNode, runTypeScript } from './setup.mjs'

const MODELS = ['all-minilm-l6-v2', 'smollm2-135m-instruct-q4_1', 'qwen2.5-coder-1.5b-instruct-q4_k_m']
const VITEST = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs')

await command(async () => {
  ensureInstalled()
  if ((await runTypeScript('scripts/models.ts', ['get', ...MODELS])) !== 0) console.error('Tests that need a model will fail.')
  const browser = findBrowser()
  const scratch = mkdtempSync(join(tmpdir(), 'vouch-test-'))
  const total = { passed: 0, failed: 0, skipped: 0 }
  try {
    // One after another: a model that shares its cores with other tests is many times slower.
    add(total, await run(['unit', 'http'], scratch))
    add(total, await run(['model'], scratch))
    if (browser) add(total, await run(['browser'], scratch, { CHROMIUM: browser }))
    else total.skipped += countBrowserTests()
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
  if (!browser) console.log('No Chromium could be had, so the browser tests were skipped. Name one: CHROMIUM=/path/to/chromium npm test')
  console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`)
  return total.failed > 0 ? 1 : 0
})

/**
 * @param {string[]} projects
 * @param {string} scratch
 * @param {NodeJS.ProcessEnv} [env]
 */
async function run(projects, scratch, env = {}) {
  const file = join(scratch, `${projects.join('-')}.json`)
  const chosen = projects.flatMap((name) => ['--project', name])
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const code = await runNode([VITEST, 'run', ...chosen, ...reporters, '--passWithNoTests', ...process.argv.slice(2)], env)
  return { code, ...counts(file, code) }
}

/**
 * A test file that cannot be loaded, an error outside of any test and a run that breaks off are failures too.
 * @param {string} file
 * @param {number} code
 */
function counts(file, code) {
  let report
  try {
    report = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 }
  }
  const unloadable = report.testResults.filter(
    (/** @type {any} */ result) => result.status === 'failed' && result.assertionResults.length === 0,
  )
  const failed = report.numFailedTests + unloadable.length
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/**
 * @param {Record<'passed' | 'failed' | 'skipped', number>} total
 * @param {Record<'passed' | 'failed' | 'skipped', number>} more
 */
function add(total, more) {
  total.passed += more.passed
  total.failed += more.failed
  total.skipped += more.skipped
}

function countBrowserTests() {
  const args = [VITEST, 'list', '--json', '--project', 'browser', ...process.argv.slice(2)]
  const listed = spawnSync(findNode(), args, { cwd: ROOT, env: childEnv(), encoding: 'utf8' })
  try {
    return JSON.parse(listed.stdout).length
  } catch {
    return 1
  }
}
