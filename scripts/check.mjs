/** `npm run check`: form, lint, types, import rules, what is not used, and (unless `--no-tests`) the tests. Last line: `N passed, N failed`. */
import { join } from 'node:path'
import { command, ensureInstalled, ROOT, runNode, runTypeScript } from './setup.mjs'

const bin =
  (/** @type {string} */ path, /** @type {string[]} */ ...args) =>
  () =>
    runNode([join(ROOT, 'node_modules', path), ...args])

/** @type {[name: string, run: () => Promise<number>][]} */
const CHECKS = [
  ['form (oxfmt; mend it with npm run format)', bin('oxfmt/bin/oxfmt', '--check', '.')],
  ['lint (oxlint)', bin('oxlint/bin/oxlint', '.')],
  ['types (tsc)', bin('typescript/bin/tsc', '--noEmit')],
  ['import rules', () => runTypeScript('scripts/check-imports.ts', [])],
  ['nothing unused (knip)', bin('knip/bin/knip.js')],
]

await command(async () => {
  ensureInstalled()
  if (!process.argv.includes('--no-tests')) CHECKS.push(['tests', () => runNode([join(ROOT, 'scripts', 'test.mjs')])])
  const failed = []
  for (const [name, run] of CHECKS) {
    console.log(`── ${name}`)
    if ((await run()) !== 0) failed.push(name)
  }
  if (failed.length > 0) console.log(`Failed: ${failed.join(' · ')}`)
  console.log(`${CHECKS.length - failed.length} passed, ${failed.length} failed`)
  return failed.length > 0 ? 1 : 0
})
