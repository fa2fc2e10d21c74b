/** `npm run blast-radius -- --wrong "STATEMENT" --answers A.jsonl --out H.jsonl`: which answers say what was wrong, in whatever words? */
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { Command } from 'commander'
import { z } from 'zod'
import { createEmbedder } from '../models/embedder.ts'
import { ModelUnavailableError } from '../models/errors.ts'
import { createLanguageModel } from '../models/language-model.ts'
import type { LanguageModel } from '../models/types.ts'
import { readConfig } from '../server/config.ts'
import { claimMatcher } from '../server/repair/same-claim.ts'
import { readJsonLines } from './json-lines.ts'
import { progressOf } from './progress.ts'

const Answer = z.looseObject({ id: z.union([z.string(), z.number()]), text: z.string() })

const BATCH = 8

const program = new Command()
  .name('npm run blast-radius --')
  .description('Finds the answers that say the same as a wrong statement, in whatever words.')
  .requiredOption('--wrong <statement>', 'what was wrong: one sentence, or a few')
  .requiredOption('--answers <file>', 'JSON lines of {"id": …, "text": …}; other fields are passed on')
  .requiredOption('--out <file>', 'the same lines in the same order, with hit, score (0 to 1) and why')
  .option('--without-model', 'by words and vectors alone: seconds instead of minutes, and more look-alikes', false)
  .action(run)

try {
  await program.parseAsync()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function run({
  wrong,
  answers: path,
  out,
  withoutModel,
}: {
  wrong: string
  answers: string
  out: string
  withoutModel: boolean
}): Promise<void> {
  if (!/[\p{L}\p{N}]/u.test(wrong)) throw new Error('--wrong is empty: say in a sentence what was wrong.')
  const answers = readJsonLines(path, Answer)
  const { MODELS_DIR: modelsDir, ANSWER_MODEL: id, MODEL_THREADS: threads } = readConfig()
  const embedder = await createEmbedder({ modelsDir })
  const model = withoutModel || answers.length === 0 ? null : await installedModel({ modelsDir, id, threads, queue: 1 })
  const part = `${out}.part`
  const file = openSync(part, 'w')
  const progress = progressOf(answers.length, BATCH)
  let hits = 0
  try {
    const matcher = claimMatcher({ embedder, model, lane: 'background' })(wrong)
    for (let from = 0; from < answers.length; from += BATCH) {
      const batch = answers.slice(from, from + BATCH)
      const matches = await matcher.match(batch.map((answer) => answer.text))
      batch.forEach((answer, i) => {
        const { hit, score, why } = matches[i] ?? { hit: false, score: 0, why: '' }
        if (hit) hits++
        writeSync(file, `${JSON.stringify({ ...answer, hit, score: Number(score.toFixed(4)), why })}\n`)
      })
      progress(Math.min(from + BATCH, answers.length))
    }
    renameSync(part, out)
    console.error(`${answers.length} answers, ${hits} of them say it: ${out}`)
  } finally {
    closeSync(file)
    rmSync(part, { force: true })
    await Promise.allSettled([embedder.close(), model?.close()])
  }
}

/** Without it the work can be done less well, which is said. */
async function installedModel(options: Parameters<typeof createLanguageModel>[0]): Promise<LanguageModel | null> {
  try {
    return await createLanguageModel(options)
  } catch (error) {
    if (!(error instanceof ModelUnavailableError)) throw error
    console.error(`${error.message}\nIt is done by words and vectors alone, and takes more look-alikes for the statement.`)
    return null
  }
}
