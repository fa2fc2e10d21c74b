/** `npm run bench -- blast-radius`: how long it takes to find whom a mistake reached in a long history, and who is found. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { createLanguageModel } from '../../models/language-model.ts'
import { readConfig } from '../../server/config.ts'
import { blastRadius } from '../../server/repair/blast-radius.ts'
import { claimMatcher } from '../../server/repair/same-claim.ts'
import { houseWithHistory } from './house.ts'

const PLANTED = join(import.meta.dirname, '..', '..', 'server', 'repair', 'planted.jsonl')
/** Conversations that each planted answer is told in. */
const TIMES = 3

export const blastRadiusBench = new Command('blast-radius')
  .description('Finds planted incidents in a long history, and says how long others had to wait meanwhile.')
  .option('--turns <n>', 'turns in the history', Number, 50_000)
  .option('--folder <folder>', 'keep the history there, and take it from there the next time')
  .option('--seed <n>', 'the same seed makes the same history', Number, 1)
  .option('--with-model', 'ask the answering model where words and vectors leave it open', false)
  .option('--statements <n>', 'planted statements that are looked for', Number, 5)
  .action(run)

interface Incident {
  id: string
  firm: string
  wrong: string
  same: string[]
  other: string[]
}

async function run({
  statements,
  withModel,
  ...options
}: {
  turns: number
  seed: number
  statements: number
  withModel: boolean
  folder?: string
}): Promise<void> {
  const incidents = readFileSync(PLANTED, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Incident)
    .filter(({ firm }) => firm === 'bank')
  const planted = incidents.flatMap(({ same, other }) => [...same, ...other].map((text) => ({ text, times: TIMES })))
  const say = (line: string): void => void process.stderr.write(`${line}\n`)
  const house = await houseWithHistory({ ...options, planted }, say)
  const { store, embedder } = house.context
  const { MODELS_DIR: modelsDir, ANSWER_MODEL: id, MODEL_THREADS: threads } = readConfig()
  const model = withModel ? await createLanguageModel({ modelsDir, id, threads, queue: 1 }) : null
  const matcher = claimMatcher({ embedder, model, lane: 'background' })
  const out = (line: string): void => void process.stdout.write(`${line}\n`)
  try {
    out(`${store.reach.size()} answers in the record`)
    out(
      `${'statement'.padEnd(20)}${['seconds', 'longest ms', 'reached', 'of those', 'found', 'others'].map((h) => h.padStart(11)).join('')}`,
    )
    for (const { id, wrong, same } of incidents.slice(0, statements)) {
      const watch = watchLoop()
      const began = performance.now()
      const found = await blastRadius(
        { statement: wrong, spans: [], articles: [] },
        { reach: store.reach, revision: (revision) => store.knowledge.get(revision), matcher: async (statement) => matcher(statement) },
      )
      const seconds = (performance.now() - began) / 1000
      const meant = new Set(same.flatMap((text) => house.planted.get(text) ?? []))
      const right = found.filter((one) => meant.has(one.message)).length
      const cells = [
        seconds.toFixed(1),
        watch.longest().toFixed(0),
        String(found.length),
        String(meant.size),
        String(right),
        String(found.length - right),
      ]
      out(id.padEnd(20) + cells.map((cell) => cell.padStart(11)).join(''))
    }
  } finally {
    await model?.close()
    await house.close()
  }
}

/** The longest time that nothing else could run. */
function watchLoop(): { longest: () => number } {
  let last = performance.now()
  let longest = 0
  const timer = setInterval(() => {
    const now = performance.now()
    longest = Math.max(longest, now - last - 5)
    last = now
  }, 5)
  return {
    longest() {
      clearInterval(timer)
      return Math.max(longest, performance.now() - last - 5)
    },
  }
}
