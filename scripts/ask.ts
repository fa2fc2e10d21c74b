/** `npm run ask -- "question"`: one question's whole way, against the articles in the data folder, shown to whoever tries it. Nothing is recorded or sent. */
import { Command, Option } from 'commander'
import { readConfig } from '../server/config.ts'
import { createContext, type Context } from '../server/context.ts'
import { answerQuestion } from '../server/pipeline/answer-question.ts'
import type { Ports } from '../server/pipeline/ports.ts'
import { CHANNELS, type Channel, type Citation, type Confidence, type Trace } from '../server/types.ts'

interface Options {
  topic?: string
  channel: Channel
  tier: string
  json?: true
}

const program = new Command()
  .name('npm run ask --')
  .description(
    'Asks a question as a customer would, and shows what Vouch makes of it: the answer, its sources, the findings and the verdict. Nothing is recorded.',
  )
  .argument('<question>', 'in quotation marks')
  .option('--topic <id>', 'use the thresholds of this topic instead of the one recognised')
  .addOption(new Option('--channel <channel>', 'where the question comes in').choices(CHANNELS).default('portal'))
  .option('--tier <tier>', 'class of customer that asks', 'standard')
  .option('--json', 'print the whole trace as JSON')
  .action(ask)

await program.parseAsync()

async function ask(question: string, options: Options): Promise<void> {
  const config = readConfig()
  const context = await createContext({ ...config, LOG_LEVEL: 'error' }, { byItself: false })
  try {
    if (context.store.knowledge.inForce().length === 0)
      return fail('There are no articles yet. Take some in with `npm run ingest -- PATH…`, or start once with `npm start` for the sample.')
    const trace = await run(context, question, options)
    console.log(options.json ? JSON.stringify(trace, null, 2) : readable(trace))
  } finally {
    await context.close()
  }
}

async function run(context: Context, question: string, { topic, channel, tier }: Options): Promise<Trace> {
  const { ports, newId } = context
  const dry: Ports = {
    ...ports,
    texts: ports.texts,
    threshold: (segment, form) => ports.threshold({ ...segment, topic: topic ?? segment.topic }, form),
    record: () => ({ result: 'recorded' }),
    onStage: (_turn, stage) => console.error(`${stage} …`),
  }
  const asked = {
    turn: newId('turn'),
    conversation: newId('conv'),
    customer: { id: newId('cust'), tier },
    channel,
    text: question,
    history: [],
  }
  return (await answerQuestion(asked, dry, new AbortController().signal)).trace
}

function readable(trace: Trace): string {
  const { decision, scope, findings, confidence, timings } = trace
  const seconds = Object.entries(timings).map(([stage, ms]) => `${stage} ${(ms / 1000).toFixed(2)} s`)
  return [
    '',
    decision.text,
    '',
    `Verdict     ${decision.verdict}${decision.form ? `, ${decision.form}` : ''}`,
    `Topic       ${scope.topic} (${scope.rule}): ${scope.why}`,
    `Confidence  written ${shown(confidence.written, decision.threshold.written)}, quoted ${shown(confidence.quoted, decision.threshold.quoted)}`,
    `Time        ${seconds.join(', ')}`,
    ...section('Sources', decision.citations.map(cited)),
    ...section(
      'Why',
      decision.rules.map(({ verdict, why }) => `${verdict}: ${why}`),
    ),
    ...section(
      'Findings',
      findings.map(({ check, claim, result, why }) => `${result}${claim === null ? '' : `, sentence ${claim + 1}`}: ${why} (${check})`),
    ),
    ...(trace.draft && decision.form !== 'written'
      ? section('Draft, not sent', [trace.draft.text || '(the model found nothing to say)'])
      : []),
    ...(trace.quotation && decision.form !== 'quoted' ? section('Quotation, not sent', [trace.quotation.text]) : []),
  ].join('\n')
}

function section(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line.replaceAll('\n', '\n  ')}`)]
}

function cited({ title, article, quote }: Citation): string {
  return `${title} (${article}): “${quote.replaceAll(/\s+/g, ' ')}”`
}

function shown(confidence: Confidence | null, threshold: number): string {
  return confidence ? `${confidence.value.toFixed(2)} (sent from ${threshold > 1 ? 'never' : threshold.toFixed(2)})` : '–'
}

function fail(why: string): void {
  console.error(why)
  process.exitCode = 1
}
