/** How often the signals are wrong on messages whose truth is known: same or other question, and wordings that should give no signal. */
import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { parse } from 'csv-parse/sync'
import { createEmbedder } from '../models/embedder.ts'
import { readConfig } from '../server/config.ts'
import { readSignals } from '../server/signals/index.ts'
import { likeness, sameQuestion } from '../server/signals/same-question.ts'
import { termsOf } from '../words/terms.ts'
import { randomOf } from './random.ts'

const command = new Command('measure-signals')
  .description(
    'Measures the signals on labelled messages (CSV with the columns text and category; those of one category ask about one matter).',
  )
  .requiredOption('--messages <file>')
  .option('--pairs <n>', 'pairs of each kind', Number, 2000)
  .parse()
const { messages: file, pairs } = command.opts<{ messages: string; pairs: number }>()

const rows = parse<{ text: string; category: string }>(readFileSync(file, 'utf8'), { columns: true, relax_quotes: true })
const messages = rows.map((r) => ({ text: r.text.replaceAll(/\s+/g, ' ').trim(), category: r.category }))
const random = randomOf(1)
const pick = <T>(list: T[]): T => list[Math.floor(random() * list.length)] as T

const fired = new Map<string, string[]>()
for (const { text } of messages)
  for (const { signal } of readSignals({ text, history: [{ author: 'vouch', text: 'An answer.' }], vector: null, earlier: [], lately: [] }))
    fired.set(signal, [...(fired.get(signal) ?? []), text])
process.stdout.write(`${messages.length} messages, each after one answer, by words alone:\n`)
for (const [signal, texts] of fired)
  process.stdout.write(
    `  ${signal}: ${texts.length}, such as ${texts
      .slice(0, 4)
      .map((t) => `“${t.slice(0, 90)}”`)
      .join(' ')}\n`,
  )

const byCategory = Map.groupBy(messages, (m) => m.category)
const same = Array.from({ length: pairs }, () => {
  const group = byCategory.get(pick(messages).category) ?? []
  return [pick(group).text, pick(group).text] as const
}).filter(([a, b]) => a !== b)
const other = Array.from({ length: pairs }, () => [pick(messages), pick(messages)] as const)
  .filter(([a, b]) => a.category !== b.category)
  .map(([a, b]) => [a.text, b.text] as const)
const embedder = await createEmbedder({ modelsDir: readConfig(process.env).MODELS_DIR })
const [scoredSame, scoredOther] = [await scored(same), await scored(other)]
await embedder.close()
process.stdout.write(`pairs: ${same.length} of one category (many ask different things about one matter), ${other.length} of two\n`)
for (const from of [0.5, 0.55, 0.6, 0.62, 0.64, 0.66, 0.68, 0.7, 0.75, 0.8])
  process.stdout.write(`  from ${from}: one category ${share(scoredSame, from)} %, two ${share(scoredOther, from)} %\n`)
const asIs = (list: Scored[]): string => ((100 * list.filter((p) => p.heard).length) / list.length).toFixed(2)
process.stdout.write(`  as it is: one category ${asIs(scoredSame)} %, two ${asIs(scoredOther)} %\n`)
for (const p of scoredOther.filter((one) => one.heard).slice(0, 8)) process.stdout.write(`    taken for the same: “${p.a}” / “${p.b}”\n`)

interface Scored {
  a: string
  b: string
  score: number
  heard: boolean
}

async function scored(list: (readonly [string, string])[]): Promise<Scored[]> {
  const found: Scored[] = []
  for (const [a, b] of list) {
    const [x, y] = await embedder.embed([a, b])
    const cosine = x && y ? x.reduce((sum, v, i) => sum + v * (y[i] ?? 0), 0) : 0
    found.push({ a, b, score: likeness(termsOf(b), { text: a, cosine }), heard: sameQuestion(b, [{ text: a, cosine }]) !== null })
  }
  return found
}

function share(list: Scored[], from: number): string {
  return ((100 * list.filter((p) => p.score >= from).length) / list.length).toFixed(2)
}
