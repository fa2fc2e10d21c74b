/**
 * `npm run regression`: asks the questions of past incidents again, and lets the checker judge claims made from the articles in force, true and subtly
 * false. Exit code 1 when a question is answered wrong, or when more wrong claims pass than in the run that was kept.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { z } from 'zod'
import { blocksOf } from '../kb/blocks.ts'
import { readConfig } from '../server/config.ts'
import { createContext, type Context } from '../server/context.ts'
import { baselineOf, compare, type Baseline } from './grounding/gate.ts'
import { makePairs } from './grounding/pairs.ts'
import { progressOf } from './progress.ts'
import { check, sampleOf } from './grounding/test.ts'

interface Options {
  claims: number
  seed: number
  opinion: boolean
  baseline?: string
  accept?: true
}

const whole = (n: string): number => z.coerce.number().int().nonnegative().parse(n)

const Kept = z.object({
  at: z.string(),
  opinion: z.boolean(),
  wrong: z.record(z.string(), z.boolean()),
  right: z.object({ of: z.number(), passed: z.number() }),
})

await new Command()
  .name('npm run regression --')
  .description(
    'Asks the questions of past incidents again and says which are answered right, held, or wrong; then checks claims made from the articles in force, and says whether more wrong ones pass than before. Nothing is sent.',
  )
  .option('--claims <n>', 'so many claims, of every kind of mistake; each takes some seconds; 0: none', whole, 120)
  .option('--no-opinion', 'check them without asking the answering model: quick, and poorer')
  .option('--seed <n>', 'the same articles and seed give the same claims', whole, 1)
  .option('--baseline <file>', 'the run to compare with (default: regression-claims.json in DATA_DIR)')
  .option('--accept', 'keep this run as the one that later ones are compared with')
  .action(run)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(`regression: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 1
  })

async function run(options: Options): Promise<void> {
  const context = await createContext({ ...readConfig(), LOG_LEVEL: 'error' }, { byItself: false })
  try {
    const asked = await askCases(context)
    const checked = options.claims > 0 ? await checkClaims(context, options) : true
    if (!asked || !checked) process.exitCode = 1
  } finally {
    await context.close()
  }
}

/** False when one is answered wrong, or can't be asked. */
async function askCases({ store, repair }: Context): Promise<boolean> {
  const cases = store.cases.active()
  if (cases.length === 0) console.log('No incident has a question that is asked again yet.')
  else console.error(`Asking ${cases.length} ${cases.length === 1 ? 'question' : 'questions'} of past incidents …`)
  const counts = { right: 0, held: 0, wrong: 0, failed: 0 }
  for (const asked of cases) {
    const [result] = await repair.regression.run([asked])
    if (!result) continue
    counts[result.result]++
    console.log(`${result.result.padEnd(6)}  ${asked.question}\n        ${result.why} (${asked.incident})`)
  }
  if (cases.length > 0)
    console.log(`${counts.right} right, ${counts.held} held, ${counts.wrong} wrong, ${counts.failed} could not be asked`)
  return counts.wrong + counts.failed === 0
}

/** False when more wrong claims pass than in the run that was kept. The first run is kept. */
async function checkClaims(context: Context, { claims, seed, opinion, baseline, accept }: Options): Promise<boolean> {
  const file = baseline ?? join(context.config.DATA_DIR, 'regression-claims.json')
  const kept = existsSync(file) ? readBaseline(file) : null
  if (kept && kept.opinion !== opinion && !accept)
    throw new Error(`${file} was made ${kept.opinion ? 'with' : 'without'} asking the answering model: do the same, or --accept a new one`)
  const revisions = context.store.knowledge.inForce()
  const tiers = [...new Set(revisions.map((r) => r.tier))].toSorted((a, b) => (a < b ? -1 : 1))
  const pairs = sampleOf(
    makePairs(
      revisions.flatMap((r) => blocksOf(r)),
      tiers,
      seed,
    ),
    claims,
  )
  if (pairs.length === 0) return say('No article in force has a sentence or row that a claim could be made from.')
  const now = baselineOf(await check(pairs, context, { opinion, onProgress: progressOf(pairs.length) }), opinion, new Date().toISOString())
  const wrong = Object.values(now.wrong)
  say(
    `Claims made from the articles: ${wrong.filter(Boolean).length} of ${wrong.length} wrong ones passed, and ${now.right.passed} of ${now.right.of} true ones.`,
  )
  if (!kept || accept) {
    writeFileSync(`${file}.part`, `${JSON.stringify(now)}\n`)
    renameSync(`${file}.part`, file)
    return say(`Kept in ${file}: later runs are compared with it.`)
  }
  const { now: a, before: b, changed, p, failed, tolerated } = compare(now, kept)
  const how = changed
    ? `Of ${a.of} wrong claims that are in both runs ${a.passed} passed, and ${b.passed} on ${kept.at.slice(0, 10)}: ${changed.worse} got worse, ${changed.better} better`
    : `The articles are others by now, and so are the claims: ${a.passed} of ${a.of} wrong ones passed, and ${b.passed} of ${b.of} on ${kept.at.slice(0, 10)}`
  say(`${how} (p = ${p.toFixed(3)}).`)
  return failed
    ? say(`More wrong claims pass than before; up to ${tolerated} could be chance. If that is meant, --accept it.`, false)
    : say(
        changed && changed.worse <= changed.better
          ? 'No more wrong claims pass than before.'
          : `That can be chance: up to ${tolerated} would be.`,
      )
}

function say(line: string, passes = true): boolean {
  console.log(line)
  return passes
}

function readBaseline(file: string): Baseline {
  try {
    return Kept.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    throw new Error(`${file} is no run that was kept by this command; remove it, or name another with --baseline`, { cause: error })
  }
}
