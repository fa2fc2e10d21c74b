import { mkdtempSync, rmSync, writeFileSync, appendFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { z } from 'zod'
import { readConfig } from '../server/config.ts'
import { createContext, type Context } from '../server/context.ts'
import type { RelevanceModel } from '../models/types.ts'
import type { Trace } from '../server/types.ts'
import { judgeAnswer, summarise, type Judged } from './evaluate-summary.ts'
import { readJsonLines } from './json-lines.ts'

const questionSchema = z.object({
  id: z.coerce.string(),
  question: z.string().min(1),
  answers: z.array(z.string()).optional(),
  gold_doc: z.string().nullish(),
  answerable: z.boolean().optional(),
  /** Who asks; the same may stand in `note` as `tier=NAME`. */
  tier: z.string().optional(),
  note: z.string().optional(),
  type: z.string().optional(),
  must: z.array(z.string()).optional(),
  must_not: z.array(z.string()).optional(),
})
export type Question = z.infer<typeof questionSchema>

interface Options {
  questions: string
  documents: string
  out?: string
  traces?: string
  limit?: number
  tier: string
  quotationsOnly?: boolean
  withoutRelevance?: boolean
}

const command = new Command('npm run evaluate --')
  .description('Asks each question of a file against documents, in a data folder of its own, and writes what would have become of it.')
  .requiredOption('--questions <file>', 'JSON lines {id, question, answers?, gold_doc?, answerable?}')
  .requiredOption('--documents <path>', 'a folder of articles, or JSON lines {id, title?, text}')
  .option('--out <file>', 'results as JSON lines (default: standard output)')
  .option('--traces <file>', 'also write each whole trace, for fitting and for looking')
  .option('--limit <n>', 'ask only the first n questions', (n) => z.coerce.number().int().positive().parse(n))
  .option('--tier <tier>', 'who asks, where the question does not say', 'standard')
  .option('--quotations-only', 'write nothing: answer by quotations alone')
  .option('--without-relevance', 'rank by words and vectors alone, to measure what the relevance model adds')
  .action(run)

await command.parseAsync().catch((error: unknown) => {
  process.stderr.write(`evaluate: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})

async function run(options: Options): Promise<void> {
  const questions = readJsonLines(options.questions, questionSchema).slice(0, options.limit)
  const folder = mkdtempSync(join(tmpdir(), 'vouch-evaluate-'))
  const config = readConfig({
    ...process.env,
    DATA_DIR: join(folder, 'data'),
    KEYS_DIR: join(folder, 'keys'),
    SAMPLE_KB: 'no',
    // A measurement must not change with the calendar.
    EXPIRED_ARTICLES: process.env['EXPIRED_ARTICLES'] ?? 'send',
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
  })
  const context = await createContext(config, options.withoutRelevance ? { relevance: indifferent() } : {})
  try {
    const report = await context.knowledge.ingest([options.documents], { actor: 'system', retireMissing: false })
    for (const failure of report.failed) process.stderr.write(`left out: ${failure.file}: ${failure.reason}\n`)
    process.stderr.write(`${report.added.length} articles taken in; asking ${questions.length} questions\n`)
    if (report.added.length === 0) throw new Error('no article could be taken in; nothing to evaluate')
    if (options.quotationsOnly)
      context.store.thresholds.set({ topic: '*', channel: '*', tier: '*', form: 'written', value: 2, reason: 'quotations only' }, 'system')
    for (const file of [options.out, options.traces]) if (file) writeFileSync(file, '')
    const judged: Judged[] = []
    for (const [i, question] of questions.entries()) {
      const trace = await ask(question, context, options.tier)
      const result = trace ? resultOf(question, trace) : failedOf(question)
      const line = `${JSON.stringify(result)}\n`
      if (options.out) appendFileSync(options.out, line)
      else process.stdout.write(line)
      if (options.traces && trace) appendFileSync(options.traces, `${JSON.stringify({ question, trace })}\n`)
      if (trace) judged.push(judgeAnswer(question, trace))
      else process.stderr.write(`\n${question.id}: no answer could be made; run with LOG_LEVEL=debug to see why\n`)
      if (process.stderr.isTTY || (i + 1) % 20 === 0)
        process.stderr.write(`${process.stderr.isTTY ? '\r' : ''}${i + 1}/${questions.length} asked${process.stderr.isTTY ? '' : '\n'}`)
    }
    process.stderr.write(`\n${summarise(judged)}\n`)
    if (judged.length < questions.length) throw new Error(`${questions.length - judged.length} questions failed, see above`)
  } finally {
    await context.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function indifferent(): RelevanceModel {
  return {
    identity: { id: 'none', sha256: '', runtime: 'none' },
    relevance: (_, blocks) => Promise.resolve(blocks.map(() => 0)),
    close: () => Promise.resolve(),
  }
}

/** One question in a conversation of its own, so that none is read as a follow-up. */
async function ask(question: Question, { store, turns }: Context, tier: string): Promise<Trace | null> {
  const customer = store.customers.create(question.tier ?? /\btier=([\w-]+)/.exec(question.note ?? '')?.[1] ?? tier, 'system')
  const conversation = store.conversations.create({ customer: customer.id, channel: 'api', tier: customer.tier })
  const { turn, done } = turns.ask({ conversation: conversation.id, text: question.question })
  await done
  return (turn && store.turns.trace(turn.id)) ?? null
}

function resultOf(question: Question, trace: Trace) {
  const { decision } = trace
  return {
    id: question.id,
    verdict: decision.verdict,
    form: decision.form,
    answer: decision.text,
    draft: trace.draft?.text ?? null,
    quotation: trace.quotation?.text ?? null,
    confidence: decision.confidence,
    citations: decision.citations,
    retrieved: [...new Set(trace.hits.map((h) => h.passage.article))],
    findings: trace.findings,
    timings_ms: trace.timings,
  }
}

/** A turn that failed: the customer is told nothing, and a person has to look. */
function failedOf({ id }: Question) {
  return {
    id,
    verdict: 'hold',
    form: null,
    answer: '',
    draft: null,
    quotation: null,
    confidence: null,
    citations: [],
    retrieved: [],
    findings: [],
    timings_ms: {},
  }
}
