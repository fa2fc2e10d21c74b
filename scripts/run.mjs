/** `node scripts/run.mjs FILE.ts ARGS…`: runs a script of this folder with the right Node, and installs first where needed. */
import { command, ensureInstalled, runTypeScript, SetupError } from './setup.mjs'

await command(async () => {
  const [script, ...args] = process.argv.slice(2)
  if (!script) throw new SetupError('Usage: node scripts/run.mjs FILE.ts [ARGUMENTS…]')
  ensureInstalled()
  return runTypeScript(`scripts/${script}`, args)
})
