/** `npm run grounding -- pairs|test|measure|share`: claims made from a knowledge base, and figures about how well claims are judged. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { z } from 'zod'
import { readConfig } from '../server/config.ts'
import { createContext, type Context } from '../server/context.ts'
import { blocksIn } from './grounding/documents.ts'
import { writeBetween } from './grounding/markers.ts'
import { measureSet, pairsOf, setOf, tableOf } from './grounding/measure.ts'
import { makePairs, type MadePair } from './grounding/pairs.ts'
import { plainTable, sentOf, shareTable } from './grounding/share.ts'
import { check, reportOf, sampleOf } from './grounding/test.ts'
import { progressOf } from './progress.ts'
import { readTraces } from './traces.ts'

const whole = (n: string): number => z.coerce.number().int().nonnegative().parse(n)

const program = new Command('npm run grounding --').description('Tests how well claims are checked, on claims made from documents.')

program
  .command('pairs')
  .description('Makes claims from documents, true and subtly false, each with the passage to check it against.')
  .requiredOption('--documents <path>', 'a folder of articles, or JSON lines {id, title?, text}')
  .requiredOption('--out <file>', 'JSON lines {id, claim, premise, label, kind, article, edited}')
  .option('--seed <n>', 'the same documents and seed give the same pairs', whole, 1)
  .action(async ({ documents, out, seed }: { documents: string; out: string; seed: number }) => {
    const pairs = await pairsFrom(documents, seed)
    writeFileSync(out, pairs.map((pair) => `${JSON.stringify(pair)}\n`).join(''))
    console.error(`written to ${out}`)
  })

program
  .command('test')
  .description('Lets the installed checker judge claims made from documents, and says how often it is right, by kind of mistake.')
  .requiredOption('--documents <path>', 'a folder of articles, or JSON lines {id, title?, text}')
  .option('--limit <n>', 'so many pairs, of every kind; each takes some seconds', whole, 200)
  .option('--seed <n>', 'the same documents and seed give the same pairs', whole, 1)
  .option('--no-opinion', 'without asking the answering model: quick, and poorer')
  .action(async ({ documents, limit, seed, opinion }: { documents: string; limit: number; seed: number; opinion: boolean }) => {
    const pairs = sampleOf(await pairsFrom(documents, seed), limit)
    const checked = await inContext((context) => check(pairs, context, { opinion, onProgress: progressOf(pairs.length) }))
    console.log(reportOf(checked))
  })

program
  .command('measure')
  .description('Measures each step of the checker on pairs with labels: AUROC, and balanced accuracy at a limit fixed beforehand.')
  .requiredOption('--pairs <files...>', 'JSON lines {claim, premise, label}, packed with gzip or not; none that anything was trained on')
  .option('--limit <n>', 'so many pairs of each file', whole, 400)
  .option('--opinions <n>', 'so many pairs of each file to ask the answering model about; each takes some seconds', whole, 0)
  .option('--write', 'put the table into docs/measurements.md')
  .action(async ({ pairs, limit, opinions, write }: { pairs: string[]; limit: number; opinions: number; write?: true }) => {
    const sets = pairs.map((file) => ({ set: setOf(file), rows: pairsOf(file, limit) }))
    const measured = await inContext(async (context) => {
      const all = []
      for (const { set, rows } of sets) {
        console.error(`${set}: ${rows.length} pairs`)
        all.push(...(await measureSet(set, rows, context, opinions, progressOf(rows.length))))
      }
      return all
    })
    print('claims', tableOf(measured), write)
  })

program
  .command('share')
  .description(
    'Says how much can be sent by itself at 1, 2, 3 and 5 % wrong, for each form, from traces of `npm run evaluate -- --traces`.',
  )
  .requiredOption('--traces <files...>', 'what evaluate wrote; the name of a file is the name of its set')
  .option('--write', 'put the tables into docs/measurements.md and docs/instructions-for-use.md')
  .action(({ traces, write }: { traces: string[]; write?: true }) => {
    const sent = sentOf(traces.flatMap((file) => readTraces(file)))
    print('share sent', shareTable(sent), write)
    if (write) writeBetween(document('instructions-for-use.md'), 'answers', plainTable(sent))
  })

await program.parseAsync().catch((error: unknown) => {
  console.error(`grounding: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
})

function document(name: string): string {
  return join(import.meta.dirname, '..', 'docs', name)
}

function print(name: string, table: string, write: true | undefined): void {
  console.log(table)
  if (write) writeBetween(document('measurements.md'), name, table)
}

async function pairsFrom(documents: string, seed: number): Promise<MadePair[]> {
  const { blocks, tiers, articles } = await blocksIn(documents)
  const pairs = makePairs(blocks, tiers, seed)
  console.error(`${pairs.length} pairs from ${articles} articles, ${pairs.filter((p) => p.label === 1).length} of them true`)
  if (pairs.length === 0) throw new Error('these documents have no sentence or row that a claim could be made from')
  return pairs
}

/** The checks need the models and nothing of the firm's. */
async function inContext<T>(run: (context: Context) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'vouch-grounding-'))
  const context = await createContext({ ...readConfig(), DATA_DIR: folder, KEYS_DIR: folder, LOG_LEVEL: 'error' })
  try {
    return await run(context)
  } finally {
    await context.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
