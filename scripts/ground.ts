/** `npm run ground -- --in PAIRS.jsonl --out SCORES.jsonl`: how well does each premise support its claim? */
import { closeSync, mkdtempSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { z } from 'zod'
import { groundPair } from '../server/checks/ground-pair.ts'
import { readConfig } from '../server/config.ts'
import { createContext } from '../server/context.ts'
import { readJsonLines } from './json-lines.ts'
import { progressOf } from './progress.ts'

const Pair = z.looseObject({ claim: z.string(), premise: z.string() })

const program = new Command()
  .name('npm run ground --')
  .description('Scores how well premises support claims, with the checks that answers go through.')
  .requiredOption('--in <file>', 'JSON lines of {"claim": …, "premise": …}; other fields are passed on')
  .requiredOption('--out <file>', 'the same lines in the same order, with score (0 to 1), supported and findings')
  .action(run)

try {
  await program.parseAsync()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function run({ in: input, out }: { in: string; out: string }): Promise<void> {
  const pairs = readJsonLines(input, Pair)
  // The checks need the models and nothing of the firm's.
  const folder = mkdtempSync(join(tmpdir(), 'vouch-ground-'))
  const context = await createContext({ ...readConfig(), DATA_DIR: folder, KEYS_DIR: folder, LOG_LEVEL: 'error' })
  const part = `${out}.part`
  const file = openSync(part, 'w')
  const progress = progressOf(pairs.length)
  try {
    for (const [index, pair] of pairs.entries()) {
      const result = await groundPair(context.ports, pair)
      writeSync(file, `${JSON.stringify({ ...pair, ...result })}\n`)
      progress(index + 1)
    }
    renameSync(part, out)
    console.error(`${pairs.length} pairs scored: ${out}`)
  } finally {
    closeSync(file)
    rmSync(part, { force: true })
    await context.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
