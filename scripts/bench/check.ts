/** `npm run bench -- check`: what checking an answer costs beside writing it, and what the processes keep in memory. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { readConfig } from '../../server/config.ts'
import { createContext, type Context } from '../../server/context.ts'
import type { Cost, Trace } from '../../server/types.ts'
import { memoryOfAll, type ProcessMemory } from './memory.ts'

/** Checking may take at most this share of the time of writing. */
const GOAL = 0.5
const SAMPLE = join(import.meta.dirname, '..', '..', 'kb', 'sample')

export const checkBench = new Command('check')
  .description(`Time of checking beside the time of writing in the same run (at most ${GOAL}), and memory.`)
  .option('--questions <file>', 'JSON lines with a question each', join(SAMPLE, 'questions.jsonl'))
  .option('--documents <path>', 'what they are answered from', join(SAMPLE, 'documents'))
  .option('--limit <n>', 'so many questions', Number, 20)
  .action(run)

interface Options {
  questions: string
  documents: string
  limit: number
}

async function run({ questions, documents, limit }: Options): Promise<void> {
  if (!(limit > 0)) throw new Error('--limit must be above 0.')
  const asked = questionsIn(questions).slice(0, limit)
  const folder = mkdtempSync(join(tmpdir(), 'vouch-bench-'))
  const before = memoryOfAll()
  const config = { ...readConfig(), DATA_DIR: join(folder, 'data'), KEYS_DIR: join(folder, 'keys'), LOG_LEVEL: 'error' as const }
  const context = await createContext(config)
  try {
    await context.knowledge.ingest([documents], { actor: 'system', retireMissing: false })
    // Low enough that every question is written to, as the dearest day would have it.
    context.store.thresholds.set({ topic: '*', channel: '*', tier: '*', form: 'written', value: 0, reason: 'bench' }, 'system')
    const traces: Trace[] = []
    for (const [i, question] of asked.entries()) {
      traces.push(await ask(question, context))
      process.stderr.write(`${i + 1} of ${asked.length} asked\n`)
    }
    print(traces, before, memoryOfAll())
    if (ratioOf(traces) > GOAL) process.exitCode = 1
  } finally {
    await context.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function questionsIn(file: string): string[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => (JSON.parse(line) as { question: string }).question)
}

async function ask(question: string, { store, turns }: Context): Promise<Trace> {
  const customer = store.customers.create('standard', 'system')
  const conversation = store.conversations.create({ customer: customer.id, channel: 'api', tier: customer.tier })
  const { turn, done } = turns.ask({ conversation: conversation.id, text: question })
  await done
  const trace = turn && store.turns.trace(turn.id)
  if (!trace) throw new Error(`“${question}” could not be answered; LOG_LEVEL=debug says why.`)
  return trace
}

/** Of the turns that wrote something. */
const ratioOf = (traces: Trace[]): number => sum(traces, (t) => t.timings['checking'] ?? 0) / sum(traces, (t) => t.timings['writing'] ?? 0)

function print(all: Trace[], before: ProcessMemory[], after: ProcessMemory[]): void {
  const traces = all.filter((t) => t.draft && !t.draft.abstained)
  const out = (text = ''): void => void process.stdout.write(`${text}\n`)
  const writing = sum(traces, (t) => t.timings['writing'] ?? 0)
  out(`${all.length} questions, ${traces.length} drafts checked (the model abstained from or was not asked about the others)`)
  out(`checking : writing = ${ratioOf(traces).toFixed(2)} (at most ${GOAL}); ${seconds(writing / traces.length)} s of writing a draft`)
  out()
  out(`${'check'.padEnd(18)}${['to writing', 'ms', 'tokens read', 'spared'].map((h) => h.padStart(13)).join('')}`)
  for (const step of new Set(traces.flatMap((t) => (t.costs ?? []).map((c) => c.step)))) {
    const costs = traces.flatMap((t) => (t.costs ?? []).filter((c) => c.step === step))
    const each = (figure: (cost: Cost) => number): number => sum(costs, figure) / costs.length
    out(
      `${step.padEnd(18)}${[
        (sum(costs, (c) => c.ms) / writing).toFixed(3),
        each((c) => c.ms).toFixed(0),
        each((c) => c.read).toFixed(0),
        `${costs.filter((c) => c.skipped).length} of ${costs.length}`,
      ]
        .map((cell) => cell.padStart(13))
        .join('')}`,
    )
  }
  out(`${traces.filter((t) => t.draft?.cut).length} drafts had a sentence cut`)
  out()
  const total = sum(after, (p) => p.rss)
  out(`memory: ${mib(total)} MiB in ${after.length} processes, ${(total / sum(before, (p) => p.rss)).toFixed(1)} times an empty one`)
  for (const { name, rss } of after)
    out(`  ${name.padEnd(28)}${mib(rss).padStart(7)} MiB${`${(rss / total).toFixed(2)} of all`.padStart(15)}`)
}

const sum = <T>(list: T[], figure: (item: T) => number): number => list.reduce((total, item) => total + figure(item), 0)
const seconds = (ms: number): string => (ms / 1000).toFixed(1)
const mib = (bytes: number): string => (bytes / 1_048_576).toFixed(0)
